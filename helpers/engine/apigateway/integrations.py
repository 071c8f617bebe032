"""PutIntegration and UpdateIntegration: what LocalStack 4.9.2 takes and cannot do, and what AWS refuses.

Answers that are streamed, `responseTransferMode` STREAM, came after LocalStack's release (November 2025) and are not
here. "Invalid mapping expression parameter specified" is the answer to a parameter that the method does not declare
(hashicorp/terraform-provider-aws, many issues; 2026-11). AWS took a query parameter of the name of a declared path
parameter (LocalStack's test_invoke_with_query_parameters, recorded in 2023): only names count.
`timeouts` has the limits of `timeoutInMillis`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.services.apigateway.helpers import get_moto_rest_api

from . import assumed_roles, timeouts
from .integration_responses import INVALID

PARAMETER = re.compile(r"method\.request\.(?:multivalue)?(?:header|querystring|path)\.(.+)")
STREAMING = "/responseTransferMode"
STREAMED = "Answers that are streamed, responseTransferMode STREAM, are not part of this engine's REST APIs."


def put_integration(
    original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any], **more: Any
) -> Any:
    """`PutIntegration`. Raises: BadRequestException."""
    check("/timeoutInMillis", request.get("timeoutInMillis"))
    check(STREAMING, json.loads(context.request.get_data() or b"{}").get("responseTransferMode"))
    check_mapping(context, request)
    if request.get("credentials") != assumed_roles.CALLER:
        return original(self, context, request, **more)
    # moto takes it for a role of another account's.
    answer = original(self, context, {**request, "credentials": None}, **more)
    resource = get_moto_rest_api(context, request["restApiId"]).resources[request["resourceId"]]
    resource.resource_methods[request["httpMethod"]].method_integration.credentials = assumed_roles.CALLER
    return {**answer, "credentials": assumed_roles.CALLER}


def check_mapping(context: RequestContext, request: Mapping[str, Any]) -> None:
    """Raise BadRequestException for a mapping from a parameter that the method does not declare."""
    resource = get_moto_rest_api(context, request["restApiId"]).resources.get(request["resourceId"])
    method = resource and resource.resource_methods.get(request["httpMethod"])
    if not method:
        return
    declared = {found[1] for name in method.request_parameters or () if (found := PARAMETER.fullmatch(name))}
    for source in (request.get("requestParameters") or {}).values():
        found = PARAMETER.fullmatch(source) if isinstance(source, str) else None
        if found and found[1] not in declared:
            raise BadRequestException(INVALID.format(f"Invalid mapping expression parameter specified: {source}"))


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
    if path == STREAMING and value == "STREAM":
        raise BadRequestException(STREAMED)
