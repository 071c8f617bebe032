"""Rows for Amazon SNS."""

from __future__ import annotations

from ..patching import Patch
from ..sns import dead_letters

ROWS = (
    Patch(
        "localstack.services.sns.publisher:LambdaTopicPublisher._publish",
        dead_letters.publish_to_function,
        "4ed1531c78b8",
        "keeps the trace header to itself",
        around=True,
    ),
)
