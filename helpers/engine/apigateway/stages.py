"""CreateStage, CreateDeployment, GetStages and UpdateStage: names, variables and deployments that AWS refuses.

Messages: public reports (github.com/Miserlou/Zappa/issues/356 and serverless/serverless/issues/4737 of names,
sirceljm/aws-lambda-blog/issues/10 and serverless/serverless/issues/6133 of variables, aws/chalice/pull/1839 of a
deployment that is not there); which names: API Gateway API Reference, "CreateStage" (2026-11). LocalStack 4.9.2 takes
all of them, and fails at a deployment that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.services.apigateway.helpers import get_moto_rest_api

from . import access_logs, usage_plan_updates

NAME = re.compile(r"[a-zA-Z0-9_-]{1,128}")
VARIABLE = "/variables/"
NUMBER = re.compile(r"/.+/(throttling/(rateLimit|burstLimit)|caching/ttlInSeconds)")
VARIABLE_NAME = re.compile(r"\w+", re.ASCII)
VARIABLE_VALUE = re.compile(r"[A-Za-z0-9 ._~:/?#&=,+@'()*!;\[\]-]+")  # what AWS's sentence names, and its pattern


def create_stage(original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any]) -> Any:
    """`CreateStage`. Raises: BadRequestException."""
    _check_name(request["stageName"])
    _check_variables(request.get("variables"))
    if request["deploymentId"] not in get_moto_rest_api(context, request["restApiId"]).deployments:
        raise BadRequestException("Deployment id does not exist")
    return original(self, context, request)


def get_stages(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    deployment_id: str | None = None,
    **more: Any,
) -> Any:
    """`GetStages`, of one deployment if it is named (its `deploymentId` in the API reference).

    LocalStack gives all, and its AWS::ApiGateway::Deployment deletes what it is given with a deployment: every stage,
    at each update of a template that deploys an API anew.
    """
    answer = original(self, context, rest_api_id, deployment_id, **more)
    if deployment_id is None:
        return answer
    return {**answer, "item": [stage for stage in answer["item"] if stage.get("deploymentId") == deployment_id]}


def create_deployment(
    original: Callable[..., Any], self: Any, context: RequestContext, rest_api_id: str, **more: Any
) -> Any:
    """`CreateDeployment`. Raises: BadRequestException."""
    if more.get("stage_name"):
        _check_name(more["stage_name"])
    _check_variables(more.get("variables"))
    api = get_moto_rest_api(context, rest_api_id)
    if (api.endpoint_configuration or {}).get("types") == ["PRIVATE"] and not api.policy:
        raise BadRequestException("Private REST API doesn't have a resource policy attached to it")
    return original(self, context, rest_api_id, **more)


def update_stage(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    stage_name: str,
    patch_operations: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> Any:
    """`UpdateStage`. Raises: BadRequestException."""
    for operation in patch_operations or ():
        access_logs.check(operation)
        path = operation.get("path") or ""
        if path.startswith(VARIABLE) and operation.get("op") in ("add", "replace"):
            _check_variables({path.removeprefix(VARIABLE): operation.get("value") or ""})
        if NUMBER.fullmatch(path) and operation.get("op") in ("add", "replace"):
            usage_plan_updates.number(path, operation.get("value") or "")
    return original(self, context, rest_api_id, stage_name, patch_operations, **more)


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise BadRequestException("Stage name only allows a-zA-Z0-9_-")


def _check_variables(variables: Mapping[str, str] | None) -> None:
    for name, value in (variables or {}).items():
        if not VARIABLE_NAME.fullmatch(name):
            raise BadRequestException(
                f"Invalid stage variable name: {name}.  Please use names with only word characters."
            )
        if not VARIABLE_VALUE.fullmatch(value):
            raise BadRequestException(
                f"Invalid stage variable value: {value}.  Please use values with alphanumeric characters and the "
                "symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','."
            )
