"""Functions of expressions, and how values compare."""

from __future__ import annotations

import ipaddress
import json
import math
import operator
import time
from collections.abc import Callable
from typing import Any

from .records import shown
from .times import Moment

Function = Callable[..., Any]


def number(value: Any) -> float | None:
    """A value as a number, None if it is none."""
    if value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def compare(sign: str, left: Any, right: Any) -> bool:
    """`left sign right`: as numbers if both are, as texts otherwise. What is missing is equal to nothing."""
    if left is None or right is None:
        return sign == "!="
    pair: tuple[Any, Any] = (number(left), number(right))
    if None in pair:
        pair = (shown(left), shown(right))
    signs: dict[str, Function] = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le}
    signs |= {">": operator.gt, ">=": operator.ge}
    return bool(signs[sign](*pair))


def arithmetic(sign: str, left: Any, right: Any) -> float | None:
    """`left sign right`; None where there is no number, or a division by zero."""
    a, b = number(left), number(right)
    signs: dict[str, Function] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
    signs |= {"%": math.fmod, "^": operator.pow}
    if a is None or b is None:
        return None
    try:
        return float(signs[sign](a, b))
    except (ArithmeticError, ValueError, TypeError):
        return None


def _numeric(function: Function) -> Function:
    def call(*values: Any) -> float | None:
        numbers = [number(value) for value in values]
        try:
            return None if None in numbers else float(function(*numbers))
        except ValueError:  # the root of a negative number
            return None

    return call


def _text(function: Function) -> Function:
    def call(first: Any, *others: Any) -> Any:
        return None if first is None else function(shown(first), *others)

    return call


def _substring(text: str, start: Any, length: Any = None) -> str:
    first = int(float(start))
    return text[first:] if length is None else text[first : first + int(float(length))]


def _in_subnet(address: str, network: Any) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _is_address(version: int | None) -> Function:
    def test(text: str) -> bool:
        try:
            return version in (None, ipaddress.ip_address(text).version)
        except ValueError:
            return False

    return _text(test)


def _json(text: str) -> Any:
    """The object or array that a text is, None if it is none ("JSON functions", 2026-11)."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, (dict, list)) else None


# By name in lower case: the function, and how many arguments it takes at least and at most.
FUNCTIONS: dict[str, tuple[Function, int, int]] = {
    "abs": (_numeric(abs), 1, 1),
    "ceil": (_numeric(math.ceil), 1, 1),
    "floor": (_numeric(math.floor), 1, 1),
    "greatest": (_numeric(max), 1, 99),
    "least": (_numeric(min), 1, 99),
    "log": (_numeric(math.log), 1, 1),
    "sqrt": (_numeric(math.sqrt), 1, 1),
    "ispresent": (lambda value: value is not None, 1, 1),
    "coalesce": (lambda *values: next((value for value in values if value is not None), None), 1, 99),
    "isempty": (lambda value: value is None or shown(value) == "", 1, 1),
    "isblank": (lambda value: value is None or not shown(value).strip(), 1, 1),
    "concat": (lambda *values: "".join(shown(value) for value in values if value is not None), 1, 99),
    "trim": (_text(lambda text, characters=None: text.strip(characters)), 1, 2),
    "ltrim": (_text(lambda text, characters=None: text.lstrip(characters)), 1, 2),
    "rtrim": (_text(lambda text, characters=None: text.rstrip(characters)), 1, 2),
    "strlen": (_text(len), 1, 1),
    "jsonparse": (_text(_json), 1, 1),
    "jsonstringify": (lambda value: None if value is None else shown(value), 1, 1),
    "toupper": (_text(str.upper), 1, 1),
    "tolower": (_text(str.lower), 1, 1),
    "substr": (_text(_substring), 2, 3),
    "replace": (_text(lambda text, old, new: text.replace(shown(old), shown(new))), 3, 3),
    "strcontains": (_text(lambda text, part: float(shown(part) in text)), 2, 2),
    "isvalidip": (_is_address(None), 1, 1),
    "isvalidipv4": (_is_address(4), 1, 1),
    "isvalidipv6": (_is_address(6), 1, 1),
    "isipinsubnet": (_text(_in_subnet), 2, 2),
    "isipv4insubnet": (_text(_in_subnet), 2, 2),
    "isipv6insubnet": (_text(_in_subnet), 2, 2),
    "frommillis": (lambda value: None if number(value) is None else Moment(int(float(value))), 1, 1),
    "tomillis": (_numeric(float), 1, 1),
    "now": (lambda: float(int(time.time())), 0, 0),
}
