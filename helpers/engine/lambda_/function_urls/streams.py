"""The HTTP response of a function whose URL streams (`InvokeMode` RESPONSE_STREAM).

- The body is what the function streams, as it comes. With the content type of `awslambda.HttpResponseStream` it begins
  with status, headers and cookies as JSON, and eight zero bytes (src/HttpResponseStream.js of AWS's runtime interface
  client, 3.3, 2025-08).
- An answer that is not streamed is the body, whatever it says of a status ("Lambda streams all response payloads":
  Developer Guide, "Invoking a response streaming enabled function using Lambda function URLs", 2026-11; and
  test_lambda_url_echo_invoke in LocalStack's tests, recorded on AWS 2024-04).
- An error before the first byte is a 502; after it, the connection ends before the body does.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from localstack.http import Response

from ..streamed_invocations import StreamedInvocation
from .responses import JSON_TYPE, MalformedError, bad_gateway, with_metadata

HTTP_RESPONSE = "application/vnd.awslambda.http-integration-response"
DELIMITER = bytes(8)
MAX_METADATA_BYTES = 64 * 1024


class CutOffError(ConnectionError):
    """The response cannot be completed: its connection is closed."""


def response_of(invocation: StreamedInvocation) -> Response:
    """The response of an invocation that has begun to answer, or has ended."""
    parts = invocation.parts()
    if invocation.begun and invocation.content_type == HTTP_RESPONSE:
        return _with_metadata(invocation, parts)
    first = next(parts, None)
    if first is None:
        return _whole(invocation)
    return _streaming(Response(), first, parts, invocation, invocation.content_type)


def _whole(invocation: StreamedInvocation) -> Response:
    """A response without a stream, or with an empty one."""
    if invocation.result is None or invocation.result.is_error:
        return bad_gateway()
    response = Response(b"" if invocation.begun else invocation.result.payload)
    response.headers["Content-Type"] = invocation.content_type if invocation.begun else JSON_TYPE
    return response


def _with_metadata(invocation: StreamedInvocation, parts: Iterator[bytes]) -> Response:
    buffer = b""
    for part in parts:
        buffer += part
        metadata, found, body = buffer.partition(DELIMITER)
        if not found and len(buffer) <= MAX_METADATA_BYTES:
            continue
        try:
            response = with_metadata(json.loads(metadata), "application/octet-stream")
        except (ValueError, TypeError, AttributeError, MalformedError):
            break
        return _streaming(response, body, parts, invocation, "")
    parts.close()  # type: ignore[attr-defined]  # a generator: it notes that nobody listens
    return bad_gateway()


def _streaming(
    response: Response, first: bytes, parts: Iterator[bytes], invocation: StreamedInvocation, content_type: str
) -> Response:
    if content_type:
        response.headers["Content-Type"] = content_type
    response.headers.pop("Content-Length", None)
    response.response = _body(itertools.chain([first] if first else [], parts), invocation)
    return response


def _body(parts: Iterator[bytes], invocation: StreamedInvocation) -> Iterator[bytes]:
    yield from parts
    if invocation.result is None or invocation.result.is_error:
        raise CutOffError("The function failed in the middle of its response.")
