"""Versions and aliases, where LocalStack 4.9.2 differs from AWS.

| call | LocalStack 4.9.2 | AWS |
|---|---|---|
| Invoke, of a version that does not exist | internal error, 500 | ResourceNotFoundException |
| UpdateAlias, with weights | internal error, 500 | the alias routes by them |
| UpdateAlias, to a version that does not exist | done | ResourceNotFoundException |
| UpdateFunctionCode, UpdateFunctionConfiguration, of a version | changes `$LATEST` | InvalidParameterValueException |
| DeleteFunction, of a version that an alias points at | done | ResourceConflictException |
| UpdateFunctionCode, of a function that could not be created | internal error, 500 | a new attempt |
| UpdateFunctionCode, with DryRun | updates | checks, and changes nothing |
| GetFunctionConfiguration, of an alias | ResourceNotFoundException | the configuration of its version |
| CreateAlias, UpdateAlias, with a weight of 1.0 | ValidationException | the whole range from 0.0 to 1.0 is valid |

Source: AWS Lambda API Reference, each operation (2026-11); the words for a version in use, and for one that does not
change, are those that deployment tools quote (cloud-custodian, issue 6739; appleboy/lambda-action, issue 6). The range
of weights: "AliasRoutingConfiguration". `publishing` has when a version is published at all.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import (
    FunctionConfiguration,
    InvalidParameterValueException,
    PreconditionFailedException,
    ResourceConflictException,
    ResourceNotFoundException,
)
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.lambda_models import AliasRoutingConfig, Function, FunctionVersion
from localstack.services.lambda_.invocation.lambda_service import (
    LambdaService,
    store_lambda_archive,
    store_s3_bucket_archive,
)
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.provider import LambdaProvider

from ..server import constraints

OPERATIONS = (
    "Invoke InvokeWithResponseStream UpdateAlias UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction "
    "DeleteFunctionConcurrency GetFunctionRecursionConfig PutFunctionRecursionConfig"
)


def refuse_version(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before operations on versions. Raises: AWS's error if one is missing, immutable or in use."""
    request = context.service_request
    match context.operation.name:
        case "Invoke" | "InvokeWithResponseStream" if request.get("Qualifier") or ":" in request["FunctionName"]:
            check_invoked(*find(context))
        case "UpdateAlias":
            function, _, arn = find(context)
            check_alias(function, request, arn)
        case "UpdateFunctionCode" | "UpdateFunctionConfiguration":
            check_latest(*find(context))
        case "DeleteFunction":
            check_unused(*find(context))
        case "DeleteFunctionConcurrency":
            check_function(*find(context))
            check_unqualified(*find(context))
        case "GetFunctionRecursionConfig" | "PutFunctionRecursionConfig":
            name = {"FunctionName": request["FunctionName"]}
            constraints.refuse(constraints.sentences(constraints.of_members(name, context.operation.input_shape, name)))


def find(context: RequestContext) -> tuple[Function | None, str | None, str]:
    """Return the function that a request names (None if there is none), its qualifier and the unqualified ARN."""
    request = context.service_request
    name, qualifier, account, region = api_utils.function_locators_from_arn(request["FunctionName"])
    account, region = account or context.account_id, region or context.region
    function = lambda_stores[account][region].functions.get(name)
    return function, request.get("Qualifier") or qualifier, api_utils.unqualified_lambda_arn(name, account, region)


def check_invoked(function: Function | None, qualifier: str | None, arn: str) -> None:
    """Raise AWS's error for a version that does not exist; LocalStack refuses functions and aliases."""
    if function and qualifier and api_utils.qualifier_is_version(qualifier):
        _version(function, qualifier, arn)


def check_function(function: Function | None, qualifier: str | None, arn: str) -> None:
    """Raise AWS's error for a function that does not exist, where LocalStack fails."""
    if function is None:
        raise ResourceNotFoundException(f"Function not found: {arn}", Type="User")


def check_unqualified(function: Function | None, qualifier: str | None, arn: str) -> None:
    """Raise for a version or an alias, in the words that PutFunctionConcurrency has (LocalStack's snapshots, 2024)."""
    if qualifier:
        raise InvalidParameterValueException(
            "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. "
            "Please specify either a function name or an unqualified function ARN.",
            Type="User",
        )


def check_alias(function: Function | None, request: dict[str, Any], arn: str) -> None:
    """Raise AWS's error for an alias of a version that does not exist, or with invalid weights."""
    alias = function and function.aliases.get(request["Name"])
    if not function or not alias:
        return
    target = _version(function, request.get("FunctionVersion") or alias.function_version, arn)
    if weights := (request.get("RoutingConfig") or {}).get("AdditionalVersionWeights"):
        LambdaProvider._create_routing_config_model(None, weights, target)


def check_latest(function: Function | None, qualifier: str | None, arn: str) -> None:
    """Raise AWS's error for an update of a version or an alias: only `$LATEST` can change."""
    if function and qualifier not in (None, "$LATEST"):
        raise InvalidParameterValueException(
            "Current operation does not support versions other than $LATEST. Please set the version to $LATEST or do "
            "not set a version in your request.",
            Type="User",
        )


def check_unused(function: Function | None, qualifier: str | None, arn: str) -> None:
    """Raise AWS's error for the deletion of a version that an alias uses."""
    users = []
    for name, alias in sorted(function.aliases.items()) if function and qualifier else ():
        routing = alias.routing_configuration
        if qualifier == alias.function_version or (routing and qualifier in routing.version_weights):
            users.append(name)
    if users:
        raise ResourceConflictException(
            f"Unable to delete version because the following aliases reference it: [{', '.join(users)}]", Type="User"
        )


def create_routing_config_model(
    original: Callable[..., Any],
    self: Any,
    routing_config_dict: dict[str, float],
    function_version: FunctionVersion | None = None,
) -> AliasRoutingConfig:
    """Wrap `LambdaProvider._create_routing_config_model`: refuse the same, but accept a weight of 1.0.

    UpdateAlias leaves the version out, which `check_alias` has looked at.
    """
    if function_version:
        weights = {name: 0.0 if weight == 1.0 else weight for name, weight in routing_config_dict.items()}
        original(self, weights, function_version)
    return AliasRoutingConfig(version_weights=routing_config_dict)


def update_version(self: LambdaService, new_version: FunctionVersion) -> Future[None]:
    """Replace `LambdaService.update_version`: no older version has to run."""
    return self.create_function_version(new_version)


def update_function_code(
    original: Callable[..., FunctionConfiguration], self: Any, context: RequestContext, request: dict[str, Any]
) -> FunctionConfiguration:
    """Wrap `LambdaProvider.update_function_code`: `DryRun` changes nothing."""
    if not request.get("DryRun"):
        return original(self, context, request)
    function, _, arn = find(context)
    if function is None:
        raise ResourceNotFoundException(f"Function not found: {arn}", Type="User")
    latest = function.latest()
    if request.get("RevisionId") not in (None, latest.config.revision_id):
        raise PreconditionFailedException(
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to "
            "retrieve the latest Revision Id",
            Type="User",
        )
    answer = api_utils.map_config_out(latest)
    where = {"function_name": latest.id.function_name, "account_id": latest.id.account}
    where["region_name"] = latest.id.region
    if package := request.get("ZipFile"):
        code = store_lambda_archive(archive_file=package, **where)  # checks it, too
    elif bucket := request.get("S3Bucket"):
        version = request.get("S3ObjectVersion")
        code = store_s3_bucket_archive(bucket, request["S3Key"], version, **where)
    else:
        return answer
    code.destroy()
    return answer | {"CodeSha256": code.code_sha256, "CodeSize": code.code_size}


def get_function_configuration(
    original: Callable[..., FunctionConfiguration],
    self: Any,
    context: RequestContext,
    function_name: str,
    qualifier: str | None = None,
    **others: Any,
) -> FunctionConfiguration:
    """Wrap `LambdaProvider.get_function_configuration`: follow an alias to its version."""
    function, name, _ = find(context)
    alias = function.aliases.get(name) if function and name else None
    if not function or not alias:
        return original(self, context, function_name, qualifier, **others)
    version = function.versions[alias.function_version]
    return api_utils.map_config_out(version, return_qualified_arn=True, alias_name=alias.name)


def _version(function: Function, qualifier: str, arn: str) -> FunctionVersion:
    if qualifier not in function.versions:
        raise ResourceNotFoundException(f"Function not found: {arn}:{qualifier}", Type="User")
    return function.versions[qualifier]
