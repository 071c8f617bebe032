"""The `ClientContext` of an invocation (AWS Lambda API Reference, "Invoke", 2026-11).

Base64 of a JSON object. It reaches the function as a header of the Runtime API's answer, so it has to be one line.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from localstack.aws.api.lambda_ import InvalidRequestContentException


def refuse_invalid(request: dict[str, Any]) -> None:
    """Raise AWS's error for an invalid client context (its message: boto3 issue 2153)."""
    if request.get("ClientContext"):
        try:
            decoded(request["ClientContext"])
        except ValueError:
            raise InvalidRequestContentException(
                "Client context must be a valid Base64-encoded JSON object.",
                Type="User",
            ) from None


def leave_out(request: dict[str, Any]) -> None:
    """Lambda passes it on "for synchronous invocations only"."""
    if request.get("InvocationType") == "Event":
        request.pop("ClientContext", None)


def decoded(encoded: str) -> str:
    """Return the JSON object on one line, in ASCII: no line break of the caller's reaches a header.

    Raises: ValueError for anything else.
    """
    try:
        value = json.loads(base64.b64decode(encoded, validate=True))
    except (binascii.Error, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return json.dumps(value)
