"""A program that evaluates JSONata: a line of JSON with expression and variables in, a line with the value out.

`{"expression": …, "variables": {…}}` is answered by `{"value": …}`, by `{"nothing": "undefined"}` or `{"nothing":
"unsupported"}` (a function is no JSON), or by `{"error": "T1006: Attempted to invoke a non-function"}`.

In a process of its own, since neither the time nor the memory of an expression can be limited from within: a regular
expression of 40 characters takes Python's one lock for hours, `$range(1, 1e9, 1)` takes 30 GB.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import jsonata
from jsonata.jexception import JException
from jsonata.utils import Utils

from . import jsonata_functions

SECONDS = 10  # for one expression
DEPTH = 500  # calls within calls of an expression's own functions
MEMORY_BYTES = 512 * 1024 * 1024
MOST_CHARACTERS = 1024 * 1024  # of a value; a state's output may have 256 KB
TOO_LARGE = "D1001: Number out of range"


def evaluate(expression: str, variables: dict[str, Any] | None) -> dict[str, Any]:
    """The answer. `variables`: by their names without $; None to read the expression only, which has no value then."""
    try:
        query = jsonata.Jsonata(expression, timeout=SECONDS * 1000, stack=DEPTH)
        if variables is None:
            return {"nothing": "undefined"}
        bindings = {name: Utils.NULL_VALUE if value is None else value for name, value in variables.items()}
        query.set_output_convert_nulls(False)
        result = query.evaluate(None, {**jsonata_functions.bindings(), **bindings})
        if result is None:
            return {"nothing": "undefined"}
        value = Utils.convert_nulls(result)
        if len(json.dumps(value, allow_nan=False)) > MOST_CHARACTERS:
            raise MemoryError
    except JException as error:
        return {"error": f"{error.error}: {error}"}
    except (ZeroDivisionError, OverflowError):
        return {"error": f"{TOO_LARGE}: Infinity"}
    except RecursionError:
        return {"error": "D1011: Stack overflow. Check for non-terminating recursion."}
    except MemoryError:
        return {"error": "The value takes too much memory."}
    except ValueError:
        return {"error": TOO_LARGE}
    except TypeError:
        return {"nothing": "unsupported"}
    return {"value": value}


def limit_processor_time() -> None:
    """Let the system end this process, wherever it is, if the next expression takes too long."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + SECONDS + 2  # JSONata's own limit, which has a message, comes before
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    """Answer until there are no more lines."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (OSError, ValueError):  # macOS has no such limit
        pass
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        limit_processor_time()
        sys.stdout.write(json.dumps(evaluate(**json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
