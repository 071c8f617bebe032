"""UpdateIntegrationResponse changes what an integration response maps: LocalStack 4.9.2 skips `/responseParameters`,
and removes no template.

A patch operation has `op`, a `path` that is a JSON Pointer (a slash in a name "must be escaped with ~1") and, but for
`remove`, a `value` (API Gateway API Reference, "UpdateIntegrationResponse" and "PatchOperation", 2026-11; both
`responseParameters` and `responseTemplates` are maps of text to text).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.services.apigateway.helpers import get_moto_rest_api
from localstack.services.apigateway.legacy.provider import ApigatewayProvider

MAPS = {"responseParameters": "response_parameters", "responseTemplates": "response_templates"}


def install() -> None:
    """Take the place of LocalStack's method."""
    ApigatewayProvider.update_integration_response = _with_maps(ApigatewayProvider.update_integration_response)


def patched(entries: dict[str, str] | None, operation: dict[str, str]) -> dict[str, str]:
    """Return a map after one operation on one of its entries."""
    op, value = operation.get("op"), operation.get("value")
    key = operation["path"].split("/", 2)[2].replace("~1", "/").replace("~0", "~")
    others = {name: entry for name, entry in (entries or {}).items() if name != key}
    if op == "remove":
        return others
    if op not in ("add", "replace"):
        raise BadRequestException(
            f"Invalid patch path  '{operation['path']}' specified for op '{op}'. Please choose supported operations"
        )
    if not isinstance(value, str):
        raise BadRequestException(f"Invalid patch value  '{value}' specified for op '{op}'. Must be a string")
    return others | {key: value}


def _with_maps(stock):
    @functools.wraps(stock)  # LocalStack finds operations by attributes of the function
    def update_integration_response(
        self: Any,
        context: RequestContext,
        rest_api_id: str,
        resource_id: str,
        http_method: str,
        status_code: str,
        patch_operations: Sequence[dict[str, str]] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        where = (context, rest_api_id, resource_id, http_method, status_code)
        ours = [operation for operation in patch_operations or () if _map(operation)]
        others = [operation for operation in patch_operations or () if not _map(operation)]
        answer = stock(self, *where, others, **more)  # says what is not there
        if not ours:
            return answer
        method = get_moto_rest_api(context, rest_api_id).resources[resource_id].resource_methods[http_method]
        response = method.method_integration.integration_responses[status_code]
        new = {name: getattr(response, name) for name in MAPS.values()}
        for operation in ours:
            name = MAPS[_map(operation)]
            new[name] = patched(new[name], operation)
        for name, entries in new.items():
            setattr(response, name, entries)
        return stock(self, *where, [], **more)

    return update_integration_response


def _map(operation: dict[str, str]) -> str | None:
    """The name of the map that an operation changes, if it is one."""
    _, first, *rest = (operation.get("path") or "/").split("/", 2)
    return first if first in MAPS and rest else None
