"""Metric filters: log events that match a pattern become values of a CloudWatch metric.

CloudWatch Logs User Guide, "Creating metrics from log events using filters" (2026-11). A default value is published for
the events of a call of PutLogEvents of which none matches; AWS looks at those of a minute together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException, ResourceNotFoundException
from localstack.services.moto import call_moto
from moto.logs.models import LogGroup, logs_backends

from .filter_patterns.comparisons import number
from .filter_patterns.patterns import json_of, parse
from .filter_patterns.selectors import find
from .metric_values import Series, Value
from .operations import check_pattern, find_group
from .stored_events import StoredEvent

MAX_DIMENSIONS = 3


def of_group(group: LogGroup) -> list[dict[str, Any]]:
    """The metric filters of a log group, in the shape of DescribeMetricFilters."""
    filters = logs_backends[group.account_id][group.region].filters.metric_filters
    return [one for one in filters if one["logGroupName"] == group.name] if filters else []


def put_metric_filter(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    log_group_name: str,
    filter_name: str,
    filter_pattern: str,
    metric_transformations: list[dict[str, Any]],
    **_: Any,
) -> Any:
    """Wrap `LogsProvider.put_metric_filter`: moto keeps any pattern, for any group, once for each call."""
    group = find_group(context, log_group_name)
    check_pattern(filter_pattern)
    for transformation in metric_transformations:
        _check(transformation, filter_pattern.strip()[:1] in ("{", "["))
    answer = call_moto(context)
    filters = logs_backends[context.account_id][context.region].filters.metric_filters
    newest = filters[-1]
    newest["creationTime"] = int(time.time() * 1000)
    for older in of_group(group):
        if older["filterName"] == filter_name and older is not newest:
            filters.remove(older)
    return answer


def delete_metric_filter(
    original: Callable[..., Any], self: Any, context: RequestContext, log_group_name: str, filter_name: str, **_: Any
) -> Any:
    """Wrap `LogsProvider.delete_metric_filter`: moto deletes what is not there."""
    group = find_group(context, log_group_name)
    if filter_name not in [one["filterName"] for one in of_group(group)]:
        raise ResourceNotFoundException("The specified metric filter does not exist.")
    return call_moto(context)


def describe_metric_filters(
    original: Callable[..., Any], self: Any, context: RequestContext, log_group_name: str | None = None, **_: Any
) -> Any:
    """Wrap `LogsProvider.describe_metric_filters`: moto shows nothing of a log group that is not there."""
    if log_group_name:
        find_group(context, log_group_name)
    return call_moto(context)


def test_metric_filter(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    filter_pattern: str,
    log_event_messages: list[str],
    **_: Any,
) -> dict[str, Any]:
    """Wrap `LogsProvider.test_metric_filter`, which moto has not."""
    check_pattern(filter_pattern)
    read = parse(filter_pattern)
    found = [(number, message, read(message)) for number, message in enumerate(log_event_messages, 1)]
    return {
        "matches": [
            {"eventNumber": number, "eventMessage": message, "extractedValues": values}
            for number, message, values in found
            if values is not None
        ]
    }


def extract(group: LogGroup, events: list[StoredEvent]) -> Iterator[Value]:
    """The values that the group's metric filters find in log events."""
    for one in of_group(group):
        read = parse(one.get("filterPattern") or "")
        matches = [(event, values) for event in events if (values := read(event.message)) is not None]
        for transformation in one["metricTransformations"]:
            yield from _of_matches(transformation, matches)
            default = transformation.get("defaultValue")
            if default is not None and not matches:
                yield from ((_series(transformation, (), event), float(default)) for event in events)


def _of_matches(transformation: dict[str, Any], matches: list[tuple[StoredEvent, dict[str, str]]]) -> Iterator[Value]:
    for event, values in matches:
        value = number(_lookup(transformation["metricValue"], event.message, values))
        wanted = (transformation.get("dimensions") or {}).items()
        dimensions = [(name, _lookup(selector, event.message, values)) for name, selector in wanted]
        if value is not None and all(found is not None for _, found in dimensions):
            yield _series(transformation, tuple((name, str(found)) for name, found in dimensions), event), value


def _lookup(what: str, message: str, values: dict[str, str]) -> Any:
    """A number as it is written, or the event's value at a selector: "$.latency", "$size"."""
    if not what.startswith("$"):
        return what
    if what in values:
        return values[what]
    found = find(json_of(message), what)
    return found[0] if found else None


def _series(transformation: dict[str, Any], dimensions: tuple[tuple[str, str], ...], event: StoredEvent) -> Series:
    namespace, name = transformation["metricNamespace"], transformation["metricName"]
    return Series(namespace, name, dimensions, transformation.get("unit") or "None", 60, event.timestamp // 1000)


def _check(transformation: dict[str, Any], with_values: bool) -> None:
    """Raises: InvalidParameterException."""
    value = transformation["metricValue"]
    if number(value) is None and not (value.startswith("$") and with_values):
        raise InvalidParameterException(f"Invalid metric transformation: invalid metric value {value}")
    dimensions = transformation.get("dimensions")
    if dimensions and not with_values:  # hashicorp/terraform-provider-aws issue 22105
        raise InvalidParameterException("The specified filter pattern does not support dimensions")
    if dimensions and transformation.get("defaultValue") is not None:
        raise InvalidParameterException("Invalid metric transformation: dimensions cannot be used with a default value")
    if dimensions and len(dimensions) > MAX_DIMENSIONS:
        raise InvalidParameterException(f"Invalid metric transformation: more than {MAX_DIMENSIONS} dimensions")
