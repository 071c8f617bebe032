"""What a function behind a proxy integration may answer; everything else is a 502, "Malformed Lambda proxy response".

An object of `statusCode`, `headers`, `multiValueHeaders`, `body` and `isBase64Encoded`, all of them optional, and of
nothing else (recorded on AWS: LocalStack's test_aws_proxy_response_payload_format_validation, 2025-03):

- `statusCode`: an integer, or one in text; 100 to 599.
- `headers`: an object of texts; numbers and booleans become text, null is left out. `multiValueHeaders`: of lists.
- `body`: text. A number or a boolean becomes text, as in headers; an object or a list is the most common mistake, a
  forgotten `json.dumps` (stackoverflow.com/questions/43708017; AWS re:Post, "How do I resolve HTTP 502 errors from API
  Gateway REST APIs with Lambda proxy integration?", 2026-11).

LocalStack 4.9.2 fails at what is no object, and iterates over a body that is one.
"""

from __future__ import annotations

import json
from typing import Any

KEYS = frozenset({"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"})


class MalformedResponseError(Exception):
    """An answer that is no proxy response; the message says why."""


def parse(payload: bytes) -> dict[str, Any]:
    """The answer as LocalStack goes on with it: texts, and an integer status. Raises: MalformedResponseError."""
    try:
        answer = json.loads(payload)
    except ValueError:
        raise MalformedResponseError("it is not JSON") from None
    if not isinstance(answer, dict):
        raise MalformedResponseError("it is no object")
    if unknown := answer.keys() - KEYS:
        raise MalformedResponseError(f"{sorted(unknown)[0]} is no key of it")
    return {
        "statusCode": _status(answer.get("statusCode")),
        "headers": {name: _text(value) for name, value in _object(answer, "headers").items() if value is not None},
        "multiValueHeaders": {
            name: _texts(values) for name, values in _object(answer, "multiValueHeaders").items() if values is not None
        },
        "body": None if answer.get("body") is None else _text(answer["body"]),
        "isBase64Encoded": _boolean(answer.get("isBase64Encoded")),
    }


def _status(value: Any) -> int:
    if value is None:
        return 200
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise MalformedResponseError("statusCode is no integer")
    try:
        status = int(value)
    except (ValueError, OverflowError):
        raise MalformedResponseError("statusCode is no integer") from None
    if not 100 <= status <= 599:
        raise MalformedResponseError("statusCode is no status of HTTP")
    return status


def _object(answer: dict[str, Any], name: str) -> dict[str, Any]:
    found = answer.get(name)
    if found is not None and not isinstance(found, dict):
        raise MalformedResponseError(f"{name} is no object")
    return found or {}


def _texts(values: Any) -> list[str]:
    if not isinstance(values, list):
        raise MalformedResponseError("multiValueHeaders holds what is no list")
    return [_text(value) for value in values if value is not None]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    raise MalformedResponseError(f"{type(value).__name__} is no text")


def _boolean(value: Any) -> bool:
    if value in (None, "", "false", "False"):
        return False
    if value in ("true", "True") or isinstance(value, bool):
        return bool(value)
    raise MalformedResponseError("isBase64Encoded is no boolean")
