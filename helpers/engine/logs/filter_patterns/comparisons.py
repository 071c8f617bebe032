"""One comparison of a filter pattern: an operator and what stands at its right, as in `= 4*` or `>= 500`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from ...server.given_expressions import Given

Test = Callable[[object], bool]  # of a value: text, a number, True, False or None

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
# "Supported regular expressions (regex) syntax": no parentheses, no multi-byte characters.
REGULAR = re.compile(r"[\w:#=@/;,\-^$?\[\]{}|\\*+. ]+", re.ASCII)


class InvalidPatternError(ValueError):
    """A filter pattern that AWS refuses; its text is AWS's message."""

    def __init__(self, message: str = "Invalid filter pattern") -> None:
        super().__init__(message)


def comparison(sign: str, right: str, quoted: bool = False) -> Test:
    """The test that `sign right` makes. Raises: InvalidPatternError."""
    equal = sign == "="
    if not quoted and right.startswith("%"):
        expression = regular(right)
        if sign not in ("=", "!="):
            raise InvalidPatternError
        return lambda value: bool(expression.search(text(value))) is equal
    if sign in ORDER:
        if quoted or not NUMBER.fullmatch(right):
            raise InvalidPatternError
        compare, bound = ORDER[sign], float(right)
        return lambda value: (it := number(value)) is not None and bool(compare(it, bound))
    if not quoted and NUMBER.fullmatch(right):
        wanted = float(right)
        return lambda value: (text(value) == right or number(value) == wanted) is equal
    wildcard = _wildcard(right)
    return lambda value: bool(wildcard.fullmatch(text(value))) is equal


def regular(right: str) -> Given:
    """The expression between two per cent signs."""
    inner = right[1:-1]
    if len(right) < 3 or not right.endswith("%") or not REGULAR.fullmatch(inner):
        raise InvalidPatternError
    try:
        return Given(inner, ascii_only=True)
    except re.error:
        raise InvalidPatternError from None


def number(value: object) -> float | None:
    """A value as a number, None if it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    return float(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None


def text(value: object) -> str:
    """A value as JSON writes it, text without its quotation marks."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _wildcard(right: str) -> re.Pattern[str]:
    """`*` stands for any text at the beginning or at the end; within a word it is an asterisk."""
    before, after = right.startswith("*"), right.endswith("*") and len(right) > 1
    core = right[before : len(right) - after]
    return re.compile(f"{'.*' * before}{re.escape(core)}{'.*' * after}", re.DOTALL)
