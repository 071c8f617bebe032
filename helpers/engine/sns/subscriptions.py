"""Subscriptions that SNS refuses.

Public reports of AWS's sentences (2026-11): raw delivery, aws-controllers-k8s/community, issue 2192, and tests of
Ballerina's connector, of Subscribe; FIFO topics, hashicorp/terraform, issue 28632, and terraform-provider-aws, issue
38441; endpoints, LocalStack's recorded test_subscribe_to_sqs_with_queue_url of SQS, reports of "Invalid parameter:
Email address", and for Lambda by analogy. LocalStack 4.9.2 takes all of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.sns import InvalidParameterException

RAW = "RawMessageDelivery"
RAW_PROTOCOLS = ("sqs", "http", "https", "firehose")
EMAIL = (re.compile(r"[^@\s]+@[^@\s]+"), "Email address")
ENDPOINTS = {
    "sqs": (re.compile(r"arn:[^:]+:sqs:.+"), "SQS endpoint ARN"),
    "lambda": (re.compile(r"arn:[^:]+:lambda:.+"), "Lambda endpoint ARN"),
    "email": EMAIL,
    "email-json": EMAIL,
}


def subscribe(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    topic_arn: str,
    protocol: str,
    endpoint: str | None = None,
    attributes: Mapping[str, str] | None = None,
    **more: Any,
) -> Any:
    """`Subscribe`. Raises: InvalidParameterException."""
    if endpoint:
        pattern, what = ENDPOINTS.get(protocol, (None, ""))
        if pattern and not pattern.fullmatch(endpoint):
            raise InvalidParameterException(f"Invalid parameter: {what}")
        if topic_arn.endswith(".fifo") and protocol != "sqs":
            raise InvalidParameterException(f"Invalid parameter: Invalid protocol type: {protocol}")
        if why := _not_raw(protocol, (attributes or {}).get(RAW)):
            raise InvalidParameterException(f"Invalid parameter: Attributes Reason: {why}")
    return original(self, context, topic_arn, protocol, endpoint, attributes, **more)


def set_subscription_attributes(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    subscription_arn: str,
    attribute_name: str,
    attribute_value: str | None = None,
    **more: Any,
) -> Any:
    """`SetSubscriptionAttributes`. Raises: InvalidParameterException."""
    known = self.get_store(account_id=context.account_id, region_name=context.region).subscriptions
    protocol = known[subscription_arn]["Protocol"] if subscription_arn in known else "sqs"
    if attribute_name == RAW and (why := _not_raw(protocol, attribute_value)):
        raise InvalidParameterException(f"Invalid parameter: {why}")
    return original(self, context, subscription_arn, attribute_name, attribute_value, **more)


def _not_raw(protocol: str, value: str | None) -> str:
    """Why messages are not delivered raw; "" if they may be."""
    if (value or "").lower() != "true" or protocol in RAW_PROTOCOLS:
        return ""
    return f"Delivery protocol [{protocol}] does not support raw message delivery."
