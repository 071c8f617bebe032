"""Expressions, read into functions of a record.

either  = both { "or" both }                      sum     = product { ("+" | "-") product }
both    = negated { "and" negated }               product = power { ("*" | "/" | "%") power }
negated = "not" negated | compared                power   = value [ "^" power ]
compared = sum [ sign sum | "=~" regex | ["not"] "like" (text | regex) | ["not"] "in" "[" sum, … "]" ]
value   = number | text | "-" value | "(" either ")" | function "(" … ")" | field
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...server.given_expressions import Given
from . import aggregates, functions, times
from .records import Expression, Record, shown
from .scanner import NUMBER, MalformedQueryError, Scanner


def either(scan: Scanner) -> Expression:
    """An expression. Raises: MalformedQueryError."""
    left = both(scan)
    while scan.word("or"):
        left = _logical(any, left, both(scan))
    return left


def both(scan: Scanner) -> Expression:
    """Conditions joined by `and`."""
    left = negated(scan)
    while scan.word("and"):
        left = _logical(all, left, negated(scan))
    return left


def negated(scan: Scanner) -> Expression:
    """A condition, or the opposite of one."""
    if scan.word("not"):
        inner = negated(scan)
        return lambda record: not inner(record)
    return compared(scan)


def compared(scan: Scanner) -> Expression:
    """A comparison, or a value alone."""
    left = total(scan)
    if scan.symbol("=~"):
        return _like(left, _pattern(scan))
    if sign := scan.symbol("!=", "<=", ">=", "=", "<", ">"):
        right = total(scan)
        return lambda record: functions.compare(sign, left(record), right(record))
    opposite = bool(scan.take(r"not(?=\s+(?:like|in)\b)"))
    if scan.word("like"):
        found = _like(left, _pattern(scan))
    elif scan.word("in"):
        found = _member(left, scan)
    else:
        return left
    return (lambda record: not found(record)) if opposite else found


def total(scan: Scanner) -> Expression:
    """A sum."""
    left = product(scan)
    while sign := scan.symbol("+", "-"):
        left = _arithmetic(sign, left, product(scan))
    return left


def product(scan: Scanner) -> Expression:
    """A product."""
    left = power(scan)
    while sign := scan.symbol("*", "/", "%"):
        left = _arithmetic(sign, left, power(scan))
    return left


def power(scan: Scanner) -> Expression:
    """A power."""
    left = value(scan)
    return _arithmetic("^", left, power(scan)) if scan.symbol("^") else left


def value(scan: Scanner) -> Expression:
    """A number, a text, a field, a function, or an expression in parentheses."""
    if scan.symbol("("):
        inner = either(scan)
        scan.expect(r"\)")
        return inner
    if scan.symbol("-"):
        return _arithmetic("-", lambda record: 0, value(scan))
    if (text := scan.string()) is not None:
        return lambda record: text
    if found := scan.take(NUMBER):
        number = float(found)
        return lambda record: number
    start = scan.place
    if name := scan.take(r"\w+(?=\s*\()"):
        return _call(name, scan, start)
    name = scan.name()
    return lambda record: record[name]


def _call(name: str, scan: Scanner, start: int) -> Expression:
    scan.expect(r"\(")
    name = name.lower()
    if name in ("bin", "datefloor", "dateceil"):
        return _rounded(name, scan)
    if scan.aggregates is not None and name in aggregates.NAMES:
        return _aggregate(name, scan, scan.aggregates, start)
    function, least, most = functions.FUNCTIONS.get(name, (None, 0, 0))
    arguments = [] if scan.symbol(")") else [either(scan)]
    while arguments and scan.symbol(","):
        arguments.append(either(scan))
    if arguments:
        scan.expect(r"\)")
    if function is None:
        raise MalformedQueryError(f"Invalid function name: {name}", start, scan.place)
    if not least <= len(arguments) <= most:
        raise MalformedQueryError(f"Invalid arguments for function: {name}", start, scan.place)
    return lambda record: function(*(argument(record) for argument in arguments))


def _aggregate(name: str, scan: Scanner, found: dict[str, aggregates.Reduce], start: int) -> Expression:
    """An aggregate function of `stats`: the rest of it. Its value is a field of the result, by where it stands."""
    scan.aggregates = None  # none within another
    argument = None if scan.take(r"\*(?=\s*\))") or scan.at(")") else either(scan)
    percent = float(scan.expect(NUMBER)) if scan.symbol(",") else 50.0
    scan.expect(r"\)")
    scan.aggregates = found
    if argument is None and name != "count":
        raise MalformedQueryError(f"Invalid arguments for function: {name}", start, scan.place)
    place = f"\0{start}"
    found[place] = aggregates.aggregate(name, argument, percent)
    return lambda record: record[place]


def _rounded(name: str, scan: Scanner) -> Expression:
    """`bin(5m)` of @timestamp, `datefloor(field, 5m)`, `dateceil(field, 5m)`: the rest of it."""
    moment: Expression = lambda record: record["@timestamp"]  # noqa: E731
    if name != "bin":
        moment = either(scan)
        scan.expect(",")
    period = times.milliseconds(scan.expect(times.PERIOD))
    scan.expect(r"\)")
    above = period - 1 if name == "dateceil" else 0

    def rounded(record: Record) -> Any:
        found = functions.number(moment(record))
        return None if found is None else times.floor(found + above, period)

    return rounded


def _pattern(scan: Scanner) -> Given:
    """What stands at the right of `like`: an expression, or a text that has to be in the value."""
    if pattern := scan.regex():
        return pattern
    text = scan.string()
    if text is None:
        raise scan.error()
    return Given(re.escape(text))


def _like(left: Expression, pattern: Given) -> Expression:
    def test(record: Record) -> bool:
        found = left(record)
        return found is not None and pattern.search(shown(found)) is not None

    return test


def _member(left: Expression, scan: Scanner) -> Expression:
    scan.expect(r"\[")
    members = [total(scan)]
    while scan.symbol(","):
        members.append(total(scan))
    scan.expect(r"\]")

    def test(record: Record) -> bool:
        found = left(record)
        return any(functions.compare("=", found, member(record)) for member in members)

    return test


def _logical(join: Callable[[Any], bool], left: Expression, right: Expression) -> Expression:
    return lambda record: join(side(record) for side in (left, right))


def _arithmetic(sign: str, left: Expression, right: Expression) -> Expression:
    return lambda record: functions.arithmetic(sign, left(record), right(record))
