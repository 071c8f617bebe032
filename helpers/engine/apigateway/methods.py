"""PutMethod refuses a method that exists: LocalStack 4.9.2 replaces it, and its integration is lost.

On AWS the answer is a ConflictException; UpdateMethod changes a method (aws-cli, issue 3992, reproduced there by AWS).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import ConflictException
from localstack.services.apigateway.legacy.provider import ApigatewayProvider, get_moto_backend


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
