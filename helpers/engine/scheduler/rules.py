"""Rules of EventBridge with a schedule: they fire at their times, by the clock and the expressions of Scheduler.

EventBridge User Guide, "Creating a rule that runs on a schedule" (2026-11): in UTC; a rate starts with the rule.
LocalStack 4.9.2 looks once a minute whether a time is near, reads `?` and `L` as other crons do, fires once for each
PutTargets, and also when the rule is disabled or gone.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from localstack.aws.api.events import RuleState
from localstack.services.events.models import Rule, ValidationException
from localstack.services.events.provider import EventsProvider
from localstack.services.events.rule import RuleService
from localstack.utils.xray.trace_header import TraceHeader

from . import clock, expressions

LOG = logging.getLogger(__name__)

_waiting: dict[str, clock.Call] = {}  # by the rule's ARN


class CronExpressions:
    """`rule.RULE_SCHEDULE_CRON_REGEX`."""

    def match(self, text: str) -> bool:
        """Return whether the text is a cron expression."""
        try:
            return expressions.parse(text).fields is not None
        except ValueError:
            return False


def create_rule_service(
    original: Callable[..., RuleService],
    self: EventsProvider,
    name: str,
    region: str,
    account_id: str,
    *more: Any,
    **others: Any,
) -> RuleService:
    """Wrap `EventsProvider.create_rule_service`, which PutRule calls: wait for the rule's time."""
    service = original(self, name, region, account_id, *more, **others)
    disarm(service.rule)
    if service.rule.schedule_expression:
        try:
            expression = expressions.parse(service.rule.schedule_expression)
        except ValueError:
            raise ValidationException("Parameter ScheduleExpression is not valid.") from None
        now = datetime.now(UTC)
        arm(self, service.rule, expression, now, now)
    return service


def create_schedule_job(self: RuleService, schedule_job_sender_func: Callable[[], None]) -> None:
    """`RuleService.create_schedule_job`, which PutTargets calls: the rule waits already."""


def delete_rule_services(original: Callable[..., None], self: EventsProvider, rules: Any) -> None:
    """Wrap `EventsProvider._delete_rule_services`."""
    for rule in [rules] if isinstance(rules, Rule) else list(rules.values()):
        disarm(rule)
    original(self, rules)


def arm(
    provider: EventsProvider, rule: Rule, expression: expressions.Expression, begin: datetime, after: datetime
) -> None:
    """Wait for the first time of a rule after `after`."""
    if due := expression.after(after, ZoneInfo("UTC"), begin):

        def fire() -> None:
            arm(provider, rule, expression, begin, due)
            if rule.state != RuleState.DISABLED:
                send(provider, rule, due)

        _waiting[rule.arn] = clock.the_clock().call_at(due.timestamp(), fire)


def send(provider: EventsProvider, rule: Rule, due: datetime) -> None:
    """Send every target of a rule its input, or the event that says whose time it is."""
    event = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": rule.account_id,
        "time": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": rule.region,
        "resources": [rule.arn],
        "detail": {},
    }
    for identifier in list(rule.targets):
        sender = provider._target_sender_store[f"{rule.arn}-{identifier}"]
        try:
            sender.process_event(dict(event), trace_header=TraceHeader().ensure_root_exists())
        except Exception:
            LOG.info("the target %s of %s was not reached", identifier, rule.arn, exc_info=True)


def disarm(rule: Rule) -> None:
    """Wait no more."""
    if call := _waiting.pop(rule.arn, None):
        call.cancel()
