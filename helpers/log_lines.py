"""What Lambda writes into a log itself, in both of its formats: a line of text, or a JSON object with `LogFormat` JSON.

| event | text | JSON |
|---|---|---|
| INIT_START | `INIT_START Runtime Version: …` | `{"type": "platform.initStart", …}` |
| START | `START RequestId: …` | `{"type": "platform.start", "record": {"requestId": …}}` |
| REPORT | `REPORT RequestId: …` | `{"type": "platform.report", "record": {"requestId": …, "metrics": …}}` |

Source: AWS Lambda Developer Guide, "Telemetry API event schema" (2026-11).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

TYPES = {"platform.initStart": "INIT_START", "platform.start": "START", "platform.report": "REPORT"}


def platform_event(line: str) -> tuple[str, Mapping[str, Any]]:
    """Return the kind of a line, INIT_START, START or REPORT, and the record of one in JSON; ("", {}) for any other."""
    if line.startswith('{"time":'):
        said = parsed(line)
        kind, record = TYPES.get(str(said.get("type")), ""), said.get("record")
        return (kind, record) if kind and isinstance(record, Mapping) else ("", {})
    word = line.partition(" ")[0]
    return (word, {}) if word in TYPES.values() and " " in line else ("", {})


def kind(line: str) -> str:
    """Return INIT_START, START, REPORT, or "" for a line that is none of them."""
    return platform_event(line)[0]


def request_id(line: str) -> str:
    """Return the request id of a START or REPORT; "" if there is none."""
    _, record = platform_event(line)
    if "requestId" in record:
        return str(record["requestId"])
    return re.split(r"[\t ]", line.partition("RequestId: ")[2])[0]


def is_error(line: str) -> bool:
    """Return whether a runtime, of Python or Node.js, has logged an error that a handler let out.

    With Node.js and JSON it looks as if the handler had logged it: `console.error(error)`.
    """
    if line.startswith("[ERROR] ") or "\tERROR\tInvoke Error " in line:
        return True
    if not line.startswith('{"timestamp":'):
        return False
    said = parsed(line)
    message = said.get("message", said)
    return said.get("level") == "ERROR" and isinstance(message, Mapping) and {"errorType", "stackTrace"} <= set(message)


def parsed(line: str) -> Mapping[str, Any]:
    """Return a line's JSON object; an empty one if it has none."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, Mapping) else {}
