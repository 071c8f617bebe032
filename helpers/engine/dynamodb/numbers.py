"""Numbers as DynamoDB keeps them.

Developer Guide, "Data types", "Number" (2026-11): "Leading and trailing zeroes are trimmed", 38 digits, exact, from
1E-130 to 9.99…E+125. moto keeps the text that it received, so that 1.0 is another key than 1, takes "abc" for a number,
and subtracts as a machine does: 0.3 - 0.1 is 0.19999999999999998. The texts: the tests that dynalite has run against
AWS (2015 to 2023).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
MOST_DIGITS, LEAST, MOST = 38, -130, 125
EXACT = Context(prec=MOST_DIGITS)
RANGE = "Attempting to store a number with magnitude {} than supported range"


def problem(number: str) -> str:
    """Return why DynamoDB keeps no such number, "" if it does."""
    if not NUMBER.fullmatch(number):
        return f"The parameter cannot be converted to a numeric value{f': {number}' if number else ''}"
    value = Decimal(number)
    if value and value.adjusted() > MOST:
        return f"Number overflow. {RANGE.format('larger')}"
    if value and value.adjusted() < LEAST:
        return f"Number underflow. {RANGE.format('smaller')}"
    if len("".join(map(str, value.as_tuple().digits)).strip("0")) > MOST_DIGITS:
        return f"Attempting to store more than {MOST_DIGITS} significant digits in a Number"
    return ""


def text(number: str) -> str:
    """A number as DynamoDB writes it: "1" of "1.0", "1000" of "1E3". What is no number stays as it is."""
    if problem(number):
        return number
    digits = format(Decimal(number), "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def init(original: Callable[..., None], self: Any, type_as_dict: Any) -> None:
    """Wrap `DynamoType.__init__`."""
    original(self, type_as_dict)
    if self.type == "N" and isinstance(self.value, str):
        self.value = text(self.value)
    elif self.type == "NS" and all(isinstance(one, str) for one in self.value):
        self.value = [text(one) for one in self.value]


def add(original: Callable[..., Any], self: Any, other: Any) -> Any:
    """Wrap `DynamoType.__add__`."""
    if self.type != "N" or other.type != "N":
        return original(self, other)
    return type(self)({"N": str(EXACT.add(Decimal(self.value), Decimal(other.value)))})


def subtract(original: Callable[..., Any], self: Any, other: Any) -> Any:
    """Wrap `DynamoType.__sub__`."""
    if self.type != "N" or other.type != "N":
        return original(self, other)
    return type(self)({"N": str(EXACT.subtract(Decimal(self.value), Decimal(other.value)))})
