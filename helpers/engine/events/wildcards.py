"""`wildcard` of event patterns, of rules and of event source mappings: `*` stands for any characters.

LocalStack 4.9.2 makes a regular expression of it, with which an event of 1,000 letters and five `*`, as many as may be,
keep the whole engine waiting for hours. Here a text is searched once for each part.
"""

from __future__ import annotations


def matches(condition: str, value: str) -> bool:
    """Replace `EventRuleEngine._evaluate_wildcard`. As there, a `*` is one character at least."""
    first, *others = condition.split("*")
    if not others:
        return condition == value
    if not value.startswith(first):
        return False
    position = len(first)
    for part in others[:-1]:
        found = value.find(part, position + 1)
        if found < 0:
            return False
        position = found + len(part)
    return value.endswith(others[-1]) and len(value) - len(others[-1]) > position
