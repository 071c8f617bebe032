"""LoggingConfig: AWS's checks of it, and what it means for the environments of a function version.

LocalStack 4.9.2 only stores it. Sources: AWS Lambda Developer Guide, "Configuring advanced logging controls" and
"Configuring CloudWatch log groups" (2026-11); the refusal as quoted in aws/aws-cdk#28045 (2023-11).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.services.lambda_.invocation.models import lambda_stores

from ..execution.log_settings import LogSettings


def refuse_levels(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before CreateFunction and UpdateFunctionConfiguration. Raises: AWS's error for levels without JSON."""
    asked = context.service_request.get("LoggingConfig") or {}
    if not asked.get("ApplicationLogLevel") and not asked.get("SystemLogLevel"):
        return
    if (asked.get("LogFormat") or _present_format(context)) == "JSON":
        return
    raise CommonServiceException(
        "InvalidParameterValueException",
        'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the '
        'LogFormat to "Json" and try again.',
        400,
        True,
    )


def settings(version: FunctionVersion, environment_id: str) -> LogSettings:
    """What an environment of a function version logs, and where."""
    config: Mapping[str, Any] = version.config.logging_config or {}
    name, qualifier = version.id.function_name, version.id.qualifier
    default = f"/aws/lambda/{name}"
    group = config.get("LogGroup") or default
    # Several functions may share a group that somebody chose: there the stream says whose it is.
    whose = "" if group == default else name
    return LogSettings(
        config.get("LogFormat") == "JSON",
        config.get("ApplicationLogLevel") or "INFO",
        config.get("SystemLogLevel") or "INFO",
        group,
        f"{datetime.now(UTC):%Y/%m/%d}/{whose}[{qualifier}]{environment_id}",
    )


def environ(logging: LogSettings) -> dict[str, str]:
    """The environment variables that tell a function and its runtime so.

    AWS sets AWS_LAMBDA_LOG_FORMAT for Text as well; here, only where it says something.
    """
    variables = {"AWS_LAMBDA_LOG_GROUP_NAME": logging.group, "AWS_LAMBDA_LOG_STREAM_NAME": logging.stream}
    if logging.is_json:
        variables |= {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": logging.application_level}
    return variables


def _present_format(context: RequestContext) -> str:
    """The format of the function that is being updated; Text, which is the default, for one that is not there yet."""
    if context.operation.name == "CreateFunction":
        return "Text"
    name, _ = api_utils.get_name_and_qualifier(context.service_request["FunctionName"], None, context)
    function = lambda_stores[context.account_id][context.region].functions.get(name)
    return str(function.latest().config.logging_config.get("LogFormat")) if function else "Text"
