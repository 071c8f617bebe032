"""`wildcard` of event patterns, and `StringMatches` of Choice states: `*` stands for any characters, or for none.

"The wildcard character (*) to match zero, single, or multiple characters" (AWS Compute Blog, "Filtering events in
Amazon EventBridge with wildcard pattern matching"); after a backslash, a star or a backslash is just that
(github.com/aws/event-ruler, README, WildcardParser and ByteMachineTest: `hel*o` fits "helo"; 2026-11). LocalStack 4.9.2
knows neither; and makes a regular expression of it, with which an event of 1,000 letters and five `*`, as many as may
be, keep the whole engine waiting for hours. Here a text is searched once for each part.
"""

from __future__ import annotations

import re

_PART = re.compile(r"\\[*\\]|[^*]", re.DOTALL)


def matches(condition: str, value: str) -> bool:
    """Replace `EventRuleEngine._evaluate_wildcard`."""
    first, *others = _parts(condition)
    if not others:
        return first == value
    if not value.startswith(first):
        return False
    position = len(first)
    for part in others[:-1]:
        found = value.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return value.endswith(others[-1]) and len(value) - len(others[-1]) >= position


def _parts(condition: str) -> list[str]:
    """What is between the stars, without the backslashes that escape."""
    parts, position = [""], 0
    while position < len(condition):
        if found := _PART.match(condition, position):
            parts[-1] += found[0][-1]
            position = found.end()
        else:
            parts.append("")
            position += 1
    return parts


def wrong_escape(condition: str) -> int | None:
    """The place of a backslash that escapes neither a star nor a backslash; None if there is none."""
    rest = re.sub(r"\\[*\\]", "..", condition)
    return rest.find("\\") if "\\" in rest else None
