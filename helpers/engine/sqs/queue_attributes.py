"""The attributes of a queue: ranges, policies, and a dead-letter queue that there is.

SQS API Reference, CreateQueue and SetQueueAttributes (2026-11); sizes up to 1 MiB since August 2025. The texts are from
public reports (Terraform, up to 2025); of a queue that a dead-letter queue does not admit from memory. LocalStack 4.9.2
keeps whatever it is given, and fails when it reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.sqs.models import SqsQueue, sqs_stores

RANGES = {
    "DelaySeconds": (0, 900),
    "KmsDataKeyReusePeriodSeconds": (60, 86_400),
    "MaximumMessageSize": (1_024, 1_048_576),
    "MessageRetentionPeriod": (60, 1_209_600),
    "ReceiveMessageWaitTimeSeconds": (0, 20),
    "VisibilityTimeout": (0, 43_200),
}
CHOICES = {
    "ContentBasedDeduplication": ("true", "false"),
    "DeduplicationScope": ("messageGroup", "queue"),
    "FifoThroughputLimit": ("perQueue", "perMessageGroupId"),
    "SqsManagedSseEnabled": ("true", "false"),
}
PERMISSIONS = ("allowAll", "denyAll", "byQueue")
MOST_RECEIVED = 1_000


def refuse_attributes(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before SQS. Raises: InvalidAttributeValue or InvalidParameterValue (400)."""
    request = context.service_request or {}
    attributes = request.get("Attributes") or {}
    for name, value in attributes.items():
        if not _acceptable(name, value):
            raise _error("InvalidAttributeValue", f"Invalid value for the parameter {name}.")
    if policy := attributes.get("RedrivePolicy"):
        name = request.get("QueueName") or str(request.get("QueueUrl", "")).rpartition("/")[2]
        arn = f"arn:{context.partition}:sqs:{context.region}:{context.account_id}:{name}"
        if why := _wrong_redrive(policy, arn):
            text = f"Value {policy} for parameter RedrivePolicy is invalid. Reason: {why}"
            raise _error("InvalidParameterValue", text)


def _acceptable(name: str, value: str) -> bool:
    if name in RANGES:
        low, high = RANGES[name]
        return value.isascii() and value.isdecimal() and low <= int(value) <= high
    if name in CHOICES:
        return value.lower() in map(str.lower, CHOICES[name])
    if name in ("Policy", "RedriveAllowPolicy") and value:
        document = _read(value)
        if document is None:
            return False
        return name == "Policy" or _sources_can_be(document)
    return True


def _sources_can_be(document: Mapping[str, Any]) -> bool:
    """Whether a RedriveAllowPolicy is one: `sourceQueueArns`, up to ten, belong to `byQueue` and to nothing else."""
    permission, sources = document.get("redrivePermission"), document.get("sourceQueueArns")
    if permission not in PERMISSIONS:
        return False
    return isinstance(sources, list) and 1 <= len(sources) <= 10 if permission == "byQueue" else sources is None


def _wrong_redrive(policy: str, source: str) -> str:
    """What is wrong with the redrive policy of the queue `source`, "" if nothing is."""
    document = _read(policy)
    if document is None:
        return "Redrive policy is not a valid JSON map."
    for name in ("deadLetterTargetArn", "maxReceiveCount"):
        if document.get(name) in (None, ""):
            return f"Redrive policy does not contain mandatory attribute: {name}."
    count = str(document["maxReceiveCount"])
    if not count.isdecimal() or not 1 <= int(count) <= MOST_RECEIVED:
        return f"Invalid value for maxReceiveCount: {count}, valid values are from 1 to {MOST_RECEIVED} both inclusive."
    queue = _queue(str(document["deadLetterTargetArn"]))
    if queue is None:
        return "Dead letter target does not exist."
    if queue.name.endswith(".fifo") != source.endswith(".fifo"):
        return "Dead-letter queue must be same type of queue as the source.."  # with both dots
    allowed = _read(queue.attributes.get("RedriveAllowPolicy") or "{}") or {}
    if allowed.get("redrivePermission") == "denyAll" or (
        allowed.get("redrivePermission") == "byQueue" and source not in allowed.get("sourceQueueArns", ())
    ):
        return "Dead-letter queue does not allow this queue to use it."
    return ""


def _queue(arn: str) -> SqsQueue | None:
    parts = arn.split(":")
    if len(parts) != 6 or parts[2] != "sqs" or parts[4] not in sqs_stores:
        return None
    return sqs_stores[parts[4]][parts[3]].queues.get(parts[5])


def _read(text: str) -> dict[str, Any] | None:
    try:
        document = json.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def _error(code: str, message: str) -> CommonServiceException:
    return CommonServiceException(code, message, 400, True)
