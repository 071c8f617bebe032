"""What a Lambda authorizer is asked, and where the caller's identity is in a request.

Source: API Gateway Developer Guide, "Input to an API Gateway Lambda authorizer" and "Configure an API Gateway Lambda
authorizer"; API Gateway API Reference, "CreateAuthorizer" (2026-11): "verifying all of the identity-related request
parameters are present, not null and non-empty. Only when this is true does the authorizer invoke the authorizer Lambda
function, otherwise, it returns a 401 Unauthorized response without calling the Lambda function".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from localstack.services.apigateway.next_gen.execute_api import handlers
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import UnauthorizedError
from localstack.services.apigateway.next_gen.execute_api.header_utils import build_multi_value_headers
from werkzeug.datastructures import Headers

from . import request_values


def identity_of(context: RestApiInvocationContext, authorizer: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of the authorizer's identity sources, which are also the key of its cache.

    Raises: UnauthorizedError, 401, if one is missing, or if a token does not satisfy the validation expression.
    """
    found = tuple(_text(request_values.value_of(context, source)) for source in sources(authorizer))
    if not all(found):
        raise UnauthorizedError("Unauthorized")
    expression = authorizer.get("identityValidationExpression")
    if authorizer["type"] == "TOKEN" and expression and not re.search(expression, found[0]):
        raise UnauthorizedError("Unauthorized")
    return found


def sources(authorizer: Mapping[str, Any]) -> list[str]:
    """ "method.request.header.Auth, stageVariables.x": its parts. A TOKEN authorizer has one, the header."""
    return [source.strip() for source in (authorizer.get("identitySource") or "").split(",") if source.strip()]


def event_for(
    context: RestApiInvocationContext, authorizer: Mapping[str, Any], method_arn: str, identity: tuple[str, ...]
) -> dict[str, Any]:
    """The event of the authorizer's function."""
    if authorizer["type"] == "TOKEN":
        return {"type": "TOKEN", "methodArn": method_arn, "authorizationToken": identity[0]}
    request = context.invocation_request
    headers = Headers(request["headers"])
    handlers.integration_request_handler._set_proxy_headers(headers, context.request)
    return {
        "type": "REQUEST",
        "methodArn": method_arn,
        "resource": context.resource["path"],
        "path": request["path"],
        "httpMethod": request["http_method"],
        "headers": dict(headers),
        "multiValueHeaders": dict(build_multi_value_headers(headers)),
        "queryStringParameters": request["query_string_parameters"],
        "multiValueQueryStringParameters": request["multi_value_query_string_parameters"],
        "pathParameters": request.get("path_parameters") or {},
        "stageVariables": context.stage_variables or {},
        "requestContext": context.context_variables,
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
