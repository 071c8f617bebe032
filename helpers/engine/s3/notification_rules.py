"""Notification configurations that S3 refuses, and LocalStack keeps: two rules for one object, unknown events.

The sentences are those that S3 answered with, in public reports (minio #2472, aws-cli #2387), or of its API Reference,
PutBucketNotificationConfiguration; the rules are in the S3 User Guide, "Configuring event notifications using object
key name filtering" (2026-11).
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.s3 import Event, InvalidArgument
from localstack.services.s3.notifications import NotificationDispatcher

EVENTS = frozenset(map(str, Event))
NO_EVENT = "A specified event is not supported for notifications."
KINDS = ("QueueConfigurations", "TopicConfigurations", "LambdaFunctionConfigurations")
OVERLAP = "Configurations overlap. Configurations on the same bucket cannot share a common event type."
AMBIGUOUS = (
    "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are "
    "overlapping for the same event type."
)


def verify(
    original: Any,
    self: NotificationDispatcher,
    notification_configurations: dict[str, Any],
    skip_destination_validation: bool,
    context: RequestContext,
    bucket_name: str,
) -> None:
    """Wrap `NotificationDispatcher.verify_configuration`. Raises: InvalidArgument."""
    rules = [rule for kind in KINDS for rule in notification_configurations.get(kind) or ()]
    for rule in rules:
        _check(rule)
    identifiers = [rule["Id"] for rule in rules if rule.get("Id")]
    if len(set(identifiers)) < len(identifiers):
        raise InvalidArgument("Same ID used for multiple configurations. IDs must be unique")
    for one, other in combinations(rules, 2):
        shared = [event for event in one["Events"] if any(_same(event, theirs) for theirs in other["Events"])]
        if not shared:
            continue
        ours, theirs = _filter(one), _filter(other)
        if not ours and not theirs:
            names = ", ".join((*one["Events"], *other["Events"]))
            raise InvalidArgument(OVERLAP, ArgumentName="Event", ArgumentValue=names)
        if _overlap(ours, theirs):
            raise InvalidArgument(AMBIGUOUS)
    original(self, notification_configurations, skip_destination_validation, context, bucket_name)


def _check(rule: dict[str, Any]) -> None:
    """Check one rule. Raises: InvalidArgument."""
    for event in rule["Events"]:
        if event not in EVENTS:
            raise InvalidArgument(NO_EVENT, ArgumentName="Event", ArgumentValue=event)
    parts = ((rule.get("Filter") or {}).get("Key") or {}).get("FilterRules") or ()
    named = [part.get("Name", "").lower() for part in parts]
    for name in ("prefix", "suffix"):
        if named.count(name) > 1:
            raise InvalidArgument(f"Cannot specify more than one {name} rule in a filter.")


def _same(one: str, other: str) -> bool:
    """Whether an event can be of both types: `s3:ObjectCreated:*` has `s3:ObjectCreated:Put` in it."""
    first, second = one.removesuffix("*"), other.removesuffix("*")
    return one == other or (one != first and second.startswith(first)) or (other != second and first.startswith(second))


def _filter(rule: dict[str, Any]) -> dict[str, str]:
    rules = ((rule.get("Filter") or {}).get("Key") or {}).get("FilterRules") or ()
    return {rule.get("Name", "").lower(): rule.get("Value", "") for rule in rules}


def _overlap(one: dict[str, str], other: dict[str, str]) -> bool:
    prefixes = sorted((one.get("prefix", ""), other.get("prefix", "")), key=len)
    suffixes = sorted((one.get("suffix", ""), other.get("suffix", "")), key=len)
    return prefixes[1].startswith(prefixes[0]) and suffixes[1].endswith(suffixes[0])
