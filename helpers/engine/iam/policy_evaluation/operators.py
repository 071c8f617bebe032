"""Condition operators: comparing a value of the request with the values of a policy.

`OPERATORS[name](values, variables)` gives a test `test(value, context)` that is true if `value` fits any of the
policy's values. A negated operator is the same test, negated by `conditions`, so that several values of a policy act
as "none of".

Source: IAM User Guide, "IAM JSON policy elements: Condition operators" (2026-11).
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from . import wildcards
from .variables import Context, Template

Test = Callable[[str, Context], bool]

_MONTH = re.compile(r"\d{4}-\d{2}")  # a form that W3C's note has and Python has not

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def number(text: str) -> Decimal | None:
    """A number; None if the text is not one."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def date(text: str) -> datetime | None:
    """A date: ISO 8601, in UTC unless it says otherwise, or seconds since 1970; None if the text is neither.

    Digits alone are seconds, four of them, too: so moto reads them, whose checks of policies follow IAM's.
    """
    text = text.strip()
    try:
        if (seconds := number(text)) is not None:
            return datetime.fromtimestamp(float(seconds), UTC)
        value = datetime.fromisoformat(f"{text}-01" if _MONTH.fullmatch(text) else text)
    except (OSError, OverflowError, ValueError):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def boolean(text: str) -> bool | None:
    """True or false, in any case; None if the text is neither."""
    return {"true": True, "false": False}.get(text.strip().lower())


def octets(text: str) -> bytes | None:
    """The bytes behind base64; None if the text is not base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """A range of addresses, or one address; None if the text is neither."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def _within(value: Any, wanted: Any) -> bool:
    return value.version == wanted.version and value.subnet_of(wanted)


def _parsed(parse: Callable[[str], Any], compare: Callable[[Any, Any], bool]) -> Callable[[list[str], bool], Test]:
    """Operators whose values are parsed; what cannot be parsed fits nothing. They take no variables."""

    def compile_values(values: list[str], variables: bool) -> Test:
        wanted = [value for value in map(parse, values) if value is not None]

        def test(value: str, context: Context) -> bool:
            given = parse(value)
            return given is not None and any(compare(given, one) for one in wanted)

        return test

    return compile_values


def _text(fits: Callable[[str, str], bool], *, wildcard: bool = False) -> Callable[[list[str], bool], Test]:
    """Operators on text, which take variables."""

    def compile_values(values: list[str], variables: bool) -> Test:
        templates = [Template(value, variables=variables, wildcard=wildcard) for value in values]

        def test(value: str, context: Context) -> bool:
            return any(
                (pattern := template.resolve(context)) is not None and fits(value, pattern) for template in templates
            )

        return test

    return compile_values


def _arn_fits(value: str, pattern: str) -> bool:
    return value.count(":") >= 5 and pattern.count(":") >= 5 and wildcards.arn(pattern).fullmatch(value) is not None


OPERATORS: dict[str, Callable[[list[str], bool], Test]] = {
    "StringEquals": _text(operator.eq),
    "StringEqualsIgnoreCase": _text(lambda value, wanted: value.lower() == wanted.lower()),
    "StringLike": _text(lambda value, like: wildcards.whole(like).fullmatch(value) is not None, wildcard=True),
    "ArnEquals": _text(_arn_fits, wildcard=True),
    "ArnLike": _text(_arn_fits, wildcard=True),
    "Bool": _parsed(boolean, operator.eq),
    "BinaryEquals": _parsed(octets, operator.eq),
    "IpAddress": _parsed(network, _within),
    **{f"Numeric{name}": _parsed(number, compare) for name, compare in _COMPARISONS.items()},
    **{f"Date{name}": _parsed(date, compare) for name, compare in _COMPARISONS.items()},
}

NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
}
