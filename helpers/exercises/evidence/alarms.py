"""An alarm as it is set, and what a queue hears of it."""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from helpers.backend.session import Connection


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
    reason = f"tried by the check {secrets.token_hex(4)}"
    for state in ("OK", "ALARM"):  # nothing is said of a state that stays
        lab.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=state, StateReason=reason)
    api, deadline = lab.client("sqs"), clock() + seconds
    url = api.get_queue_url(QueueName=queue)["QueueUrl"]
    while True:
        for message in api.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=2).get(
            "Messages", []
        ):
            if _says(message["Body"], name, reason):
                api.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                return True
        if clock() >= deadline:
            return False
        sleep(0.3)


def _says(body: str, name: str, reason: str) -> bool:
    try:
        said = json.loads(json.loads(body)["Message"])
        return (said["AlarmName"], said["NewStateValue"], said["NewStateReason"]) == (name, "ALARM", reason)
    except (ValueError, KeyError, TypeError):
        return False
