"""Archives and replays. EventBridge makes the rule behind an archive itself, so nobody's policy is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from botocore.client import BaseClient
from localstack.aws.connect import connect_to
from localstack.services.events.archive import ArchiveService
from localstack.services.events.models import FormattedEvent, Rule
from localstack.services.events.provider import EventsProvider


def bookkeeping_client(self: ArchiveService) -> BaseClient:
    """Replace `ArchiveService._initialize_client`: for nobody, where LocalStack says that the service itself calls.

    To make an archive takes `events:CreateArchive` and no more (Service Authorization Reference, 2026-11).
    """
    return connect_to(aws_access_key_id=self.account_id, region_name=self.region).get_client("events")


def update(
    original: Any,
    self: ArchiveService,
    description: str | None,
    event_pattern: str | None,
    retention_days: int | None,
) -> None:
    """Wrap `ArchiveService.update`: a new pattern is heeded, too, not only shown."""
    original(self, description, event_pattern, retention_days)
    if event_pattern is not None:
        self._create_archive_rule()


def put_events(original: Any, self: ArchiveService, events: list[FormattedEvent]) -> None:
    """Wrap `ArchiveService.put_events`: with a time that a replay can compare, where LocalStack compares text."""
    original(self, [{**event, "time": datetime.fromisoformat(event["time"])} for event in events])


def process_rules(
    original: Any,
    self: EventsProvider,
    rule: Rule,
    region: str,
    account_id: str,
    event_formatted: FormattedEvent,
    trace_header: Any,
) -> None:
    """Wrap `EventsProvider._process_rules`: a replay that names rules reaches no other (API Reference, 2026-11)."""
    if name := event_formatted.get("replay-name"):
        replay = self.get_store(region, account_id).replays.get(name)
        chosen = replay.destination.get("FilterArns") if replay else None
        if chosen and rule.arn not in chosen:
            return
    original(self, rule, region, account_id, event_formatted, trace_header)
