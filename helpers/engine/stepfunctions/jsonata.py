"""JSONata expressions of a state machine.

LocalStack 4.9.2 evaluates them in a Java machine that it downloads, with every variable written into the expression as
text. Here variables are bound, as values, in `jsonata-python`, a port of the same reference implementation, in a
process with limits: see `jsonata_program`.
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

from . import fields, jsonata_processes, query_errors

TOO_LONG = "D1012: Evaluation timeout after 10000 milliseconds. Check for infinite loop"


class UndefinedError(Exception):
    """The expression yields nothing."""


class UnsupportedTypeError(Exception):
    """The expression yields something that is no JSON: a function."""


def evaluate(expression: str, variables: Mapping[str, Any]) -> Any:
    """The JSON value of an expression. `variables`: by their names without $.

    Raises: UndefinedError, UnsupportedTypeError; `query_errors.EvaluationError` with JSONata's code and message.
    """
    line = jsonata_processes.ask(json.dumps({"expression": expression, "variables": dict(variables)}))
    answer = json.loads(line) if line else {"error": TOO_LONG}
    if "error" in answer:
        raise query_errors.EvaluationError(answer["error"])
    match answer.get("nothing"):
        case "undefined":
            raise UndefinedError
        case "unsupported":
            raise UnsupportedTypeError
    return answer["value"]


def syntax_error(expression: str) -> str | None:
    """What is wrong with how an expression is written, as in "Unexpected end of expression"."""
    answer = json.loads(jsonata_processes.ask(json.dumps({"expression": expression, "variables": None})) or "{}")
    code, _, message = answer.get("error", "").partition(": ")
    return message if code.startswith("S") else None


def evaluate_expression(self: StringJSONata, env: Environment) -> None:
    """Replace `StringJSONata._eval_body`: push the value of `{% … %}`."""
    expression = self.expression
    variables = {**_variables(env), "states": env.states._states_data}
    try:
        value = evaluate(expression, variables)
    except UndefinedError:
        raise query_errors.failure(env, expression, "returned nothing (undefined).") from None
    except UnsupportedTypeError:
        raise query_errors.failure(env, expression, "returned an unsupported result type.") from None
    except query_errors.EvaluationError as error:
        raise query_errors.failure(env, expression, f"threw an error during evaluation. {error}") from None
    expected, found = fields.expected_type(), type_of(value)
    if expected not in (None, found):
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        what = f"returned an unexpected result type. Expected '{expected}', but was '{found}' for value: {text}"
        raise query_errors.failure(env, expression, what)
    env.stack.append(value)


def type_of(value: Any) -> str:
    """The name that JSONata has for the type of a JSON value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
    return "number"


def sample_variable(self: StringVariableSample, env: Environment) -> None:
    """Replace `StringVariableSample._eval_body`: a variable in JSONPath mode, with the path below it."""
    try:
        env.stack.append(evaluate(self.expression, _variables(env)))
    except (UndefinedError, UnsupportedTypeError):
        env.stack.append(None)


def _variables(env: Environment) -> dict[str, Any]:
    store = env.variable_store
    return {**store._outer_scope, **store._inner_scope}
