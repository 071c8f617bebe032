"""Log groups and log streams: created, tagged, described page by page, and deleted with all that is theirs.

LocalStack 4.9.2 copies all log events for a description, knows neither a limit nor metric filters there, leaves metric
filters and tags to the next group of that name, and loses the tags of a group that was made without any.
"""

from __future__ import annotations

import re
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import (
    InvalidParameterException,
    ResourceAlreadyExistsException,
    ResourceNotFoundException,
)
from localstack.services.logs.models import logs_stores
from moto.logs.models import LogGroup, logs_backends

from .metric_filters import of_group
from .operations import find_group, find_one

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
    token = request.get("nextToken") or "0"
    if not re.fullmatch("[0-9]{1,9}", token):
        raise InvalidParameterException("The specified nextToken is invalid.")
    first, size = int(token), request.get("limit") or PAGE
    answer: dict[str, Any] = {"logGroups": [_described(groups[name]) for name in names[first : first + size]]}
    if first + size < len(names):
        answer["nextToken"] = str(first + size)
    return answer


def describe_log_streams(original: Any, self: Any, context: RequestContext, request: dict[str, Any]) -> dict[str, Any]:
    """Wrap `LogsProvider.describe_log_streams`: since 2019 AWS says 0 for what a stream stores.

    API Reference, "LogStream" (2026-11); what a group stores is still said.
    """
    name, identifier = request.get("logGroupName"), request.get("logGroupIdentifier")
    if not (name and identifier):  # for both of them LocalStack has AWS's words
        find_one(context, name, identifier)
    answer: dict[str, Any] = original(self, context, request)
    return answer | {"logStreams": [{**stream, "storedBytes": 0} for stream in answer["logStreams"]]}


def create_log_stream(
    original: Any, self: Any, context: RequestContext, log_group_name: str, log_stream_name: str, **_: Any
) -> None:
    """Wrap `LogsProvider.create_log_stream`: moto says that the log *group* exists already."""
    group = find_group(context, log_group_name)
    if log_stream_name in group.streams:
        raise ResourceAlreadyExistsException("The specified log stream already exists")
    group.create_log_stream(log_stream_name)


def delete_log_group(original: Any, self: Any, context: RequestContext, log_group_name: str, **_: Any) -> None:
    """Wrap `LogsProvider.delete_log_group`."""
    group = find_group(context, log_group_name)
    backend = logs_backends[context.account_id][context.region]
    del backend.groups[log_group_name]
    for one in of_group(group):
        backend.filters.metric_filters.remove(one)
    _tags(context).pop(group.arn.removesuffix(":*"), None)


def delete_log_stream(
    original: Any, self: Any, context: RequestContext, log_group_name: str, log_stream_name: str, **_: Any
) -> None:
    """Wrap `LogsProvider.delete_log_stream`: moto speaks of the log group."""
    group = find_group(context, log_group_name)
    if log_stream_name not in group.streams:
        raise ResourceNotFoundException("The specified log stream does not exist.")
    group.delete_log_stream(log_stream_name)


def tag_resource(original: Any, self: Any, context: RequestContext, resource_arn: str, tags: Any, **_: Any) -> None:
    """Wrap `LogsProvider.tag_resource`; `requests` has looked for the group."""
    _tags(context).setdefault(resource_arn, {})
    original(self, context, resource_arn, tags)


def tag_log_group(original: Any, self: Any, context: RequestContext, log_group_name: str, tags: Any, **_: Any) -> None:
    """Wrap `LogsProvider.tag_log_group`."""
    _tags(context).setdefault(find_group(context, log_group_name).arn.removesuffix(":*"), {})
    original(self, context, log_group_name, tags)


def _tags(context: RequestContext) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = logs_stores[context.account_id][context.region].TAGS
    return found


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
