"""Rows for Amazon SNS."""

from __future__ import annotations

from ..patching import Patch
from ..sns import dead_letters, filters, subscriptions

PROVIDER = "localstack.services.sns.provider:SnsProvider"
FILTER = "localstack.services.sns.filter:SubscriptionFilter"

ROWS = (
    Patch(f"{PROVIDER}.subscribe", subscriptions.subscribe, "8aedb666e7ca", "takes any endpoint", around=True),
    Patch(
        f"{PROVIDER}.set_subscription_attributes",
        subscriptions.set_subscription_attributes,
        "26d19f9e599c",
        "delivers raw where SNS does not",
        around=True,
    ),
    Patch(
        f"{FILTER}._evaluate_filter_policy_conditions_on_attribute",
        filters.on_attribute,
        "ffb65fc44869",
        "compares numbers as text",
        around=True,
    ),
    Patch(
        f"{FILTER}._evaluate_condition",
        filters.evaluate_condition,
        "d04d8fda8c91",
        "fails at numbers that should begin with a text",
        around=True,
    ),
    Patch(
        "localstack.services.sns.publisher:LambdaTopicPublisher._publish",
        dead_letters.publish_to_function,
        "4ed1531c78b8",
        "keeps the trace header to itself",
        around=True,
    ),
)
