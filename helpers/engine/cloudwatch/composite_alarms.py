"""Composite alarms: ALARM while their rule holds, OK while it does not."""

from __future__ import annotations

from typing import Any, NamedTuple

from localstack.services.cloudwatch.models import LocalStackAlarm, LocalStackCompositeAlarm, cloudwatch_stores

from . import alarm_rules
from .alarm_data import written


class Finding(NamedTuple):
    """The state that a composite alarm is to have, why, and its `StateReasonData`."""

    state: str
    reason: str
    data: dict[str, Any] | None


def evaluate(composite: LocalStackCompositeAlarm, changed: LocalStackAlarm | None) -> Finding | None:
    """The finding after one of its alarms `changed`; None if it was none of its own.

    Without `changed`: after the composite alarm itself was made or changed.
    """
    alarms = cloudwatch_stores[composite.account_id][composite.region].alarms
    rule, names = alarm_rules.parse(composite.alarm["AlarmRule"])
    found = {name: _find(alarms, name) for name in names}
    if changed is not None and changed not in found.values():
        return None

    def state(name: str) -> str | None:
        alarm = found[name]
        return alarm.alarm["StateValue"] if alarm else None

    value = "ALARM" if rule(state) else "OK"
    if changed is None:
        return Finding(
            value, f"{composite.alarm['AlarmArn']} was created and its alarm rule evaluates to {value}", None
        )
    about = changed.alarm
    since = about["StateUpdatedTimestamp"]
    reason = f"{about['AlarmArn']} transitioned to {about['StateValue']} at {since:%A %d %B, %Y %H:%M:%S UTC}"
    its = {"value": about["StateValue"], "timestamp": written(since.timestamp())}
    return Finding(value, reason, {"triggeringAlarms": [{"arn": about["AlarmArn"], "state": its}]})


def _find(alarms: dict[str, Any], name: str) -> LocalStackAlarm | None:
    if name.startswith("arn:"):
        return alarms.get(name)
    return next((alarm for alarm in alarms.values() if alarm.alarm["AlarmName"] == name), None)
