"""Dead-letter queues of subscriptions, and the trace that a message belongs to.

A queue's policy lets SNS in for the topic: `aws:SourceArn` is the topic's (SNS Developer Guide, "Configuring an Amazon
SNS dead-letter queue for a subscription", 2026-11). LocalStack 4.9.2 names the subscription, and no such policy fits.
"""

from __future__ import annotations

from typing import Any

from .. import lineage


def to_dead_letter_queue(
    original: Any, source_arn: str, dlq_arn: str, event: dict[str, Any], error: Any, role: str | None = None
) -> str | None:
    """Wrap `_send_to_dead_letter_queue`: for the topic, where it is a subscription that has failed."""
    return original(topic_of(source_arn), dlq_arn, event, error, role)


def publish_to_function(original: Any, self: Any, context: Any, subscriber: Any) -> None:
    """Wrap `LambdaTopicPublisher._publish`: the trace header goes on to subscribers, as LocalStack does for queues.

    SNS Developer Guide, "Active tracing in Amazon SNS": so it is with the default, `PassThrough` (2026-11).
    """
    with lineage.handed_on(context.request_headers.get(lineage.HEADER)):
        original(self, context, subscriber)


def topic_of(arn: str) -> str:
    """The topic of a subscription; any other ARN as it is. A subscription's has one part more."""
    parts = arn.split(":")
    return ":".join(parts[:6]) if parts[2:3] == ["sns"] and len(parts) == 7 else arn
