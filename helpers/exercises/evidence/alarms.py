"""An alarm as it is set, and what a queue hears of it."""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from helpers.backend.session import Connection
from helpers.exercises.evidence import messages
from helpers.exercises.evidence.waiting import until


def of_name(lab: Connection, name: str) -> dict[str, Any] | None:
    """Return the metric alarm `name`, as DescribeAlarms has it; None if there is none."""
    found = lab.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return found[0] if found else None


def difference(alarm: Mapping[str, Any], wanted: Mapping[str, Any]) -> str | None:
    """Return the first setting that is not as wanted, in words; None if all are."""
    for name, value in wanted.items():
        found = alarm.get(name)
        if found != value:
            return f"{name} {found if found is not None else 'not set'}, not {value}"
    return None


def is_heard(
    lab: Connection,
    name: str,
    queue: str,
    *,
    seconds: float,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """Put the alarm `name` into ALARM, and tell whether a message about that comes to the queue called `queue`.

    The message is deleted, others stay in the queue.
    """
    reason = set_off(lab, name)

    def said() -> bool:
        texts = messages.texts(lab, queue, remove=lambda text: _says(text, name, reason))
        return any(_says(text, name, reason) for text in texts)

    return until(said, seconds, sleep=sleep, clock=clock)


def set_off(lab: Connection, name: str) -> str:
    """Put the alarm `name` into ALARM; return the reason that is given, which no other alarm has."""
    reason = f"tried by the check {secrets.token_hex(4)}"
    for state in ("OK", "ALARM"):  # nothing is said of a state that stays
        lab.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=state, StateReason=reason)
    return reason


def _says(body: str, name: str, reason: str) -> bool:
    try:
        said = json.loads(json.loads(body)["Message"])
        return (said["AlarmName"], said["NewStateValue"], said["NewStateReason"]) == (name, "ALARM", reason)
    except (ValueError, KeyError, TypeError):
        return False
