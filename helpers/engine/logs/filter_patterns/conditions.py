"""Conditions joined with && and ||, which patterns for JSON and for columns have in common.

either    = both { "||" both }
both      = one { "&&" one }
one       = "(" either ")" | name operator value | name "IS" ("NULL" | "TRUE" | "FALSE") | name "NOT" "EXISTS"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .comparisons import InvalidPatternError, comparison
from .selectors import SELECTOR

Values = Callable[[str], list[Any]]  # what there is of a name: nothing, one value, or several
Condition = Callable[[Values], bool]

_TOKEN = re.compile(
    rf"""\s*(?:(?P<name>{SELECTOR})|(?P<join>&&|\|\||[()])|(?P<sign>!=|=!|<=|>=|=|<|>)
        |"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>%[^%]*%|[^\s()&|=<>!"'%]+))""",
    re.VERBOSE,
)
Token = tuple[str, str]  # kind, text


def parse(source: str) -> tuple[Condition, list[str]]:
    """The condition that `source` is, and the names in it. Raises: InvalidPatternError."""
    parser = _Parser(_tokens(source))
    condition = parser.either()
    if parser.tokens:
        raise InvalidPatternError
    return condition, parser.names


def _tokens(source: str) -> list[Token]:
    tokens, place = [], 0
    source = source.rstrip()
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise InvalidPatternError
        kind = match.lastgroup or ""
        tokens.append((kind, match[kind]))
        place = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.names: list[str] = []

    def either(self) -> Condition:
        parts = [self.both()]
        while self.accept("||"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda values: any(part(values) for part in parts)

    def both(self) -> Condition:
        parts = [self.one()]
        while self.accept("&&"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else lambda values: all(part(values) for part in parts)

    def one(self) -> Condition:
        if self.accept("("):
            inner = self.either()
            if not self.accept(")"):
                raise InvalidPatternError
            return inner
        name = self.take("name", "word")
        self.names.append(name)
        kind, sign = self.pop()
        if kind == "sign":
            kind, right = self.pop()
            if kind not in ("quoted", "word"):
                raise InvalidPatternError
            right = re.sub(r"\\(.)", r"\1", right) if kind == "quoted" else right
            test = comparison("!=" if sign == "=!" else sign, right, kind == "quoted")
            # A selector must point to a value: with an object, an array or nothing there, no comparison is true.
            return lambda values: any(test(value) for value in values(name) if not isinstance(value, (dict, list)))
        return self.word(name, sign.upper())

    def word(self, name: str, first: str) -> Condition:
        second = self.take("word").upper()
        if (first, second) == ("NOT", "EXISTS"):
            return lambda values: not values(name)
        wanted = {"NULL": None, "TRUE": True, "FALSE": False}
        if first != "IS" or second not in wanted:
            raise InvalidPatternError
        return lambda values: any(value is wanted[second] for value in values(name))

    def accept(self, join: str) -> bool:
        found = bool(self.tokens) and self.tokens[0] == ("join", join)
        if found:
            self.tokens.pop(0)
        return found

    def pop(self) -> Token:
        if not self.tokens:
            raise InvalidPatternError
        return self.tokens.pop(0)

    def take(self, *kinds: str) -> str:
        kind, text = self.pop()
        if kind not in kinds:
            raise InvalidPatternError
        return text
