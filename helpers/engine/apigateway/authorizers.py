"""Authorizers as they are configured and tested: CreateAuthorizer, UpdateAuthorizer, TestInvokeAuthorizer,
FlushStageAuthorizersCache. LocalStack 4.9.2 stores anything, and has neither of the last two.

- COGNITO_USER_POOLS is refused: there is no Amazon Cognito here, and without it such an authorizer could let nobody in.
  So is JWT, which came after LocalStack's release.
- TestInvokeAuthorizer "simulates the execution of an Authorizer": `clientStatus` is what the client would have
  received, "Value is 0 if the authorizer succeeded" (API Gateway API Reference, "TestInvokeAuthorizer", 2026-11). The
  policy is returned, not asked. The log has AWS's lines, without those of the call to the function.
- Refused in AWS's words (public reports: hashicorp/terraform-provider-aws, pull 1757 and issue 14812, aws/aws-cdk,
  issue 20170): a URI that is no function's, a name that another authorizer has, the deletion of one that is asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException, ConflictException, NotFoundException
from localstack.services.apigateway.helpers import get_apigateway_store, get_moto_rest_api, get_rest_api_container
from localstack.services.apigateway.models import MergedRestApi, RestApiDeployment
from localstack.services.apigateway.next_gen.execute_api import test_invoke
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import BaseGatewayException

from . import authorization, authorizer_events, lambda_authorizers

COGNITO = "An authorizer of the type COGNITO_USER_POOLS is not part of this engine, which has no Amazon Cognito."
JWT = "An authorizer of the type JWT is not part of this engine's REST APIs; a Lambda authorizer can read the token."
STAGE = "ESTestInvoke-stage"  # AWS's, in the method ARN of a test
URI = re.compile(r"arn:[\w-]+:apigateway:[a-z]{2}(?:-[a-z]+)+-\d:lambda:path/\d{4}-\d\d-\d\d/functions/.+/invocations")
DATE = "%a %b %d %H:%M:%S UTC %Y"


def create_authorizer(
    original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any]
) -> Any:
    """`CreateAuthorizer`. Raises: BadRequestException for an authorizer that cannot be asked here."""
    refuse(request.get("type"))
    _check_uri(request.get("authorizerUri"))
    _check_seconds(request.get("authorizerResultTtlInSeconds"))
    container = get_apigateway_store(context=context).rest_apis.get(request["restApiId"])
    if container and request["name"] in [known["name"] for known in container.authorizers.values()]:
        raise BadRequestException(
            f"Authorizer name must be unique. Authorizer {request['name']} already exists in this RestApi."
        )
    return original(self, context, request)


def delete_authorizer(
    original: Callable[..., Any], self: Any, context: RequestContext, rest_api_id: str, authorizer_id: str, **more: Any
) -> Any:
    """`DeleteAuthorizer`. Raises: ConflictException if a method asks it, NotFoundException."""
    container = get_rest_api_container(context, rest_api_id=rest_api_id)
    if (authorizer := container.authorizers.get(authorizer_id)) is None:
        raise NotFoundException("Invalid Authorizer identifier specified")
    for resource in get_moto_rest_api(context, rest_api_id).resources.values():
        for verb, method in resource.resource_methods.items():
            if method.authorizer_id == authorizer_id:
                raise ConflictException(
                    f"Cannot delete authorizer '{authorizer['name']}', is referenced in method: "
                    f"{verb}/{resource.get_path()}"
                )
    return original(self, context, rest_api_id, authorizer_id, **more)


def update_authorizer(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    authorizer_id: str,
    patch_operations: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> Any:
    """`UpdateAuthorizer`, likewise."""
    for operation in patch_operations or ():
        match operation.get("path"):
            case "/type":
                refuse(operation.get("value"))
            case "/authorizerUri":
                _check_uri(operation.get("value"))
            case "/authorizerResultTtlInSeconds":
                _check_seconds(operation.get("value"))
    return original(self, context, rest_api_id, authorizer_id, patch_operations, **more)


def refuse(kind: str | None) -> None:
    """Raise BadRequestException for authorizers that are not here."""
    if (kind or "").upper() == "COGNITO_USER_POOLS":
        raise BadRequestException(COGNITO)
    if (kind or "").upper() == "JWT":
        raise BadRequestException(JWT)


def _check_uri(uri: str | None) -> None:
    # Blanks within it do no harm (recorded on AWS by LocalStack 4.9.2's tests, apigateway/test_apigateway_basic, 2024).
    if not URI.fullmatch("".join((uri or "").split())):
        raise BadRequestException(
            f"Invalid Authorizer URI: {uri or 'null'}. "
            "Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation."
        )


def _check_seconds(said: Any) -> None:
    seconds = str(0 if said is None else said)
    if not (seconds.isdigit() and int(seconds) <= lambda_authorizers.LONGEST):
        raise BadRequestException(
            f"Invalid authorizerResultTtlInSeconds: {seconds}. It must be between 0 and {lambda_authorizers.LONGEST}"
        )


def flush_stage_authorizers_cache(
    original: object, self: Any, context: RequestContext, rest_api_id: str, stage_name: str, **more: Any
) -> None:
    """`FlushStageAuthorizersCache`. Raises: NotFoundException."""
    if stage_name not in get_moto_rest_api(context, rest_api_id).stages:
        raise NotFoundException("Invalid stage identifier specified")
    lambda_authorizers.forget(rest_api_id, stage_name)


def test_invoke_authorizer(
    original: object, self: Any, context: RequestContext, rest_api_id: str, authorizer_id: str, **asked: Any
) -> dict[str, Any]:
    """`TestInvokeAuthorizer`: call the function, answers that are kept aside. Raises: NotFoundException."""
    container = get_rest_api_container(context, rest_api_id=rest_api_id)
    if (authorizer := container.authorizers.get(authorizer_id)) is None:
        raise NotFoundException("Invalid Authorizer identifier specified")
    root = {"id": "root", "path": "/", "resourceMethods": {"GET": {"httpMethod": "GET", "methodIntegration": {}}}}
    merged = MergedRestApi.from_rest_api_container(container, {"root": root})
    deployment = RestApiDeployment(context.account_id, context.region, merged)
    invocation = _invocation(rest_api_id, deployment, asked)
    started, answer, status = time.monotonic(), None, 0
    lines = [f"Starting authorizer: {authorizer_id} for request: {invocation.context_variables['requestId']}"]
    try:
        identity = authorizer_events.identity_of(invocation, authorizer)
        answer = lambda_authorizers.ask(invocation, authorizer, authorization.method_arn(invocation), identity)
        lines.append(f"Using valid authorizer policy for principal: {answer.variables['principalId']}")
        lines.append("Successfully completed authorizer execution")
    except BaseGatewayException as error:
        status = int(error.status_code or 500)
        lines += (
            [f"Unauthorized request: {invocation.context_variables['requestId']}", "Unauthorized"]
            if status == 401
            else ["Execution failed due to configuration error: Authorizer error", error.code]
        )
    now = datetime.now(UTC).strftime(DATE)
    title = f"Execution log for request {invocation.context_variables['requestId']}\n"
    found: dict[str, Any] = {
        "clientStatus": status,
        "latency": round((time.monotonic() - started) * 1000),
        "log": title + "".join(f"{now} : {line}\n" for line in lines),
    }
    if answer is not None:
        found |= {"principalId": answer.variables["principalId"], "policy": answer.document}
    return found


def _invocation(rest_api_id: str, deployment: RestApiDeployment, asked: Mapping[str, Any]) -> RestApiInvocationContext:
    """The request that is simulated."""
    test = {
        "restApiId": rest_api_id,
        "resourceId": "root",
        "httpMethod": "GET",
        "headers": (asked.get("headers") or {}) | (asked.get("multi_value_headers") or {}),
        "pathWithQueryString": asked.get("path_with_query_string") or "/",
        "body": asked.get("body") or "",
        "stageVariables": asked.get("stage_variables") or {},
    }
    made = test_invoke.create_test_invocation_context(test, deployment)
    made.stage = STAGE
    made.context_variables |= {"stage": STAGE, **(asked.get("additional_context") or {})}
    return made
