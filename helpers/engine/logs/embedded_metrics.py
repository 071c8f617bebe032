"""The embedded metric format: log events that say of themselves which metrics they hold.

    {"_aws": {"Timestamp": 1700000000000, "CloudWatchMetrics": [{"Namespace": "shop", "Dimensions": [["page"]],
      "Metrics": [{"Name": "latency", "Unit": "Milliseconds"}]}]}, "page": "cart", "latency": 12.5}

Source: CloudWatch User Guide, "Specification: Embedded metric format" (2026-11). What breaks the specification is a log
event as any other. In a function's log the document may come after time, request and level, as `console.log` has it
(aws-powertools/powertools-lambda-typescript, issue 1766).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .metric_values import Series, Value
from .stored_events import StoredEvent

MAX_DIMENSIONS = 30
MAX_VALUES = 100  # in an array


def is_likely(message: str) -> bool:
    """Whether it is worth while to parse a message."""
    return '"CloudWatchMetrics"' in message and '"_aws"' in message


def extract(events: list[StoredEvent]) -> Iterator[Value]:
    """The values in log events."""
    for event in events:
        if is_likely(event.message):
            try:
                yield from list(_values(_document(event.message)))
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # not JSON, or not of the format


def _document(message: str) -> dict[str, Any]:
    """The document that a message is, or that follows what a runtime writes before it. Raises: ValueError."""
    start = message.index("{")
    found: dict[str, Any] = json.loads(message[start:])
    return found


def _values(document: dict[str, Any]) -> Iterator[Value]:
    about = document["_aws"]
    for directive in about["CloudWatchMetrics"]:
        for dimensions in _dimension_sets(document, directive.get("Dimensions") or [[]]):
            for metric in directive["Metrics"]:
                resolution = metric.get("StorageResolution", 60)
                unit = metric.get("Unit", "None")
                timestamp = int(about["Timestamp"]) // 1000
                series = Series(directive["Namespace"], metric["Name"], dimensions, unit, resolution, timestamp)
                yield from ((series, number) for number in _numbers(document.get(metric["Name"])))


def _dimension_sets(document: dict[str, Any], sets: list[list[str]]) -> list[tuple[tuple[str, str], ...]]:
    """Each set with its values. Raises: KeyError, ValueError for what the specification does not allow."""
    found = []
    for names in sets:
        values = tuple((name, document[name]) for name in names)
        if len(names) > MAX_DIMENSIONS or not all(isinstance(value, str) for _, value in values):
            raise ValueError("a dimension's value is a text")
        found.append(values)
    return found


def _numbers(value: Any) -> list[float]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    if len(values) > MAX_VALUES or any(isinstance(one, bool) or not isinstance(one, (int, float)) for one in values):
        raise ValueError("a metric's value is a number, or up to 100 of them")
    return [float(one) for one in values]
