"""Metric math: arithmetic over the results of other queries, as in "100 * errors / invocations".

CloudWatch User Guide, "Using math expressions with CloudWatch metrics" (2026-11). The operators and the functions of
`FUNCTIONS` are here; others are refused in one sentence.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping

from localstack.aws.api import CommonServiceException

Series = dict[int, float]  # by timestamp, s since 1970
Value = Series | float

OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[[list[float]], float]] = {
    "SUM": sum,
    "AVG": lambda values: sum(values) / len(values),
    "MIN": min,
    "MAX": max,
}


def evaluate(expression: str, results: Mapping[str, Series]) -> Series:
    """The series that an expression gives, from the results of other queries by their id.

    Raises: CommonServiceException (ValidationError, as AWS; NotImplemented for what is not here).
    """
    try:
        tree = ast.parse(expression.replace("^", "**"), mode="eval").body
    except SyntaxError:
        raise _invalid(expression) from None
    value = _value(tree, results, expression)
    if not isinstance(value, dict):
        raise _invalid(expression)
    return value


def in_order(queries: list[dict[str, str]]) -> list[dict[str, str]]:
    """Expressions so that each comes after those that it names. Raises: CommonServiceException for a circle."""
    waiting, sorted_ = list(queries), []
    while waiting:
        names = {query["Id"] for query in waiting}
        ready = [query for query in waiting if not names & set(re.findall(r"\w+", query["Expression"]))]
        if not ready:
            raise _invalid(waiting[0]["Expression"])
        sorted_ += ready
        waiting = [query for query in waiting if query not in ready]
    return sorted_


def _value(node: ast.expr, results: Mapping[str, Series], expression: str) -> Value:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name in results:
            return results[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _combine(operator.mul, -1.0, _value(operand, results, expression))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            sides = (_value(side, results, expression) for side in (left, right))
            return _combine(OPERATORS[type(op)], *sides)
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in FUNCTIONS:
            return _reduced(FUNCTIONS[name], [_value(item, results, expression) for item in _items(arguments, results)])
        case ast.Call(func=ast.Name(id=name)):
            raise CommonServiceException(
                "NotImplemented",
                f"{name} of metric math (Amazon CloudWatch) is not part of this engine: it has + - * / ^ and "
                f"{', '.join(FUNCTIONS)}.",
                501,
                True,
            )
    raise _invalid(expression)


def _items(arguments: list[ast.expr], results: Mapping[str, Series]) -> list[ast.expr]:
    """The arguments of a function: a list `[a, b]`, `METRICS()` for all, or one series."""
    match arguments:
        case [ast.List(elts=items)]:
            return items
        case [ast.Call(func=ast.Name(id="METRICS"), args=[])]:
            return [ast.Name(name) for name in results]
    return arguments


def _reduced(function: Callable[[list[float]], float], values: list[Value]) -> Value:
    """Of several series one, moment by moment; of one series a number."""
    series = [value for value in values if isinstance(value, dict)]
    if len(values) == 1 and series:
        return function(list(series[0].values())) if series[0] else 0.0
    moments = sorted({moment for one in series for moment in one})
    return {moment: function([one[moment] for one in series if moment in one]) for moment in moments}


def _combine(function: Callable[[float, float], float], left: Value, right: Value) -> Value:
    """Apply an operator; a moment that one side has not, and a division by zero, give no value."""
    if not isinstance(left, dict) and not isinstance(right, dict):
        return function(left, right)
    moments = left.keys() if isinstance(left, dict) else right.keys() if isinstance(right, dict) else ()
    combined = {}
    for moment in moments:
        a = left.get(moment) if isinstance(left, dict) else left
        b = right.get(moment) if isinstance(right, dict) else right
        if a is not None and b is not None and not (function is operator.truediv and b == 0):
            combined[moment] = function(a, b)
    return combined


def _invalid(expression: str) -> CommonServiceException:
    message = f"Error in expression '{expression}': Invalid syntax"
    return CommonServiceException("ValidationError", message, 400, True)
