"""UpdateIntegrationResponse changes the headers and templates that an integration response maps: LocalStack 4.9.2
ignores `/responseParameters`, and does not remove a template.

A patch operation has `op`, a `path` that is a JSON Pointer (a slash in a name "must be escaped with ~1") and, but for
`remove`, a `value` (API Gateway API Reference, "UpdateIntegrationResponse" and "PatchOperation", 2026-11; both
`responseParameters` and `responseTemplates` are maps of text to text).

An integration response is an object of moto's (`moto.apigateway.models.IntegrationResponse`) without a call that
changes it: LocalStack's own UpdateIntegrationResponse sets its attributes, and so does this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.services.apigateway.helpers import get_moto_rest_api
from localstack.services.apigateway.legacy.provider import ApigatewayProvider

MAPS = ("responseParameters", "responseTemplates")


def update_integration_response(
    original: Callable[..., dict[str, Any]],
    self: ApigatewayProvider,
    context: RequestContext,
    rest_api_id: str,
    resource_id: str,
    http_method: str,
    status_code: str,
    patch_operations: Sequence[dict[str, str]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Change an integration response; its maps here, everything else in LocalStack.

    Raises: BadRequestException, after which no map is changed.
    """
    where = (context, rest_api_id, resource_id, http_method, status_code)
    ours = [operation for operation in patch_operations or () if _map(operation)]
    others = [operation for operation in patch_operations or () if not _map(operation)]
    answer = original(self, *where, others, **more)  # raises NotFoundException
    if not ours:
        return answer
    method = get_moto_rest_api(context, rest_api_id).resources[resource_id].resource_methods[http_method]
    response = method.method_integration.integration_responses[status_code]
    maps = {"responseParameters": response.response_parameters, "responseTemplates": response.response_templates}
    for operation in ours:
        maps[_map(operation)] = patched(maps[_map(operation)], operation)
    response.response_parameters = maps["responseParameters"]
    response.response_templates = maps["responseTemplates"]
    return original(self, *where, [], **more)


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


def _map(operation: dict[str, str]) -> str:
    """The name of the map that has the operation's entry, "" if the operation is about something else."""
    _, first, *rest = (operation.get("path") or "/").split("/", 2)
    return first if first in MAPS and rest else ""
