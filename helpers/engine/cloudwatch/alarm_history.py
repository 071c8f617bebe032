"""DescribeAlarmHistory: changes of state, actions, and changes of configuration."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.cloudwatch.models import LocalStackAlarm, LocalStackMetricAlarm, cloudwatch_stores

from . import pages

MAX_KEPT = 10_000  # items of an account; AWS keeps them for 30 days
PAGE = 100


def note(alarm: LocalStackAlarm, kind: str, summary: str, data: dict[str, Any]) -> None:
    """Add an item ("StateUpdate", "Action", "ConfigurationUpdate")."""
    histories = cloudwatch_stores[alarm.account_id][alarm.region].histories
    histories.append(
        {
            "AlarmName": alarm.alarm["AlarmName"],
            "AlarmType": "MetricAlarm" if isinstance(alarm, LocalStackMetricAlarm) else "CompositeAlarm",
            "Timestamp": datetime.now(UTC),
            "HistoryItemType": kind,
            "HistorySummary": summary,
            "HistoryData": json.dumps({"version": "1.0", **data}, default=str),
        }
    )
    del histories[:-MAX_KEPT]


def note_change(alarm: LocalStackAlarm, before: dict[str, Any], data: dict[str, Any] | None) -> None:
    """Add a change of state. `before`: what the alarm said until now."""
    old = {"stateValue": before["StateValue"], "stateReason": before["StateReason"]}
    if before["StateReasonData"]:
        old["stateReasonData"] = json.loads(before["StateReasonData"])
    new = {"stateValue": alarm.alarm["StateValue"], "stateReason": alarm.alarm["StateReason"]}
    if data:
        new["stateReasonData"] = data
    summary = f"Alarm updated from {old['stateValue']} to {new['stateValue']}"
    note(alarm, "StateUpdate", summary, {"oldState": old, "newState": new})


def describe_alarm_history(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    alarm_name: str | None = None,
    alarm_types: list[str] | None = None,
    history_item_type: str | None = None,
    start_date: datetime | None = None,
    end_date: datetime | None = None,
    max_records: int | None = None,
    next_token: str | None = None,
    scan_by: str | None = None,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.describe_alarm_history`: the newest first; without `AlarmTypes` of metric alarms."""
    found = [
        item
        for item in cloudwatch_stores[context.account_id][context.region].histories
        if alarm_name in (None, item["AlarmName"])
        and item["AlarmType"] in (alarm_types or ["MetricAlarm"] * (alarm_name is None) or [item["AlarmType"]])
        and history_item_type in (None, item["HistoryItemType"])
        and (start_date is None or item["Timestamp"] >= start_date)
        and (end_date is None or item["Timestamp"] <= end_date)
    ]
    if scan_by != "TimestampAscending":
        found.reverse()
    first, size = pages.first(next_token), max_records or PAGE
    answer: dict[str, Any] = {"AlarmHistoryItems": found[first : first + size]}
    if first + size < len(found):
        answer["NextToken"] = str(first + size)
    return answer
