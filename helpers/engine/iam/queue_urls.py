"""Authentication of queue URLs, which accept `?Action=SendMessage`.

LocalStack 4.9.2 passes such a request on as a call of its own: here who signed it is verified, and passed on too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from localstack.aws.connect import connect_to
from localstack.http import Request

from . import authentication, callers, request_contexts

_caller: ContextVar[str] = ContextVar("_caller")


def try_call_sqs(original: Callable[[Request, str], Any], request: Request, region: str) -> Any:
    """`query_api.try_call_sqs`, for a request whose signature is right, or that has none."""
    authentication.authenticate(request_contexts.make_context(request, "sqs", request.values.get("Action", ""), region))
    token = _caller.set(callers.key_in(request))
    try:
        return original(request, region)
    finally:
        _caller.reset(token)


def connect_as_caller(**options: Any) -> Any:
    """`query_api.connect_to`, as who signed, or as nobody; LocalStack would read the header in its own way."""
    return connect_to(**{**options, "aws_access_key_id": _caller.get() or callers.UNSIGNED})
