"""UpdateIntegrationResponse changes the headers and templates that an integration response maps: LocalStack 4.9.2
ignores `/responseParameters`, and does not remove a template.

A patch operation has `op`, a `path` that is a JSON Pointer (a slash in a name "must be escaped with ~1") and, but for
`remove`, a `value` (API Gateway API Reference, "UpdateIntegrationResponse" and "PatchOperation", 2026-11; both
`responseParameters` and `responseTemplates` are maps of text to text).

Which of them answers: the first whose `selectionPattern` matches all of a function's `errorMessage`, or else of the
status; otherwise the one without a pattern. "The error patterns are matched against the entire string of the
errorMessage property", by Java's rules, where a dot is no end of a line ("Handle Lambda errors in API Gateway", the
Developer Guide, 2026-11); LocalStack 4.9.2 is content with its beginning.

PutIntegrationResponse refuses headers that the method does not declare, in AWS's words (public reports:
amazon-archives/aws-apigateway-importer, issues 121 and 209). A status that it does not declare is taken (recorded by
LocalStack 4.9.2's tests, apigateway/test_apigateway_api, 2024).

An integration response is an object of moto's (`moto.apigateway.models.IntegrationResponse`) without a call that
changes it: LocalStack's own UpdateIntegrationResponse sets its attributes, and so does this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException, NotFoundException
from localstack.services.apigateway.helpers import get_moto_rest_api
from localstack.services.apigateway.legacy.provider import ApigatewayProvider
from localstack.services.apigateway.next_gen.execute_api.gateway_response import ApiConfigurationError

from ..iam import internal_calls
from ..server.given_expressions import Given

INVALID = "Invalid mapping expression specified: Validation Result: warnings : [], errors : [{}]"
MAPS = ("responseParameters", "responseTemplates")


def put_integration_response(
    original: Callable[..., Any], self: ApigatewayProvider, context: RequestContext, request: Mapping[str, Any]
) -> Any:
    """`PutIntegrationResponse`. Raises: BadRequestException for headers that the method does not declare."""
    try:
        resource = get_moto_rest_api(context, request["restApiId"]).resources.get(request["resourceId"])
    except NotFoundException:  # which LocalStack words as AWS does
        return original(self, context, request)
    # CloudFormation's resource type, LocalStack's, makes a method's responses after its integration's.
    from_outside = not internal_calls.is_internal(context.request)
    if from_outside and resource and (method := resource.resource_methods.get(request["httpMethod"])):
        check(method, request["statusCode"], request.get("responseParameters") or {})
    return original(self, context, request)


def check(method: Any, status_code: str, parameters: Mapping[str, str]) -> None:
    """Raise for a header that a method (moto's) does not declare."""
    declared = method.method_responses.get(status_code)
    if declared is None and parameters and re.fullmatch(r"[1-5]\d\d", status_code):
        raise BadRequestException(INVALID.format("No method response exists for method."))
    if declared is not None:
        for name in parameters:
            if name not in (declared.response_parameters or {}):
                raise BadRequestException(INVALID.format(f"Invalid mapping expression parameter specified: {name}"))


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


def select(selection_value: str, integration_responses: Mapping[str, Mapping[str, Any]] | None) -> Mapping[str, Any]:
    """`select_integration_response`. Raises: ApiConfigurationError if there is none that answers."""
    responses = (integration_responses or {}).values()
    for response in responses:
        if (pattern := response.get("selectionPattern")) and _matches(pattern, selection_value):
            return response
    for response in responses:
        if not response.get("selectionPattern"):
            return response
    raise ApiConfigurationError("Internal server error")


def _matches(pattern: str, value: str) -> bool:
    try:
        return Given(pattern).matches(value)
    except re.error:
        return False
