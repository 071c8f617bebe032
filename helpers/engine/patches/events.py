"""Rows for EventBridge, imported and applied at its first request."""

from __future__ import annotations

from ..events import archives, deliveries, entries, inputs, patterns, targets
from ..patching import Patch
from ..scheduler import rules

EVENTS = "localstack.services.events"
PROVIDER = f"{EVENTS}.provider:EventsProvider"
TARGET = f"{EVENTS}.target"

ROWS = (
    # Schedules.
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
    # Patterns and events.
    Patch(
        f"{EVENTS}.rule:RuleService._validate_input",
        patterns.validate_input,
        "eb2895660196",
        "takes any pattern, and then refuses every event",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.test_event_pattern",
        patterns.test_event_pattern,
        "e4eb4d08c3b7",
        "takes patterns that make no rule",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.create_event_bus",
        targets.create_event_bus,
        "792d6d28c752",
        "takes names that only partners' have",
        around=True,
    ),
    Patch(
        f"{EVENTS}.connection:ConnectionService.create_connection_secret",
        targets.create_connection_secret,
        "1fcef34a49ce",
        "takes a key for a name and a password",
        around=True,
    ),
    Patch(f"{EVENTS}.provider:validate_event", entries.validate, "922e528ddc4f", "takes 256 kB", around=True),
    Patch(
        f"{PROVIDER}._process_entry",
        entries.process,
        "cc18a265ca01",
        "takes events that only AWS can put",
        around=True,
    ),
    # Archives.
    Patch(
        f"{EVENTS}.archive:ArchiveService._initialize_client",
        archives.bookkeeping_client,
        "d03513cc01f3",
        "asks for the archive's rule as if the service needed a permission",
    ),
    Patch(
        f"{EVENTS}.archive:ArchiveService.update",
        archives.update,
        "068054fb3d5d",
        "shows a new pattern, and uses the old",
        around=True,
    ),
    Patch(
        f"{EVENTS}.archive:ArchiveService.put_events",
        archives.put_events,
        "2c651ab0cc57",
        "compares text with a time when it replays",
        around=True,
    ),
    Patch(
        f"{EVENTS}.provider:EventsProvider._process_rules",
        archives.process_rules,
        "4b08d55dced9",
        "sends a replay to every rule",
        around=True,
    ),
    # Targets.
    Patch(
        f"{TARGET}:TargetSender.process_event",
        deliveries.process_event,
        "99ac60403731",
        "forgets what a target does not take",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.create_target_sender",
        targets.create_target_sender,
        "e7242da2bf3e",
        "keeps a target that it has refused",
        around=True,
    ),
    Patch(f"{EVENTS}.rule:RuleService.add_targets", targets.add_targets, "b4eed6b1ec53", "the same", around=True),
    Patch(
        f"{TARGET}:TargetSender._validate_input",
        targets.validate_input,
        "2dcbf62e468b",
        "takes an input that is no JSON, and two ways to say it",
        around=True,
    ),
    Patch(f"{TARGET}:get_template_replacements", inputs.template_replacements, "27547cfa5c3f", "drops 0 and false"),
    Patch(
        f"{TARGET}:replace_template_placeholders",
        inputs.replace_placeholders,
        "20dce242badb",
        "fails at a number within a text",
        around=True,
    ),
    Patch(
        f"{TARGET}:TargetSenderFactory.get_target_sender",
        targets.target_sender,
        "37534fecad34",
        "takes targets that it cannot send to",
        around=True,
    ),
    Patch(f"{TARGET}:requests", targets.REQUESTS, "", "believes every answer, and waits for ever"),
)
