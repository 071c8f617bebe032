"""CreateLogStream, and DescribeLogGroups: page by page, with the number of metric filters.

LocalStack 4.9.2 copies all log events for an answer, and knows neither a limit nor metric filters.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException, ResourceAlreadyExistsException
from moto.logs.models import LogGroup, logs_backends

from .metric_filters import of_group
from .operations import find_group

PAGE = 50


def describe_log_groups(original: Any, self: Any, context: RequestContext, request: dict[str, Any]) -> dict[str, Any]:
    """Wrap `LogsProvider.describe_log_groups`."""
    prefix, pattern = request.get("logGroupNamePrefix") or "", request.get("logGroupNamePattern") or ""
    if prefix and pattern:
        raise InvalidParameterException(
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
        )
    wanted = [
        arn.removesuffix(":*").rpartition(":log-group:")[2] or arn for arn in request.get("logGroupIdentifiers") or ()
    ]
    groups = logs_backends[context.account_id][context.region].groups
    names = sorted(
        name
        for name in groups
        if name.startswith(prefix) and pattern.lower() in name.lower() and (not wanted or name in wanted)
    )
    first, size = int(request.get("nextToken") or 0), request.get("limit") or PAGE
    answer: dict[str, Any] = {"logGroups": [_described(groups[name]) for name in names[first : first + size]]}
    if first + size < len(names):
        answer["nextToken"] = str(first + size)
    return answer


def create_log_stream(
    original: Any, self: Any, context: RequestContext, log_group_name: str, log_stream_name: str, **_: Any
) -> None:
    """Wrap `LogsProvider.create_log_stream`: moto says that the log *group* exists already."""
    group = find_group(context, log_group_name)
    if log_stream_name in group.streams:
        raise ResourceAlreadyExistsException("The specified log stream already exists")
    group.create_log_stream(log_stream_name)


def _described(group: LogGroup) -> dict[str, Any]:
    described = {
        "arn": f"{group.arn.removesuffix(':*')}:*",
        "logGroupArn": group.arn.removesuffix(":*"),  # since 2024 without the end, as IAM has it
        "logGroupClass": "STANDARD",
        "creationTime": group.creation_time,
        "logGroupName": group.name,
        "metricFilterCount": len(of_group(group)),
        "storedBytes": sum(stream.stored_bytes for stream in list(group.streams.values())),
        "retentionInDays": group.retention_in_days,
        "kmsKeyId": group.kms_key_id,
    }
    return {name: value for name, value in described.items() if value is not None}
