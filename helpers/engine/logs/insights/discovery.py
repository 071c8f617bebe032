"""Fields that Insights finds in a log event by itself: of Lambda's own lines, and of JSON.

A field within an object is called `a.b`, an element of an array `a.0`. In a line that is not JSON as a whole the first
fragment of JSON counts. Memory is in bytes: 128 MB are 128000000.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MAX_FIELDS = 200  # of the JSON of one event

_TYPE = re.compile(r"(START|END|REPORT) RequestId: ([0-9a-f-]{36})")
_REQUEST = re.compile(r"^\S+\t([0-9a-f]{8}-[0-9a-f-]{27})\t|^\[\w+\]\t\S+\t([0-9a-f]{8}-[0-9a-f-]{27})\t")
_REPORT = {
    "@duration": (re.compile(r"\tDuration: ([\d.]+) ms"), 1),
    "@billedDuration": (re.compile(r"\tBilled Duration: ([\d.]+) ms"), 1),
    "@initDuration": (re.compile(r"\tInit Duration: ([\d.]+) ms"), 1),
    "@memorySize": (re.compile(r"\tMemory Size: ([\d.]+) MB"), 1_000_000),
    "@maxMemoryUsed": (re.compile(r"\tMax Memory Used: ([\d.]+) MB"), 1_000_000),
}


def discover(group: str, message: str) -> dict[str, Any]:
    """The fields of a message in a log group."""
    found: dict[str, Any] = {}
    if group.startswith("/aws/lambda/"):
        found |= _of_lambda(message)
    document = _json_in(message)
    if document is not None:
        for name, value in flat("", document):
            found.setdefault(name, value)
            if len(found) >= MAX_FIELDS:
                break
    return found


def _of_lambda(message: str) -> dict[str, Any]:
    match = _TYPE.match(message)
    if match is None:
        request = _REQUEST.match(message)
        return {"@requestId": request[1] or request[2]} if request else {}
    found: dict[str, Any] = {"@type": match[1], "@requestId": match[2]}
    if match[1] == "REPORT":
        for name, (pattern, factor) in _REPORT.items():
            if value := pattern.search(message):
                found[name] = float(value[1]) * factor
        if trace := re.search(r"XRAY TraceId: (\S+)", message):
            found["@xrayTraceId"] = trace[1]
    return found


def _json_in(message: str) -> Any:
    start = message.find("{")
    if start < 0:
        return None
    try:
        return json.JSONDecoder().raw_decode(message, start)[0]
    except ValueError:
        return None


def flat(prefix: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The values within an object or array, each with its name: `a.b`, `a.0`."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from flat(f"{prefix}.{name}" if prefix else name, inner)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from flat(f"{prefix}.{number}", inner)
    elif value is not None and value not in ({}, []):
        yield prefix, value
