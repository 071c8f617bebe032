"""JSONata expressions of a state machine.

LocalStack 4.9.2 evaluates them in a Java machine that it downloads, with every variable written into the expression as
text. Here variables are bound, as values, in `jsonata-python`, a port of the same reference implementation. It is
imported with the first expression: 0.5 s, 7 MB.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from localstack.services.stepfunctions.asl.component.common.string.string_expression import (
    StringJSONata,
    StringVariableSample,
)
from localstack.services.stepfunctions.asl.eval.environment import Environment

from . import jsonata_functions, query_errors

SECONDS = 10  # for one expression: one that never ends must not keep a thread of the engine
DEPTH = 500  # calls within calls of an expression's own functions


class UndefinedError(Exception):
    """The expression yields nothing."""


class UnsupportedTypeError(Exception):
    """The expression yields something that is no JSON: a function."""


def evaluate(expression: str, variables: Mapping[str, Any]) -> Any:
    """The JSON value of an expression. `variables`: by their names without $.

    Raises: UndefinedError, UnsupportedTypeError; `query_errors.EvaluationError` with JSONata's code and message.
    """
    import jsonata  # here: few state machines need it
    from jsonata.jexception import JException
    from jsonata.utils import Utils

    bindings = {name: Utils.NULL_VALUE if value is None else value for name, value in variables.items()}
    try:
        query = jsonata.Jsonata(expression, timeout=SECONDS * 1000, stack=DEPTH)
        query.set_output_convert_nulls(False)
        result = query.evaluate(None, {**jsonata_functions.bindings(), **bindings})
    except JException as error:
        raise query_errors.EvaluationError(f"{error.error}: {error}") from error
    except (ZeroDivisionError, OverflowError) as error:
        raise query_errors.EvaluationError("D1001: Number out of range: Infinity") from error
    except RecursionError as error:
        raise query_errors.EvaluationError("D1011: Stack overflow. Check for non-terminating recursion.") from error
    if result is None:
        raise UndefinedError
    try:
        # Not the value itself: it may share parts with a variable.
        return json.loads(json.dumps(Utils.convert_nulls(result), allow_nan=False))
    except ValueError as error:
        raise query_errors.EvaluationError("D1001: Number out of range") from error
    except TypeError:
        raise UnsupportedTypeError from None


def evaluate_expression(self: StringJSONata, env: Environment) -> None:
    """Replace `StringJSONata._eval_body`: push the value of `{% … %}`."""
    expression = self.expression
    variables = {**_variables(env), "states": env.states._states_data}
    try:
        env.stack.append(evaluate(expression, variables))
    except UndefinedError:
        raise query_errors.failure(env, expression, "returned nothing (undefined).") from None
    except UnsupportedTypeError:
        raise query_errors.failure(env, expression, "returned an unsupported result type.") from None
    except query_errors.EvaluationError as error:
        raise query_errors.failure(env, expression, f"threw an error during evaluation. {error}") from None


def sample_variable(self: StringVariableSample, env: Environment) -> None:
    """Replace `StringVariableSample._eval_body`: a variable in JSONPath mode, with the path below it."""
    try:
        env.stack.append(evaluate(self.expression, _variables(env)))
    except (UndefinedError, UnsupportedTypeError):
        env.stack.append(None)


def _variables(env: Environment) -> dict[str, Any]:
    store = env.variable_store
    return {**store._outer_scope, **store._inner_scope}
