"""Reading a filter pattern: by its first character it is for JSON, for columns, or of terms."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from . import columns, terms
from .comparisons import InvalidPatternError, text
from .conditions import parse as parse_condition
from .selectors import find

# Of a message the values that the pattern names, {"$.level": "ERROR"} or {"$status": "404"}; None if it does not match.
Pattern = Callable[[str], dict[str, str] | None]


@lru_cache(maxsize=256)
def parse(pattern: str) -> Pattern:
    """What a pattern finds in a message. Raises: InvalidPatternError."""
    stripped = pattern.strip()
    for first, last in ("{}", "[]"):
        if stripped.startswith(first) and not stripped.endswith(last):
            raise InvalidPatternError(f"If a filter pattern starts with '{first}' it must end with '{last}'")
    if stripped.startswith("{"):
        return _for_json(stripped[1:-1])
    if stripped.startswith("["):
        return columns.parse(stripped[1:-1])
    passes = terms.parse(stripped)
    return lambda message: {} if passes(message) else None


def matcher(pattern: str) -> Callable[[str, dict[str, Any]], bool]:
    """Return a predicate that says whether a log event, {"message": …}, matches `pattern`."""
    read = parse(pattern)
    return lambda _pattern, event: read(event["message"]) is not None


def _for_json(inner: str) -> Pattern:
    condition, names = parse_condition(inner)
    if not all(name.startswith("$") for name in names):
        raise InvalidPatternError

    def read(message: str) -> dict[str, str] | None:
        document = json_of(message)
        if document is None or not condition(lambda name: find(document, name)):
            return None
        found = {name: find(document, name) for name in names}
        return {name: text(values[0]) for name, values in found.items() if values}

    return read


def json_of(message: str) -> Any:
    """The object or array that a message is, None if it is none."""
    if message.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(message)
    except ValueError:
        return None
