"""The functions that Step Functions adds to JSONata, and the one that it takes away.

"Transforming data with JSONata in Step Functions", section "JSONata functions provided by Step Functions" (2026-11).
"""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def partition(array: list[Any], size: float) -> list[list[Any]]:
    """`$partition(array, size)`: the array in pieces of that size."""
    pieces = array if isinstance(array, list) else [array]
    return [pieces[start : start + int(size)] for start in range(0, len(pieces), int(size))]


def number_range(first: float, last: float, step: float = 1) -> list[float] | float:
    """`$range(first, last, step)`: the numbers from the first to the last, both included.

    A single one comes without its array, as JSONata's sequences do, and AWS's (LocalStack's test_array_range, 2026-11).
    """
    numbers = [first + index * step for index in range(max(int((last - first) / step) + 1, 0))]
    return numbers[0] if len(numbers) == 1 else numbers


def digest(data: Any, algorithm: str = "SHA-256") -> str:
    """`$hash(data, algorithm)`, in hexadecimal digits. Raises: an error that the expression fails with."""
    if algorithm not in ALGORITHMS:
        raise _refused(f"Invalid hash algorithm {algorithm}: one of {', '.join(ALGORITHMS)} is expected")
    text = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"))
    return hashlib.new(ALGORITHMS[algorithm], text.encode(), usedforsecurity=False).hexdigest()


def random_number(seed: float | None = None) -> float:
    """`$random(seed)`: a number from 0 to 1, the same for the same seed."""
    return random.random() if seed is None else random.Random(seed).random()


def parse(text: str) -> Any:
    """`$parse(text)`: the value of JSON. Raises: an error that the expression fails with."""
    try:
        return json.loads(text)
    except ValueError:
        raise _refused("Invalid JSON") from None


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "partition": partition,
    "range": number_range,
    "hash": digest,
    "random": random_number,
    "uuid": lambda: str(uuid.uuid4()),
    "parse": parse,
}


@cache
def bindings() -> dict[str, Any]:
    """The functions as `jsonata-python` binds them; `$eval` is nothing: Step Functions does not have it."""
    from jsonata import Jsonata  # here: see `jsonata`

    return {**{name: Jsonata.JLambda(function) for name, function in FUNCTIONS.items()}, "eval": None}


def _refused(message: str) -> Exception:
    from jsonata.jexception import JException

    return JException("D3137", -1, message)
