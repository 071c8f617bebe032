"""Rows for EventBridge, imported and applied at its first request."""

from __future__ import annotations

from ..patching import Patch
from ..scheduler import rules

EVENTS = "localstack.services.events"
PROVIDER = f"{EVENTS}.provider:EventsProvider"

ROWS = (
    Patch(
        f"{EVENTS}.rule:RULE_SCHEDULE_CRON_REGEX",
        rules.CronExpressions(),
        "42c831eda5b9",
        "refuses ranges with steps, and lists of days",
    ),
    Patch(
        f"{PROVIDER}.create_rule_service", rules.create_rule_service, "56a00f81557e", "does not wait yet", around=True
    ),
    Patch(
        f"{EVENTS}.rule:RuleService.create_schedule_job",
        rules.create_schedule_job,
        "ed3992051a50",
        "waits once for each call",
    ),
    Patch(
        f"{PROVIDER}._delete_rule_services", rules.delete_rule_services, "89dc967545b1", "goes on firing", around=True
    ),
)
