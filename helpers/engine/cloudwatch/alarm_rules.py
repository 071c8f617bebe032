"""Rules of composite alarms: `ALARM("errors") AND NOT (OK(quiet) OR INSUFFICIENT_DATA("arn:…"))`.

API Reference, "PutCompositeAlarm" (2026-11): NOT binds tighter than AND, AND tighter than OR.
"""

from __future__ import annotations

import re
from collections.abc import Callable

States = Callable[[str], str | None]  # the state of an alarm by its name or ARN, None if there is none
Rule = Callable[[States], bool]

_STATE = r'(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^\s()"]+))\s*\)'
_TOKEN = re.compile(rf"\s*(?:{_STATE}|(AND|OR|NOT|TRUE|FALSE|[()]))")


class InvalidRuleError(ValueError):
    """The text is no rule."""


def parse(text: str) -> tuple[Rule, list[str]]:
    """The rule, and the names or ARNs of the alarms in it. Raises: InvalidRuleError."""
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise InvalidRuleError
        tokens.append((match[1] or match[4], match[2] or match[3]))
        place = match.end()
    names = [name for _, name in tokens if name]
    rule = _either(tokens)
    if tokens:
        raise InvalidRuleError
    return rule, names


Tokens = list[tuple[str, str | None]]


def _either(tokens: Tokens) -> Rule:
    parts = [_both(tokens)]
    while _accept(tokens, "OR"):
        parts.append(_both(tokens))
    return lambda states: any(part(states) for part in parts)


def _both(tokens: Tokens) -> Rule:
    parts = [_one(tokens)]
    while _accept(tokens, "AND"):
        parts.append(_one(tokens))
    return lambda states: all(part(states) for part in parts)


def _one(tokens: Tokens) -> Rule:
    if not tokens:
        raise InvalidRuleError
    word, name = tokens.pop(0)
    if name is not None:
        return lambda states: states(name) == word
    if word == "NOT":
        inner = _one(tokens)
        return lambda states: not inner(states)
    if word in ("TRUE", "FALSE"):
        return lambda states: word == "TRUE"
    if word != "(":
        raise InvalidRuleError
    inner = _either(tokens)
    if not _accept(tokens, ")"):
        raise InvalidRuleError
    return inner


def _accept(tokens: Tokens, word: str) -> bool:
    found = bool(tokens) and tokens[0] == (word, None)
    if found:
        tokens.pop(0)
    return found
