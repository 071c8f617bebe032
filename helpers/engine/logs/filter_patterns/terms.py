"""Patterns of terms, and regular expressions.

| pattern | passes |
|---|---|
| `ERROR` | what has the term ERROR, upper and lower case told apart |
| `ERROR timeout` | what has both |
| `"out of paper"` | what has the phrase |
| `?ERROR ?WARN` | what has one of them |
| `ERROR -retry` | what has ERROR, but not retry |
| `%ERROR [0-9]+%` | what the expression finds something in |
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .comparisons import InvalidPatternError, regular

TERM = re.compile(r'([?-]?)(?:"((?:[^"\\]|\\.)*)"|(%[^%]*%)|([^\s"%]+))(?=\s|$)')


def parse(pattern: str) -> Callable[[str], bool]:
    """A predicate on messages. Raises: InvalidPatternError."""
    terms, place = [], 0
    pattern = pattern.strip()
    while place < len(pattern):
        match = TERM.match(pattern, place)
        if match is None:
            raise InvalidPatternError
        sign, phrase, expression, word = match.groups()
        terms.append((sign, regular(expression) if expression else _term(_unquoted(phrase, word))))
        place = match.end() + len(pattern[match.end() :]) - len(pattern[match.end() :].lstrip())

    def passes(message: str) -> bool:
        found = [(sign, bool(term.search(message))) for sign, term in terms]
        optional = [there for sign, there in found if sign == "?"]
        return (
            all(there for sign, there in found if sign == "")
            and not any(there for sign, there in found if sign == "-")
            and (not optional or any(optional))
        )

    return passes


def _unquoted(phrase: str | None, word: str) -> str:
    return word if phrase is None else re.sub(r"\\(.)", r"\1", phrase)


def _term(text: str) -> re.Pattern[str]:
    """Return an expression for a whole term: ERR does not match ERROR."""
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
