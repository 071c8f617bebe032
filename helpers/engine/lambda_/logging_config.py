"""LoggingConfig: AWS's checks of it, and what it means for the environments of a function version.

LocalStack 4.9.2 only stores it. Sources: AWS Lambda Developer Guide, "Configuring advanced logging controls" and
"Configuring CloudWatch log groups" (2026-11); the refusal as quoted in aws/aws-cdk#28045 (2023-11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.services.lambda_.invocation.models import lambda_stores

from ..execution.log_settings import LogSettings

MEMBERS = {
    "LogFormat": ("JSON", "Text"),
    "ApplicationLogLevel": ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
    "SystemLogLevel": ("DEBUG", "INFO", "WARN"),
}
GROUP = re.compile(r"[\.\-_/#A-Za-z0-9]+")


def refuse(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before CreateFunction and UpdateFunctionConfiguration. Raises: AWS's error for an invalid setting."""
    asked = context.service_request.get("LoggingConfig") or {}
    for member, allowed in MEMBERS.items():
        if (value := asked.get(member)) is not None and value not in allowed:
            _refuse_value(value, member, f"Member must satisfy enum value set: [{', '.join(allowed)}]")
    if (group := asked.get("LogGroup")) is not None:
        if not 1 <= len(group) <= 512:
            bound = "less than or equal to 512" if group else "greater than or equal to 1"
            _refuse_value(group, "LogGroup", f"Member must have length {bound}")
        if not GROUP.fullmatch(group):
            _refuse_value(group, "LogGroup", f"Member must satisfy regular expression pattern: {GROUP.pattern}")
    has_levels = asked.get("ApplicationLogLevel") or asked.get("SystemLogLevel")
    if has_levels and (asked.get("LogFormat") or _present_format(context)) != "JSON":
        _refuse_levels()


def _refuse_value(value: str, member: str, constraint: str) -> NoReturn:
    place = f"loggingConfig.{member[0].lower()}{member[1:]}"
    raise CommonServiceException(
        "ValidationException",
        f"1 validation error detected: Value '{value}' at '{place}' failed to satisfy constraint: {constraint}",
        400,
        True,
    )


def _refuse_levels() -> NoReturn:
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
