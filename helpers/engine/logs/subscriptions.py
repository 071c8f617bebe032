"""PutSubscriptionFilter: a destination is tried before a filter is kept.

CloudWatch Logs User Guide, "Log group-level subscription filters"; API Reference, "PutSubscriptionFilter" (2026-11).
LocalStack 4.9.2 asks Lambda for the function's configuration, which a subscriber need not be allowed to.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException, LimitExceededException
from moto.logs.models import LogGroup, SubscriptionFilter

from .operations import check_pattern, find_group
from .subscription_delivery import STREAMS, client, control_message, put_record

MAX_FILTERS = 2  # of a log group
NO_ROLE = "destinationArn for vendor {} cannot be used without roleArn"
NOT_LAMBDA = (
    "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your "
    "function."
)
NOT_STREAM = "Could not deliver test message to specified {0} stream. Check if the given {0} stream is in ACTIVE state."


def put_subscription_filter(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    log_group_name: str,
    filter_name: str,
    filter_pattern: str,
    destination_arn: str,
    role_arn: str | None = None,
    distribution: str | None = None,
    **_: Any,
) -> None:
    """Wrap `LogsProvider.put_subscription_filter`. Raises: AWS's errors."""
    group = find_group(context, log_group_name)
    check_pattern(filter_pattern)
    _try(group, destination_arn, role_arn)
    filters = group.subscription_filters
    if filter_name not in filters and len(filters) >= MAX_FILTERS:
        raise LimitExceededException("Resource limit exceeded.")
    kept = SubscriptionFilter(filter_name, log_group_name, filter_pattern, destination_arn, role_arn)
    kept.creation_time = filters[filter_name].creation_time if filter_name in filters else int(time.time() * 1000)
    kept.distribution = distribution or "ByLogStream"
    filters[filter_name] = kept


def described(original: Callable[..., dict[str, Any]], self: Any) -> dict[str, Any]:
    """Wrap `SubscriptionFilter.to_json`: the distribution as it was chosen, and no role where there is none."""
    found = original(self) | {"distribution": self.distribution}
    return {name: value for name, value in found.items() if value is not None}


def _try(group: LogGroup, destination: str, role: str | None) -> None:
    """Raises: InvalidParameterException for what the log group cannot deliver to."""
    service, _, name = [*destination.split(":", 6), "", "", "", ""][2:7:2]
    name = destination.split(":")[6] if service == "lambda" and destination.count(":") >= 6 else name
    if service == "lambda":
        if role:
            raise InvalidParameterException("destinationArn for vendor lambda cannot be used with roleArn")
        # So that no function is called for its own lines for ever (amplify-education/serverless-log-forwarding, 13).
        if group.name == f"/aws/lambda/{name}":
            raise InvalidParameterException(
                "The log group provided is reserved for the function logs of the destination function."
            )
        _or_refuse(NOT_LAMBDA, lambda: _may_invoke(group, destination))
    elif service in STREAMS:
        if not role:
            raise InvalidParameterException(NO_ROLE.format(service))
        kind = service.capitalize()
        _or_refuse(NOT_STREAM.format(kind), lambda: put_record(group, destination, role, control_message(kind)))
    else:
        raise InvalidParameterException(
            f"PutSubscriptionFilter operation cannot work with destinationArn for vendor {service}"
        )


def _may_invoke(group: LogGroup, function: str) -> None:
    client(group, function).invoke(FunctionName=function, InvocationType="DryRun")


def _or_refuse(message: str, attempt: Callable[[], None]) -> None:
    try:
        attempt()
    except (ClientError, BotoCoreError):
        raise InvalidParameterException(message) from None
