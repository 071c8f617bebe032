"""Which records a mapping's filters let through. What the function gets is not touched.

A filter sees the body of a message, or the data of a Kinesis record, as JSON if it is JSON, and as text if not: a
pattern for the one never matches the other (Lambda Developer Guide, "Control which events Lambda sends", 2026-11).
"""

from __future__ import annotations

import base64
import json
from typing import Any

from localstack.utils.event_matcher import matches_event


def passes(patterns: list[dict[str, Any]], event: dict[str, Any]) -> bool:
    """Whether at least one pattern matches; without patterns everything passes."""
    if not patterns:
        return True
    part, seen = _seen(event)
    text = isinstance(seen.get(part), str)
    # A pattern of fields that are not there (`exists`) would match text, too.
    return any(
        matches_event(pattern, seen) for pattern in patterns if not (text and isinstance(pattern.get(part), dict))
    )


def _seen(event: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a filter sees, and which part of it is JSON or text; "" if none."""
    if "body" in event:
        return "body", {**event, "body": _parsed(event["body"])}
    if "kinesis" in event:
        data = base64.b64decode(event["kinesis"]["data"]).decode("utf-8", "replace")
        return "data", {**event, "data": _parsed(data)}
    return "", event


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
