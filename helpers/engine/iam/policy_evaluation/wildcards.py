"""Wildcards: `*` for any characters, `?` for one.

A pattern is a string in which two private characters stand for the wildcards, so that an asterisk that a policy
variable brought (a name, `${*}`) stays an asterisk. IAM admits no characters above U+00FF in a policy.

Source: IAM User Guide, "IAM JSON policy elements: Resource" and "... Action" (2026-11).
"""

from __future__ import annotations

import re
from functools import lru_cache

MANY, ONE = "\ue000", "\ue001"

_WILDCARDS = str.maketrans({"*": MANY, "?": ONE})


def pattern(text: str) -> str:
    """The pattern of a policy's text."""
    return text.translate(_WILDCARDS)


@lru_cache(maxsize=4096)
def whole(pattern: str) -> re.Pattern[str]:
    """The expression for StringLike and actions, in which a wildcard matches any characters."""
    return re.compile(_expression(pattern, "."), re.DOTALL)


@lru_cache(maxsize=4096)
def arn(pattern: str) -> re.Pattern[str]:
    """The expression for ARNs, whose six components are compared one by one: a wildcard does not reach into the next.

    The sixth holds all the rest, colons included. A pattern of fewer components, such as `arn:aws:s3:*`, has nothing
    to compare the rest with; "if the * wildcard is the last character of a resource ARN segment, it can expand to
    match beyond the colon boundaries", and so it does.
    """
    components = pattern.split(":", 5)
    if len(components) < 6:
        return whole(pattern)
    expressions = [_expression(component, "[^:]") for component in components[:5]] + [_expression(components[5], ".")]
    return re.compile(":".join(expressions), re.DOTALL)


def _expression(pattern: str, character: str) -> str:
    """The regular expression of a pattern; its time does not explode, however many wildcards there are.

    What stands between two asterisks is taken where it first fits and not tried again (an atomic group): a later
    place could not admit more.
    """
    first, *others = ("".join(character if c == ONE else re.escape(c) for c in piece) for piece in pattern.split(MANY))
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>{character}*?{piece})" for piece in middle if piece) + f"{character}*{last}"
