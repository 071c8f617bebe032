"""The HTTP response of a function's answer.

- statusCode, headers, cookies, body, isBase64Encoded; any other JSON is the body itself (Developer Guide, "Response
  payload format", 2026-11), written without blanks; a text is sent as it is; all is application/json; a statusCode
  may be a text; a function's error is 502, `Internal Server Error` (recorded on AWS: TestLambdaURL in LocalStack's
  tests, 2024-04).
- What is no such response is 502 too ("Monitoring Lambda function URLs": Url5xxCount, 2026-11).
- What the service sets itself is renamed: `x-amzn-Remapped-date` (headers of function URLs in reports).

LocalStack 4.9.2 sets no cookies, sends a body that is no text, and answers 500 to a status that is no number.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from localstack.http import Response

REMAPPED = ("connection", "content-length", "date")
JSON_TYPE = "application/json"


class MalformedError(Exception):
    """A response that AWS does not take."""


def error(status: int, text: str, error_type: str = "") -> Response:
    """A response of the service's own."""
    response = Response(text, status)
    response.headers["Content-Type"] = JSON_TYPE
    if error_type:
        response.headers["x-amzn-ErrorType"] = error_type
    return response


def bad_gateway() -> Response:
    """The answer to a function that failed, or whose answer is malformed."""
    return error(502, "Internal Server Error")


def response_of(payload: bytes) -> Response:
    """The response of an answer that is not streamed."""
    try:
        answer = json.loads(payload)
    except ValueError:  # of a custom runtime, or streamed for a URL that does not stream
        return _plain(payload)
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return _plain(answer.encode() if isinstance(answer, str) else compact(answer))
    try:
        response = with_metadata(answer, JSON_TYPE)
        response.data = _body(answer)
    except MalformedError:
        return bad_gateway()
    return response


def compact(value: Any) -> bytes:
    """JSON as AWS writes it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(body: bytes) -> Response:
    response = Response(body)
    response.headers["Content-Type"] = JSON_TYPE
    return response


def with_metadata(answer: dict[str, Any], content_type: str) -> Response:
    """A response without its body: status, headers, cookies. Raises `MalformedError`."""
    response = Response(status=_status(answer.get("statusCode", 200)))
    response.headers.clear()
    for name, value in _mapping(answer.get("headers")).items():
        if isinstance(value, (dict, list)):
            raise MalformedError(name)
        remapped = f"x-amzn-Remapped-{name}" if name.lower() in REMAPPED else name
        response.headers[remapped] = _line(_text(value))
    cookies = answer.get("cookies") or []
    if not isinstance(cookies, list) or not all(isinstance(cookie, str) for cookie in cookies):
        raise MalformedError("cookies")
    for cookie in cookies:
        response.headers.add("Set-Cookie", _line(cookie))
    response.headers.setdefault("Content-Type", content_type)
    return response


def _status(value: Any) -> int:
    try:
        status = int(value)
    except (TypeError, ValueError):
        raise MalformedError("statusCode") from None
    if isinstance(value, (bool, float)) or not 100 <= status <= 599:
        raise MalformedError("statusCode")
    return status


def _mapping(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise MalformedError("headers")
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else compact(value).decode()


def _line(value: str) -> str:
    """A header's value. Raises `MalformedError` for one that would be more than a line."""
    if any(character in value for character in "\r\n\0"):
        raise MalformedError("headers")
    return value


def _body(answer: dict[str, Any]) -> bytes:
    body = answer.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise MalformedError("body")
    if not answer.get("isBase64Encoded"):
        return body.encode()
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedError("body") from None
