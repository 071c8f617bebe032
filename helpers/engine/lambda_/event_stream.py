"""`InvokeWithResponseStream`: the function's response as events of AWS's binary event stream.

The events, their members and the headers of the answer: botocore's model of Lambda (2015-03-31); the encoding:
docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html (2026-11). What `InvokeComplete` says of an error:
the type that the response's trailers name, else `Unhandled`, and the error's JSON; not documented by AWS.

LocalStack 4.9.2 has no such operation, and its serializer of event streams is one for the JSON protocol.
"""

from __future__ import annotations

import base64
import json
from binascii import crc32
from collections.abc import Callable, Iterator, Mapping
from struct import pack
from typing import Any

from localstack.aws.api import RequestContext
from localstack.http import Response
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.provider import LambdaProvider

from .streamed_invocations import StreamedInvocation

LOG_TAIL_BYTES = 4096
MAX_PART_BYTES = 128 * 1024  # a message of the event stream takes up to 16 MB


def invoke_with_response_stream(
    self: LambdaProvider,
    context: RequestContext,
    function_name: str,
    invocation_type: str | None = None,
    log_type: str | None = None,
    client_context: str | None = None,
    qualifier: str | None = None,
    payload: Any = None,
    **_: Any,
) -> dict[str, Any]:
    """`LambdaProvider.invoke_with_response_stream`: returns when the response begins, or when there is none.

    Raises: what `Invoke` raises.
    """
    account, region = api_utils.get_account_and_region(function_name, context)
    name, version = api_utils.get_name_and_qualifier(function_name, qualifier, context)
    data = payload.read() if hasattr(payload, "read") else payload
    invocation = StreamedInvocation()
    invocation.start(
        lambda: self.lambda_service.invoke(
            function_name=name,
            qualifier=version,
            region=region,
            account_id=account,
            invocation_type=invocation_type,
            client_context=client_context,
            request_id=context.request_id,
            trace_context=context.trace_context,
            payload=data or None,
            user_agent=context.request.user_agent.string,
        )
    )
    if invocation_type == "DryRun":
        return {"StatusCode": 204, "EventStream": iter(()), "ExecutedVersion": version or "$LATEST"}
    executed = invocation.result.executed_version if invocation.result else version or "$LATEST"
    return {"StatusCode": 200, "EventStream": events(invocation, log_type == "Tail"), "ExecutedVersion": executed}


def serialize(
    original: Callable[..., Response],
    self: Any,
    response: dict[str, Any],
    operation_model: Any,
    mime_type: str,
    request_id: str,
) -> Response:
    """`ResponseSerializer._serialize_event_stream`, for this operation as on AWS."""
    if operation_model.name != "InvokeWithResponseStream":
        return original(self, response, operation_model, mime_type, request_id)
    headers = {
        "Content-Type": "application/vnd.amazon.eventstream",
        "X-Amz-Executed-Version": response["ExecutedVersion"],
        "x-amzn-RequestId": request_id,
    }
    return Response(response=response["EventStream"], status=response["StatusCode"], headers=headers)


def events(invocation: StreamedInvocation, with_log: bool) -> Iterator[bytes]:
    """PayloadChunk for each part of the response, then InvokeComplete; a part has at most 128 KB."""
    for part in invocation.parts():
        yield from _chunks(part)
    result = invocation.result
    complete: dict[str, str] = {}
    if result is None:
        complete = {"ErrorCode": "ServiceException", "ErrorDetails": str(invocation.error)}
    elif result.is_error:
        complete = {"ErrorCode": "Unhandled", "ErrorDetails": result.payload.decode("utf-8", "replace")}
    elif not invocation.begun:
        yield from _chunks(result.payload)
    if result is not None and with_log:
        complete["LogResult"] = base64.b64encode(result.logs.encode()[-LOG_TAIL_BYTES:]).decode()
    yield message("InvokeComplete", "application/json", json.dumps(complete).encode())


def _chunks(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), MAX_PART_BYTES):
        yield message("PayloadChunk", "application/octet-stream", data[start : start + MAX_PART_BYTES])


def message(event: str, content_type: str, payload: bytes) -> bytes:
    """One message: prelude (two lengths and their checksum), headers, payload, checksum; numbers are big-endian."""
    headers = _headers({":event-type": event, ":content-type": content_type, ":message-type": "event"})
    prelude = pack("!II", len(headers) + len(payload) + 16, len(headers))
    message = prelude + pack("!I", crc32(prelude)) + headers + payload
    return message + pack("!I", crc32(message))


def _headers(values: Mapping[str, str]) -> bytes:
    text = 7  # the type of a text
    return b"".join(
        pack("!B", len(name)) + name.encode() + pack("!BH", text, len(value)) + value.encode()
        for name, value in values.items()
    )
