"""CreateResource and DeleteResource: a second resource of one name, and the root, which LocalStack 4.9.2 makes and
destroys.

"Another resource with the same parent already has this name: pets" (recorded on AWS: LocalStack's
test_update_resource_behaviour, 2025). That the root cannot be deleted is the API Gateway Developer Guide's ("Set up
methods for REST APIs", 2026-11); the sentence is ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException, ConflictException
from localstack.services.apigateway.helpers import get_moto_rest_api


def create_resource(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    parent_id: str,
    path_part: str,
    **more: Any,
) -> Any:
    """`CreateResource`. Raises: ConflictException."""
    for resource in get_moto_rest_api(context, rest_api_id).resources.values():
        if (resource.parent_id, resource.path_part) == (parent_id, path_part):
            raise ConflictException(f"Another resource with the same parent already has this name: {path_part}")
    return original(self, context, rest_api_id, parent_id, path_part, **more)


def delete_resource(
    original: Callable[..., Any], self: Any, context: RequestContext, rest_api_id: str, resource_id: str, **more: Any
) -> Any:
    """`DeleteResource`. Raises: BadRequestException for the root."""
    resource = get_moto_rest_api(context, rest_api_id).resources.get(resource_id)
    if resource and not resource.parent_id:
        raise BadRequestException("The root resource cannot be deleted.")
    return original(self, context, rest_api_id, resource_id, **more)
