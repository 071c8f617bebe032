"""PutMethod, UpdateMethod and PutMethodResponse: what is there already, and what AWS does not know.

PutMethod refuses a method that exists, PutMethodResponse a response: LocalStack 4.9.2 replaces it, and its integration
is lost. On AWS the answer is a ConflictException; UpdateMethod changes a method (aws-cli, issue 3992, reproduced there
by AWS). LocalStack also takes any authorization type, and a method with one that nobody checks is open to all; and any
name of a parameter, and of the model of a response.

Which types and names: API Gateway API Reference, "PutMethod" and "PutMethodResponse" (2026-11). AWS's sentence about
names of parameters is recorded in LocalStack's test_update_method_response, that about models in
test_put_method_validation; that about types is from memory, in the form of the recorded one about HTTP methods.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.apigateway import BadRequestException, ConflictException
from localstack.services.apigateway.helpers import get_apigateway_store
from localstack.services.apigateway.legacy.provider import EMPTY_MODEL, ApigatewayProvider, get_moto_backend

from ..iam import internal_calls

AUTHORIZATION_TYPES = ("NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS")
OF_REQUEST = re.compile(r"method\.request\.(path|(multivalue)?(querystring|header))\.[\w.$-]+", re.ASCII)
OF_RESPONSE = re.compile(r"method\.response\.header\.[\w.$-]+", re.ASCII)
TYPE = "/authorizationType"


def put_method(
    original: Callable[..., dict[str, Any]],
    self: ApigatewayProvider,
    context: RequestContext,
    rest_api_id: str,
    resource_id: str,
    http_method: str,
    authorization_type: str,
    **more: Any,
) -> dict[str, Any]:
    """Create a method. Raises: ConflictException if the resource has it; BadRequestException; of an API that is not
    there, the original says that the resource is not (recorded on AWS: LocalStack's test_put_method_validation).
    """
    api = get_moto_backend(context.account_id, context.region).apis.get(rest_api_id)
    resource = api and api.resources.get(resource_id)
    if resource and http_method in resource.resource_methods:
        raise ConflictException("Method already exists for this resource")
    if resource:
        _check_type(authorization_type)
        _check_names(more.get("request_parameters"), OF_REQUEST)
    return original(self, context, rest_api_id, resource_id, http_method, authorization_type, **more)


def update_method(
    original: Callable[..., dict[str, Any]],
    self: ApigatewayProvider,
    context: RequestContext,
    rest_api_id: str,
    resource_id: str,
    http_method: str,
    patch_operations: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Change a method. Raises: BadRequestException for an authorization type that is none."""
    operations = list(patch_operations or ())
    for operation in operations:
        if operation.get("path") == TYPE and operation.get("op") == "replace":
            _check_type(operation.get("value") or "")
    return original(self, context, rest_api_id, resource_id, http_method, operations, **more)


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
    """`PutMethodResponse`. Raises: ConflictException, in the words of Terraform's reports; BadRequestException.

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
    if method:
        _check_names(more.get("response_parameters"), OF_RESPONSE)
        known = get_apigateway_store(context=context).rest_apis[rest_api_id].models
        for model in (more.get("response_models") or {}).values():
            if model != EMPTY_MODEL and model not in known:
                raise BadRequestException(f"Invalid model identifier specified: {model}")
    return original(self, context, rest_api_id, resource_id, http_method, status_code, **more)


def _check_type(kind: str) -> None:
    if kind.upper() not in AUTHORIZATION_TYPES:  # LocalStack keeps it in capitals
        raise BadRequestException(
            f"Invalid Authorization Type specified. Valid options are {','.join(AUTHORIZATION_TYPES)}"
        )


def _check_names(parameters: Iterable[str] | None, allowed: re.Pattern[str]) -> None:
    for name in parameters or ():
        if not allowed.fullmatch(name):
            raise BadRequestException(
                "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
                f"[Invalid mapping expression specified: {name}]"
            )
