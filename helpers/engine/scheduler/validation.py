"""What Scheduler refuses of a schedule.

Of expressions: recorded on AWS by LocalStack 4.9.2's tests (scheduler/test_scheduler, 2025). Of the role:
aws/aws-sdk-js-v3#6494 (2024). Other texts are ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from moto.scheduler.exceptions import ValidationException

from ..iam import trust
from . import expressions, targets

CANNOT_ASSUME = "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."


def check_expression(schedule_expression: str) -> None:
    """`scheduler.provider._validate_schedule_expression`. Raises: ValidationException."""
    try:
        expressions.parse(schedule_expression)
    except ValueError:
        raise ValidationException(f"Invalid Schedule Expression {schedule_expression}.") from None


def check(given: Mapping[str, Any], group_arn: str) -> None:
    """Check the arguments of moto's create or update. Raises: ValidationException."""
    check_expression(given["schedule_expression"])
    zone_name = given.get("schedule_expression_timezone")
    try:
        ZoneInfo(zone_name or "UTC")
    except (KeyError, ValueError, OSError):
        raise ValidationException(f"Invalid Schedule Expression Timezone {zone_name}.") from None
    window = given.get("flexible_time_window") or {}
    minutes = window.get("MaximumWindowInMinutes")
    if window.get("Mode") == "FLEXIBLE" and not (isinstance(minutes, int) and 1 <= minutes <= 1440):
        raise ValidationException("MaximumWindowInMinutes must be between 1 and 1440 when the Mode is FLEXIBLE.")
    if window.get("Mode") == "OFF" and minutes is not None:
        raise ValidationException("MaximumWindowInMinutes must not be given when the Mode is OFF.")
    start, end = moment(given.get("start_date")), moment(given.get("end_date"))
    if start and end and end <= start:
        raise ValidationException("The EndDate you specify must be later than the StartDate.")
    _check_target(given.get("target") or {}, group_arn)


def _check_target(target: Mapping[str, Any], group_arn: str) -> None:
    if why := targets.problem(target):
        raise ValidationException(why)
    queue = (target.get("DeadLetterConfig") or {}).get("Arn", "arn:aws:sqs:::q")
    if targets.kind(queue) != "sqs" or queue.endswith(".fifo"):
        raise ValidationException("The dead-letter queue must be a standard queue of Amazon SQS.")
    if targets.UNIVERSAL.fullmatch(target["Arn"]) or targets.kind(target["Arn"]) in ("events", "states"):
        try:
            json.loads(target.get("Input") or "{}")
        except ValueError:
            raise ValidationException("Invalid JSON input provided in the request.") from None
    region = group_arn.split(":")[3]
    if not trust.trusts(str(target.get("RoleArn")), "scheduler", region, group_arn):
        raise ValidationException(CANNOT_ASSUME)


def moment(value: Any) -> datetime | None:
    """Return a date as moto keeps it (seconds, or text) as a time in UTC."""
    if value in (None, ""):
        return None
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, UTC)
    read = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return read if read.tzinfo else read.replace(tzinfo=UTC)
