"""PutMethod refuses a method that exists: LocalStack 4.9.2 replaces it, and its integration is lost.

On AWS the answer is a ConflictException; UpdateMethod changes a method (aws-cli, issue 3992, reproduced there by AWS).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import ConflictException
from localstack.services.apigateway.helpers import get_moto_rest_api
from localstack.services.apigateway.legacy.provider import ApigatewayProvider


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
    """Create a method. Raises: ConflictException if the resource has it."""
    resource = get_moto_rest_api(context, rest_api_id).resources.get(resource_id)
    if resource and http_method in resource.resource_methods:
        raise ConflictException("Method already exists for this resource")
    return original(self, context, rest_api_id, resource_id, http_method, *more, **others)
