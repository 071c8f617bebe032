"""An alarm's state changes: it is noted in the history, actions are taken, and composite alarms are looked at."""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.cloudwatch import InvalidParameterValueException, ResourceNotFound
from localstack.services.cloudwatch.models import (
    LocalStackAlarm,
    LocalStackCompositeAlarm,
    LocalStackMetricAlarm,
    cloudwatch_stores,
)
from localstack.services.cloudwatch.provider_v2 import ValidationException
from localstack.utils.aws.arns import cloudwatch_alarm_arn

from . import alarm_actions, alarm_history, composite_alarms

STATES = ("OK", "ALARM", "INSUFFICIENT_DATA")
BEFORE = ("StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp")
_lock = threading.RLock()


def change(alarm: LocalStackAlarm, state: str, reason: str, data: dict[str, Any] | None) -> None:
    """Put an alarm into a state. Nothing happens if it is in it."""
    with _lock:
        about = alarm.alarm
        before = {name: about.get(name) for name in BEFORE}
        if before["StateValue"] == state:
            return
        now = datetime.now(UTC)
        about["StateTransitionedTimestamp"] = about["StateUpdatedTimestamp"] = now
        about["StateValue"], about["StateReason"] = state, reason
        about.pop("StateReasonData", None)
        if data:
            about["StateReasonData"] = json.dumps(data)
        alarm_history.note_change(alarm, before, data)
        changed = copy.copy(alarm)  # an evaluation may change it again before the actions are taken
        changed.alarm = dict(about)
    if about.get("ActionsEnabled", True):
        alarm_actions.take(changed, before)
    look_at_rules(alarm)


def look_at_rules(changed: LocalStackAlarm) -> None:
    """Evaluate the composite alarms in whose rules an alarm is named."""
    store = cloudwatch_stores[changed.account_id][changed.region]
    for alarm in list(store.alarms.values()):
        if not isinstance(alarm, LocalStackMetricAlarm) and alarm is not changed:
            apply_rule(alarm, changed)


def apply_rule(composite: LocalStackCompositeAlarm, changed: LocalStackAlarm | None) -> None:
    """Put a composite alarm into the state of its rule."""
    if found := composite_alarms.evaluate(composite, changed):
        change(composite, found.state, found.reason, found.data)


def set_alarm_state(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    alarm_name: str,
    state_value: str,
    state_reason: str,
    state_reason_data: str | None = None,
    **_: Any,
) -> None:
    """Wrap `CloudwatchProvider.set_alarm_state`."""
    if state_value not in STATES:
        raise ValidationException(
            f"1 validation error detected: Value '{state_value}' at 'stateValue' failed to satisfy constraint: Member "
            "must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"
        )
    try:
        data = json.loads(state_reason_data) if state_reason_data else None
    except ValueError:
        raise InvalidParameterValueException("The StateReasonData is not valid JSON") from None
    arn = cloudwatch_alarm_arn(alarm_name, context.account_id, context.region)
    alarm = cloudwatch_stores[context.account_id][context.region].alarms.get(arn)
    if alarm is None:
        raise ResourceNotFound()
    change(alarm, state_value, state_reason, data)
