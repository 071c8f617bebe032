"""PutMethod refuses a method that exists: LocalStack 4.9.2 replaces it, and its integration is lost. So does
PutMethodResponse a response.

On AWS the answer is a ConflictException; UpdateMethod changes a method (aws-cli, issue 3992, reproduced there by AWS).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.apigateway import ConflictException
from localstack.services.apigateway.legacy.provider import ApigatewayProvider, get_moto_backend

from ..iam import internal_calls


def put_method(
    original: Callable[..., dict[str, Any]],
    self: ApigatewayProvider,
    context: RequestContext,
    rest_api_id: str,
    resource_id: str,
    http_method: str,
    *more: Any,
    **others: Any,
) -> dict[str, Any]:
    """Create a method. Raises: ConflictException if the resource has it; of an API that is not there, the original
    says that the resource is not (recorded on AWS: LocalStack's test_put_method_validation).
    """
    api = get_moto_backend(context.account_id, context.region).apis.get(rest_api_id)
    resource = api and api.resources.get(resource_id)
    if resource and http_method in resource.resource_methods:
        raise ConflictException("Method already exists for this resource")
    return original(self, context, rest_api_id, resource_id, http_method, *more, **others)


def put_method_response(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    resource_id: str,
    http_method: str,
    status_code: str,
    **more: Any,
) -> Any:
    """`PutMethodResponse`. Raises: ConflictException, in the words of Terraform's reports.

    A template of CloudFormation's, whose method LocalStack makes again in its place, may put one again.
    """
    if not re.fullmatch(r"[1-5]\d\d", status_code):
        raise CommonServiceException(
            "ValidationException",
            f"1 validation error detected: Value '{status_code}' at 'statusCode' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [1-5]\\d\\d",
        )
    api = get_moto_backend(context.account_id, context.region).apis.get(rest_api_id)
    resource = api and api.resources.get(resource_id)
    method = resource and resource.resource_methods.get(http_method)
    if method and status_code in method.method_responses and not internal_calls.is_internal(context.request):
        raise ConflictException("Response already exists for this resource")
    return original(self, context, rest_api_id, resource_id, http_method, status_code, **more)
