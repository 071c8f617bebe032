"""PutMetricAlarm, PutCompositeAlarm and DeleteAlarms. An alarm keeps its state when it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.cloudwatch.models import cloudwatch_stores
from localstack.services.cloudwatch.provider_v2 import ValidationException
from localstack.utils.aws.arns import cloudwatch_alarm_arn

from . import alarm_checks, alarm_history, alarm_rules

KEPT = ("StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp")


def put_metric_alarm(original: Callable[..., Any], self: Any, context: RequestContext, request: dict[str, Any]) -> None:
    """Wrap `CloudwatchProvider.put_metric_alarm`. Raises: AWS's errors; NotImplemented for anomaly detection."""
    alarm_checks.check_metric_alarm(request, context.operation.input_shape)
    _put(lambda: original(self, context, request), context, request)


def put_composite_alarm(
    original: Callable[..., Any], self: Any, context: RequestContext, request: dict[str, Any]
) -> None:
    """Wrap `CloudwatchProvider.put_composite_alarm`."""
    try:
        _, names = alarm_rules.parse(request["AlarmRule"])
    except alarm_rules.InvalidRuleError:
        raise ValidationException("AlarmRule contains an invalid expression.") from None
    alarm_checks.check_actions(request)
    alarms = cloudwatch_stores[context.account_id][context.region].alarms
    known = {*alarms, *(alarm.alarm["AlarmName"] for alarm in alarms.values())}
    if missing := [name for name in names if name not in known]:
        raise ValidationException(
            f"Could not save the composite alarm as alarms [{', '.join(missing)}] in the alarm rule do not exist"
        )
    arn = _put(lambda: original(self, context, request), context, request)
    self.alarm_scheduler.schedule_metric_alarm(arn)


def delete_alarms(
    original: Callable[..., Any], self: Any, context: RequestContext, alarm_names: list[str], **_: Any
) -> None:
    """Wrap `CloudwatchProvider.delete_alarms`: the history says that an alarm is gone."""
    alarms = cloudwatch_stores[context.account_id][context.region].alarms
    alarm_checks.check_deletion(alarm_names, list(alarms.values()))
    gone = [alarm for alarm in alarms.values() if alarm.alarm["AlarmName"] in alarm_names]
    original(self, context, alarm_names)
    for alarm in gone:
        summary = f'Alarm "{alarm.alarm["AlarmName"]}" deleted'
        alarm_history.note(alarm, "ConfigurationUpdate", summary, {"type": "Delete"})


def _put(put: Callable[[], None], context: RequestContext, request: dict[str, Any]) -> str:
    name = request["AlarmName"]
    arn = cloudwatch_alarm_arn(name, context.account_id, context.region)
    store = cloudwatch_stores[context.account_id][context.region]
    alarms = store.alarms
    before = alarms.get(arn)
    put()
    if before is None and request.get("Tags"):  # "If you are using this operation to update, … tags are ignored"
        store.TAGS.tag_resource(arn, request["Tags"])
    alarm = alarms[arn]
    if before is not None:
        alarm.alarm.update({member: before.alarm[member] for member in KEPT if member in before.alarm})
    what = "created" if before is None else "updated"
    alarm_history.note(alarm, "ConfigurationUpdate", f'Alarm "{name}" {what}', {"type": what.rstrip("d").capitalize()})
    return arn
