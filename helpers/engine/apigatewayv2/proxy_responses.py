"""What a function returns, read as a response: format 2.0, which may be short, and 1.0.

"If your Lambda function returns valid JSON and doesn't return a statusCode, API Gateway assumes: isBase64Encoded is
false, statusCode is 200, content-type is application/json, body is the function's response" (API Gateway Developer
Guide, "Create AWS Lambda proxy integrations for HTTP APIs", 2026-11). Format 1.0 needs a statusCode. What is no
response is a 500 of the API, where REST APIs answer 502 ("Troubleshooting issues with HTTP API Lambda integrations").
Seen at AWS by its own tests (github.com/aws/aws-lambda-dotnet, LambdaTestTool-v2, 2026-11): in format 2.0 what is no
JSON is a body, too, and a text is one without its quotes.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

from .errors import internal
from .parameter_mapping import Pairs

TEXT = "text/plain; charset=utf-8"  # of a response with a statusCode and no content-type


@dataclass
class Answer:
    """A response: status, headers, body."""

    status: int
    headers: Pairs = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        """A header's values, with commas between them."""
        return ",".join(value for other, value in self.headers if other.lower() == name.lower())


def read(payload: bytes, version: str) -> Answer:
    """The response in what a function returned. Raises: ApiError (500)."""
    try:
        returned = json.loads(payload or b"null")
    except ValueError:
        returned = payload.decode(errors="replace")
    if isinstance(returned, dict) and "statusCode" in returned:
        return _explicit(returned, version)
    if version != "2.0":
        raise internal()
    body = returned.encode() if isinstance(returned, str) else payload
    return Answer(200, [("content-type", "application/json")], body)


def _explicit(returned: dict[str, Any], version: str) -> Answer:
    body = returned.get("body")
    if not (body is None or isinstance(body, str)):
        raise internal()
    headers = _headers(returned, version)
    if "content-type" not in {name.lower() for name, _ in headers}:
        headers.append(("content-type", TEXT))
    data = (body or "").encode()
    if returned.get("isBase64Encoded") is True:
        try:
            data = base64.b64decode(body or "", validate=True)
        except binascii.Error:
            raise internal() from None
    return Answer(_status(returned["statusCode"]), headers, data)


def _status(said: Any) -> int:
    if isinstance(said, str) and said.isdigit():
        said = int(said)
    if isinstance(said, bool) or not isinstance(said, int) or not 100 <= said <= 599:
        raise internal()
    return said


def _headers(returned: dict[str, Any], version: str) -> Pairs:
    single, several = returned.get("headers") or {}, returned.get("multiValueHeaders") or {}
    cookies = returned.get("cookies") or []
    if not (isinstance(single, dict) and isinstance(several, dict) and isinstance(cookies, list)):
        raise internal()
    if version == "2.0":
        several = {}
    else:
        cookies = []
    names = {name.lower() for name in several}
    pairs = [(name, _text(value)) for name, value in single.items() if name.lower() not in names]
    for name, values in several.items():
        if not isinstance(values, list):
            raise internal()
        pairs += [(name, _text(value)) for value in values]
    return [*pairs, *(("set-cookie", _text(cookie)) for cookie in cookies)]


def _text(value: Any) -> str:
    """A header's value. Raises: ApiError for an object, and for what would end the header."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float) or (isinstance(value, str) and ("\n" in value or "\r" in value)):
        raise internal()
    return str(value)
