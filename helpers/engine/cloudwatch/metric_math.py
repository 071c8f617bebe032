"""Metric math: expressions over the results of other queries, as in "IF(calls > 0, 100 * errors / calls, 0)".

CloudWatch User Guide, "Using math expressions with CloudWatch metrics" (2026-11). A value is a scalar, a series (by
timestamp, s since 1970) or a list of series; operators and functions take them as AWS's do. `math_functions` has the
functions; those that are not there are refused in one sentence.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence

from localstack.aws.api import CommonServiceException

from ..server.not_here import refusal
from .math_functions import FILLERS, FUNCTIONS, Frame, Series, Value, apply, combine

OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.And: lambda a, b: bool(a) and bool(b),
    ast.Or: lambda a, b: bool(a) or bool(b),
}
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_WORDS = {"^": "**", "&&": " and ", "||": " or ", "AND": "and", "OR": "or"}
_WORD = re.compile(r"\^|&&|\|\||\bAND\b|\bOR\b")


def evaluate(expression: str, results: Mapping[str, Series], frame: Frame | None = None) -> Series:
    """The one series that an expression gives, from the results of other queries by their id.

    Raises: CommonServiceException (ValidationError, as AWS; NotImplemented for what is not here).
    """
    found = evaluate_all(expression, results, frame)
    if len(found) > 1:
        raise _invalid(expression)
    return found[0] if found else {}


def evaluate_all(expression: str, results: Mapping[str, Series], frame: Frame | None = None) -> list[Series]:
    """The series that an expression gives. Raises: as `evaluate`."""
    value = _Evaluation(expression, results, frame or Frame(range(0), {})).value(_tree(expression))
    if isinstance(value, list):
        return list(value)
    if not isinstance(value, dict):
        raise _invalid(expression)
    return [value]


def in_order(queries: Sequence[dict[str, str]]) -> list[dict[str, str]]:
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


def _tree(expression: str) -> ast.expr:
    """The expression, read as Python reads it once its operators are Python's."""
    parts, place = [], 0
    for quoted in [*_QUOTED.finditer(expression), None]:
        end = quoted.start() if quoted else len(expression)
        parts.append(_WORD.sub(lambda word: _WORDS[word[0]], expression[place:end]))
        if quoted:
            parts.append(quoted[0])
            place = quoted.end()
    try:
        return ast.parse("".join(parts).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _invalid(expression) from None


class _Evaluation:
    def __init__(self, expression: str, results: Mapping[str, Series], frame: Frame) -> None:
        self.expression, self.results, self.frame = expression, results, frame

    def value(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=bool()):
                raise _invalid(self.expression)
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Name(id=name) if name in self.results:
                return self.results[name]
            case ast.List(elts=items):
                return [one for item in items for one in self._series(item)]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return combine(operator.mul, -1.0, self.value(operand))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return combine(OPERATORS[type(op)], self.value(left), self.value(right))
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
                return combine(OPERATORS[type(op)], self.value(left), self.value(right))
            case ast.BoolOp(op=op, values=[first, *others]):
                value = self.value(first)
                for other in others:
                    value = combine(OPERATORS[type(op)], value, self.value(other))
                return value
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(name, arguments)
        raise _invalid(self.expression)

    def _call(self, name: str, arguments: list[ast.expr]) -> Value:
        if name == "METRICS":
            return self._metrics(arguments)
        if name == "SEARCH":
            return self._search(arguments)
        if name == "PERIOD":
            match arguments:
                case [ast.Name(id=metric)] if metric in self.results:
                    return float(self.frame.periods.get(metric, self.frame.step))
            raise _invalid(self.expression)
        if name not in FUNCTIONS:
            raise refusal(
                f"{name} of metric math (Amazon CloudWatch) is not part of this engine: it has operators and "
                f"{', '.join(FUNCTIONS)}, METRICS, PERIOD and SEARCH."
            )
        values = [
            node.id if isinstance(node, ast.Name) and node.id in FILLERS else self.value(node) for node in arguments
        ]
        try:
            return apply(name, values, self.frame)
        except (TypeError, ValueError, IndexError, OverflowError):
            raise _invalid(self.expression) from None

    def _search(self, arguments: list[ast.expr]) -> list[Series]:
        """`SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum', 60)`; of GetMetricData alone, as on AWS."""
        match arguments:
            case [ast.Constant(value=str() as text), ast.Constant(value=str() as statistic), *period] if (
                self.frame.search and len(period) < 2
            ):
                seconds = self.value(period[0]) if period else float(self.frame.step)
                try:
                    if isinstance(seconds, float):
                        return self.frame.search(text, statistic, int(seconds))
                except ValueError:
                    pass
        raise _invalid(self.expression)

    def _metrics(self, arguments: list[ast.expr]) -> list[Series]:
        """`METRICS()`: all of the request; `METRICS("errors")`: those with that in their id."""
        match arguments:
            case []:
                part = ""
            case [ast.Constant(value=str() as part)]:
                pass
            case _:
                raise _invalid(self.expression)
        metrics = self.frame.periods or self.results  # without the results of expressions
        return [series for name, series in self.results.items() if part in name and name in metrics]

    def _series(self, node: ast.expr) -> list[Series]:
        value = self.value(node)
        if isinstance(value, dict):
            return [value]
        if isinstance(value, list):
            return list(value)
        raise _invalid(self.expression)


def _invalid(expression: str) -> CommonServiceException:
    message = f"Error in expression '{expression}': Invalid syntax"
    return CommonServiceException("ValidationError", message, 400, True)
