"""Rows for EventBridge Scheduler, imported and applied at its first request."""

from __future__ import annotations

from ..patching import Patch
from ..scheduler import schedules, validation

MODELS = "moto.scheduler.models:EventBridgeSchedulerBackend"
RESPONSES = "moto.scheduler.responses:EventBridgeSchedulerResponse"

ROWS = (
    # First, for the module of this row wraps one of those below.
    Patch(
        "localstack.services.scheduler.provider:_validate_schedule_expression",
        validation.check_expression,
        "4cbfa5f3f70b",
        "refuses ranges with steps, and lists of days",
    ),
    Patch(f"{MODELS}.create_schedule", schedules.create_schedule, "df171faa424f", "only keeps it", around=True),
    Patch(f"{MODELS}.update_schedule", schedules.update_schedule, "e2c5bb584d2d", "the same", around=True),
    Patch(f"{MODELS}.delete_schedule", schedules.delete_schedule, "139a02b8ac63", "the same", around=True),
    Patch(
        f"{MODELS}.create_schedule_group",
        schedules.create_schedule_group,
        "4c5a2583b3e4",
        "replaces a group, and loses its schedules",
        around=True,
    ),
    Patch(f"{MODELS}.delete_schedule_group", schedules.delete_schedule_group, "4df28618e5b7", "the same", around=True),
    Patch(
        f"{RESPONSES}.update_schedule",
        schedules.keep_action,
        "d14a60deacd1",
        "forgets ActionAfterCompletion",
        around=True,
    ),
    Patch(f"{RESPONSES}.list_schedules", schedules.list_schedules, "5fd1cfaac5ba", "lists all, whatever was asked for"),
    Patch(f"{RESPONSES}.list_schedule_groups", schedules.list_schedule_groups, "aceb92a03094", "the same"),
)
