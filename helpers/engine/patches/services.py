"""Rows for services that need few: SNS, SQS, CloudWatch Logs; and for event patterns, which
EventBridge and event source mappings have."""

from __future__ import annotations

from .. import sns, sqs
from ..events import wildcards
from ..logs import filter_patterns, retention
from ..patching import Patch

SERVICES = "localstack.services"

ROWS = (
    Patch(
        "localstack.utils.aws.dead_letter_queue:_send_to_dead_letter_queue",
        sns.to_dead_letter_queue,
        "ff2ec64de7d5",
        "lets a subscription ask, where a queue's policy admits its topic",
        around=True,
    ),
    Patch(f"{SERVICES}.sqs.provider:QueueUpdateWorker.start", sqs.start, "edd9f8d1a72a", "looks once a second"),
    Patch(
        f"{SERVICES}.logs.provider:get_pattern_matcher",
        filter_patterns.matcher,
        "2c5f3de28249",
        "lets every event pass",
    ),
    Patch(
        "moto.logs.models:LogStream.put_log_events",
        retention.put_log_events,
        "16317b7e99ec",
        "keeps everything",
        around=True,
    ),
    Patch(
        f"{SERVICES}.events.event_rule_engine:EventRuleEngine._evaluate_wildcard",
        staticmethod(wildcards.matches),
        "24dbf63f7bc9",
        "keeps the engine waiting for hours with an event of 1,000 letters",
    ),
)
