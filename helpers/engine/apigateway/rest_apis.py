"""CreateRestApi and UpdateRestApi: an API without a name, a malformed policy, and patch operations that change nothing.

What can be changed, and how: API Gateway API Reference, "PatchOperation", its table of UpdateRestApi, and for what is
newer "UpdateRestApi" and "RestApi" (2026-11). The sentences are recorded in LocalStack's test_update_rest_api_behaviour
and test_update_rest_api_compression, of other paths. LocalStack 4.9.2 answers 200 to any path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.services.apigateway.helpers import get_moto_rest_api

from . import api_policies

REPLACED = (
    "/name",
    "/description",
    "/version",
    "/policy",
    "/apiKeySource",
    "/disableExecuteApiEndpoint",
    "/minimumCompressionSize",
    "/securityPolicy",
    "/endpointAccessMode",
)
# Whose operations LocalStack looks at.
LONGER = ("/binaryMediaTypes", "/endpointConfiguration")


def create_rest_api(
    original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any]
) -> Any:
    """`CreateRestApi`. Raises: BadRequestException for a malformed policy, and without a name (words from memory)."""
    if not request.get("name"):
        raise BadRequestException("API name must be non-empty")
    api_policies.check(request.get("policy"))
    return original(self, context, request)


def update_rest_api(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    patch_operations: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> Any:
    """`UpdateRestApi`, likewise."""
    operations = list(patch_operations or ())
    get_moto_rest_api(context, rest_api_id)
    for operation in operations:
        _check(operation)
    return original(self, context, rest_api_id, operations, **more)


def _check(operation: Mapping[str, str]) -> None:
    path, op = operation.get("path") or "", operation.get("op")
    if path not in REPLACED and not path.startswith(LONGER):
        raise BadRequestException(f"Invalid patch path {path}")
    if path in REPLACED and op == "add":
        raise BadRequestException("Invalid patch operation specified. Must be one of: [replace]")
    if path == "/policy":
        api_policies.check(operation.get("value"))
