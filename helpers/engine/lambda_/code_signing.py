"""Code signing: with `Enforce`, a function accepts only code that AWS Signer has signed.

LocalStack 4.9.2 stores code signing configurations and ignores them. There is no AWS Signer here, so no package is ever
signed: with `Enforce` every deployment is refused, with `Warn` every one passes, as on AWS for an unsigned package.
What runs already goes on running.

Source: Lambda Developer Guide, "Using code signing to verify code integrity with Lambda" (2026-11); the message as
AWS's samples (aws-samples, signed Lambda deployments) and aws-cdk issue 29474 quote it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import (
    CodeSigningConfigNotFoundException,
    CodeVerificationFailedException,
    FunctionConfiguration,
    ResourceConflictException,
)
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_.invocation.lambda_models import CodeSigningConfig
from localstack.services.lambda_.invocation.models import lambda_stores

from . import versions
from .durable import configurations


def refuse_unsigned(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before CreateFunction and UpdateFunctionCode. Raises: AWS's error for a package without signature."""
    request = context.service_request
    store = lambda_stores[context.account_id][context.region]
    match context.operation.name:
        case "CreateFunction" if arn := request.get("CodeSigningConfigArn"):
            if arn not in store.code_signing_configs:
                raise CodeSigningConfigNotFoundException(
                    "The code signing configuration cannot be found. Check that the provided configuration is not "
                    f"deleted: {arn}.",
                    Type="User",
                )
            check_signed(store.code_signing_configs[arn], request["FunctionName"])
        case "UpdateFunctionCode":
            function, _, arn = versions.find(context)
            if function and function.code_signing_config_arn:
                check_signed(store.code_signing_configs.get(function.code_signing_config_arn), arn)


def create_function(
    original: Callable[..., FunctionConfiguration], self: Any, context: RequestContext, request: dict[str, Any]
) -> FunctionConfiguration:
    """Wrap `LambdaProvider.create_function`: keep `CodeSigningConfigArn`, as PutFunctionCodeSigningConfig does."""
    answer = configurations.keep(original, self, context, request)
    if arn := request.get("CodeSigningConfigArn"):
        functions = lambda_stores[context.account_id][context.region].functions
        functions[answer["FunctionName"]].code_signing_config_arn = arn
    return answer


def delete_code_signing_config(
    original: Callable[..., Any], self: Any, context: RequestContext, code_signing_config_arn: str, **kwargs: Any
) -> Any:
    """Wrap `LambdaProvider.delete_code_signing_config`: "only if no function is using it" (API Reference, 2026-11).

    Raises: ResourceConflictException. No source has its words; these are ours.
    """
    functions = lambda_stores[context.account_id][context.region].functions
    using = [
        name for name, function in functions.items() if function.code_signing_config_arn == code_signing_config_arn
    ]
    if using:
        raise ResourceConflictException(
            f"The code signing configuration {code_signing_config_arn} is in use by functions: {', '.join(using)}",
            Type="User",
        )
    return original(self, context, code_signing_config_arn, **kwargs)


def check_signed(config: CodeSigningConfig | None, function: str) -> None:
    """Raise AWS's error for a package without a signature if the configuration enforces one.

    `function`: how AWS names it in the message, by name when it is created, by ARN when it is updated.
    """
    if config and (config.policies or {}).get("UntrustedArtifactOnDeployment") == "Enforce":
        raise CodeVerificationFailedException(
            "Lambda cannot deploy the function. The function or layer might be signed using a signature that the "
            f"client is not configured to accept. Check the provided signature for {function}.",
            Type="User",
        )
