"""A way around the request chain that LocalStack 4.9.2 leaves open, closed.

Queue URLs understand `?Action=SendMessage`. LocalStack passes that on as a call of its own: we verify who signed it,
and pass on whose it was.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from localstack.aws.connect import connect_to
from localstack.http import Request
from localstack.services.sqs import query_api

from . import authentication, callers, request_contexts

_caller: ContextVar[str] = ContextVar("_caller")
_try_call_sqs = query_api.try_call_sqs


def install() -> None:
    """Close it."""
    query_api.try_call_sqs = try_call_sqs
    query_api.connect_to = connect


def try_call_sqs(request: Request, region: str) -> Any:
    """`query_api.try_call_sqs`, for a request whose signature is right, or that has none."""
    authentication.check(None, request_contexts.context(request, "sqs", request.values.get("Action", ""), region), None)
    token = _caller.set(callers.key_in(request))
    try:
        return _try_call_sqs(request, region)
    finally:
        _caller.reset(token)


def connect(**options: Any) -> Any:
    """`connect_to` for it, as whose signature was verified, or as nobody; LocalStack reads the header its own way."""
    return connect_to(**{**options, "aws_access_key_id": _caller.get() or callers.UNSIGNED})
