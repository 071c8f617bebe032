"""Events that a function has printed into its log, after `event:`, as JSON or as Python prints a dict."""

import ast
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from helpers.backend.session import Connection
from helpers.exercises.evidence.answers import logged

PRINTED = re.compile(r"\bevent: (\{.*\})$")


def event_in(line: str) -> dict[str, Any] | None:
    """Return the event that a log line shows; None if it shows none."""
    if not (found := PRINTED.search(line)):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            return dict(read(found[1]))
        except (ValueError, SyntaxError):
            continue
    return None


def logged_events(lab: Connection, function: str, wanted: Callable[[dict[str, Any]], object]) -> list[dict[str, Any]]:
    """Return all events in the function's log; wait up to 2 s for one that is `wanted`."""

    def line_wanted(line: str) -> object:
        event = event_in(line)
        return event is not None and wanted(event)

    found = logged(lab, function, line_wanted) or logged(lab, function, event_in, seconds=0)
    return [event for line in found if (event := event_in(line)) is not None]


def named(event: Mapping[str, Any]) -> str:
    """Return the text under the key `name`, or nothing."""
    name = event.get("name")
    return name.strip() if isinstance(name, str) else ""


def near_miss(events: list[dict[str, Any]], key: str) -> str:
    """Return what the newest event has instead of a text under `key`, as a sentence; nothing if it has nothing like it.

    For example: "found the key Name, the goal says name".
    """
    for event in reversed(events):
        for other in event:
            if other != key and other.strip().casefold() == key:
                return f"the key {other!r}, the goal says {key!r}"
        if key in event and not named(event):
            return f"{event[key]!r} under {key!r}, which is no text"
    return ""
