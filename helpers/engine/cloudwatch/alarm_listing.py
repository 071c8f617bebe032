"""DescribeAlarms: all of its filters together, page by page.

API Reference, "DescribeAlarms" (2026-11): without `AlarmTypes` only metric alarms are shown. LocalStack 4.9.2 uses one
filter, shows everything, and crashes on `ActionPrefix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.cloudwatch.models import LocalStackMetricAlarm, cloudwatch_stores
from localstack.services.cloudwatch.provider_v2 import ValidationException

from . import alarm_actions, alarm_rules, pages

PAGE = 50


def describe_alarms(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    alarm_names: list[str] | None = None,
    alarm_name_prefix: str | None = None,
    alarm_types: list[str] | None = None,
    children_of_alarm_name: str | None = None,
    parents_of_alarm_name: str | None = None,
    state_value: str | None = None,
    action_prefix: str | None = None,
    max_records: int | None = None,
    next_token: str | None = None,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.describe_alarms`."""
    if alarm_names and alarm_name_prefix:
        raise ValidationException("AlarmNamePrefix and AlarmNames cannot be used together.")
    alarms = cloudwatch_stores[context.account_id][context.region].alarms
    types = alarm_types or ["MetricAlarm"]
    related = None
    if children_of_alarm_name or parents_of_alarm_name:
        types = alarm_types or ["MetricAlarm", "CompositeAlarm"]
        related = _related(list(alarms.values()), children_of_alarm_name, parents_of_alarm_name)
    found = [
        alarm
        for alarm in sorted(alarms.values(), key=lambda one: one.alarm["AlarmName"])
        if _type(alarm) in types
        and (not alarm_names or alarm.alarm["AlarmName"] in alarm_names)
        and alarm.alarm["AlarmName"].startswith(alarm_name_prefix or "")
        and state_value in (None, alarm.alarm["StateValue"])
        and (action_prefix is None or any(action.startswith(action_prefix) for action in _actions(alarm.alarm)))
        and (related is None or alarm.alarm["AlarmName"] in related)
    ]
    first, size = pages.first(next_token), max_records or PAGE
    page = found[first : first + size]
    answer: dict[str, Any] = {
        f"{kind}s": [alarm.alarm for alarm in page if _type(alarm) == kind]
        for kind in ("CompositeAlarm", "MetricAlarm")
    }
    if first + size < len(found):
        answer["NextToken"] = str(first + size)
    return answer


def describe_alarms_for_metric(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    metric_name: str,
    namespace: str,
    dimensions: list[dict[str, str]] | None = None,
    extended_statistic: str | None = None,
    **others: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.describe_alarms_for_metric`: a metric is its name and exactly its dimensions."""
    found = original(self, context, metric_name, namespace, **others)["MetricAlarms"]
    wanted = _pairs(dimensions)
    return {
        "MetricAlarms": [
            about
            for about in found
            if _pairs(about.get("Dimensions")) == wanted
            and extended_statistic in (None, about.get("ExtendedStatistic"))
        ]
    }


def _pairs(dimensions: list[dict[str, str]] | None) -> set[tuple[str, str]]:
    return {(one["Name"], one["Value"]) for one in dimensions or ()}


def _type(alarm: Any) -> str:
    return "MetricAlarm" if isinstance(alarm, LocalStackMetricAlarm) else "CompositeAlarm"


def _actions(about: dict[str, Any]) -> list[str]:
    return [action for member in alarm_actions.MEMBERS.values() for action in about.get(member) or ()]


def _related(alarms: list[Any], children_of: str | None, parents_of: str | None) -> set[str]:
    """The names of the alarms in the rule of one, or of those in whose rules it is."""
    named = {
        alarm.alarm["AlarmName"]: {
            name.rpartition(":alarm:")[2] for name in alarm_rules.parse(alarm.alarm["AlarmRule"])[1]
        }
        for alarm in alarms
        if _type(alarm) == "CompositeAlarm"
    }
    if children_of:
        return named.get(children_of, set())
    return {parent for parent, children in named.items() if parents_of in children}
