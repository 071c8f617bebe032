"""Rows for services that need few, SQS among them; for dead-letter queues, and for event patterns."""

from __future__ import annotations

from ..events import conditions, matching, wildcards
from ..patching import Patch
from ..sns import dead_letters
from ..sqs import polling

SERVICES = "localstack.services"

ROWS = (
    Patch(
        "localstack.utils.aws.dead_letter_queue:_send_to_dead_letter_queue",
        dead_letters.to_dead_letter_queue,
        "ff2ec64de7d5",
        "lets a subscription ask, where a queue's policy admits its topic",
        around=True,
    ),
    Patch(f"{SERVICES}.sqs.provider:QueueUpdateWorker.start", polling.start, "edd9f8d1a72a", "looks once a second"),
    Patch(
        f"{SERVICES}.events.event_rule_engine:EventRuleEngine._evaluate_condition",
        conditions.evaluate_condition,
        "b68351a0e04b",
        "takes what is missing for anything but a value, and fails for numbers",
        around=True,
    ),
    Patch(
        f"{SERVICES}.events.event_rule_engine:EventRuleEngine._evaluate_wildcard",
        staticmethod(wildcards.matches),
        "24dbf63f7bc9",
        "keeps the engine waiting for hours with an event of 1,000 letters",
    ),
    Patch(
        f"{SERVICES}.events.event_rule_engine:EventRuleEngine._evaluate_nested_event_pattern_on_dict",
        matching.evaluate,
        "2e9946b62e0c",
        "finds one field in one element of a list and the next in another",
    ),
)
