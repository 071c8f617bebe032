"""PutIntegration and UpdateIntegration: what LocalStack 4.9.2 takes and cannot do, and what AWS refuses.

`credentials` may be a role, or `arn:aws:iam::*:user/*`, "to require that the caller's identity be passed through from
the request" (API Gateway API Reference, "PutIntegration", 2026-11): that is not here. Neither are answers that are
streamed, `responseTransferMode` STREAM, which came after LocalStack's release (November 2025). `timeouts` has the
limits of `timeoutInMillis`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException

from . import timeouts

CALLER = "arn:aws:iam::*:user/*"
STREAMING = "/responseTransferMode"
STREAMED = "Answers that are streamed, responseTransferMode STREAM, are not part of this engine's REST APIs."
REFUSED = f"An integration that is called with the caller's credentials, {CALLER}, is not part of this engine."


def put_integration(
    original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any], **more: Any
) -> Any:
    """`PutIntegration`. Raises: BadRequestException."""
    check("/timeoutInMillis", request.get("timeoutInMillis"))
    check("/credentials", request.get("credentials"))
    check(STREAMING, json.loads(context.request.get_data() or b"{}").get("responseTransferMode"))
    return original(self, context, request, **more)


def update_integration(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    resource_id: str,
    http_method: str,
    patch_operations: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> Any:
    """`UpdateIntegration`, likewise."""
    for operation in patch_operations or ():
        check(operation.get("path"), operation.get("value"))
    return original(self, context, rest_api_id, resource_id, http_method, patch_operations, **more)


def check(path: str | None, value: Any) -> None:
    """Raise BadRequestException for a value that a setting may not have."""
    if path == "/timeoutInMillis":
        timeouts.check(value)
    if path == "/credentials" and value == CALLER:
        raise BadRequestException(REFUSED)
    if path == STREAMING and value == "STREAM":
        raise BadRequestException(STREAMED)
