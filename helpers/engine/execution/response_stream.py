"""A response that a runtime sends in chunks, while its function still runs.

Limits (Developer Guide, "Response streaming for Lambda functions", 2026-11): 200 MB where the caller takes it as it
comes (20 MB until July 2025), 6 MB where it is collected for an `Invoke`. An error in the middle comes in two
trailers of HTTP ("Building a custom runtime"); AWS's names for what goes wrong otherwise are those of its open Runtime
API (github.com/aws/aws-lambda-runtime-interface-emulator, core/directinvoke, 2025).
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Protocol

from . import platform_logs as lines
from . import runtime_refusals
from .runtime_connection import MAX_RESPONSE_BYTES, MAX_STREAM_BYTES, Call


class Receiver(Protocol):
    """Who gets a response as it comes. Neither method raises: a caller that has gone does not end the function."""

    def begin(self, content_type: str) -> None:
        """The response begins; its body may be empty."""

    def write(self, data: bytes, deadline: float) -> None:
        """The next bytes. Waits for a slow caller, at most until `deadline` (`time.monotonic`)."""


class StreamedResponse:
    """What has come so far of one streamed response: passed to `receiver`, or collected where there is none."""

    def __init__(self, receiver: Receiver | None) -> None:
        self.receiver = receiver
        self.limit = MAX_STREAM_BYTES if receiver else MAX_RESPONSE_BYTES
        self.size = 0
        self.collected = bytearray()

    def take(self, call: Call, deadline: float) -> Call | lines.Failure | None:
        """Process the beginning, a chunk or the end. Returns the answer at the end, a failure beyond the limit."""
        match call.kind:
            case "stream":
                if self.receiver:
                    self.receiver.begin(call.content_type)
            case "chunk":
                self.size += len(call.body)
                if self.size > self.limit:
                    return lines.response_too_large(self.limit)
                if self.receiver:
                    self.receiver.write(call.body, deadline)
                else:
                    self.collected += call.body
            case _:
                runtime_refusals.accept(call)
                if call.error_type:
                    return Call("error", call.connection, _error(call), call.request_id, call.error_type)
                return Call("response", call.connection, bytes(self.collected), call.request_id)
        return None


def _error(call: Call) -> bytes:
    """The error in the trailers, base64; without a body, or with one that is none, as much as its type says."""
    try:
        body = base64.b64decode(call.body, validate=True)
        if body:
            return body
    except binascii.Error:
        pass
    return json.dumps({"errorType": call.error_type, "errorMessage": ""}, separators=(",", ":")).encode()
