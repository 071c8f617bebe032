"""Events that a target does not take: they are tried again, and then go to the target's dead-letter queue.

EventBridge tries again for 24 hours and up to 185 times, with exponential back-off and jitter, or as a target's
`RetryPolicy` says; not at all where permissions or the target itself are missing. A message in the queue is the event,
and its attributes say what happened (EventBridge User Guide, "Retrying event delivery", "Using dead-letter queues",
2026-11). LocalStack 4.9.2 keeps both settings and forgets the event.

The first attempt is made by whoever sends the event, as in LocalStack; the others by a timer.
"""

from __future__ import annotations

import copy
import json
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from localstack.aws.connect import connect_to
from localstack.services.events.models import FormattedEvent
from localstack.services.events.target import TargetSender
from localstack.utils.aws.arns import extract_region_from_arn, sqs_queue_url_for_arn
from localstack.utils.aws.client_types import ServicePrincipal

LOG = logging.getLogger(__name__)

MAXIMUM_ATTEMPTS = 185  # retries
MAXIMUM_AGE = 86_400  # seconds
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0  # seconds; AWS does not say how long it waits

# Errors of services that trying again does not mend, and what the dead-letter queue is told.
PERMANENT = {
    "AccessDenied": "NO_PERMISSIONS",
    "AccessDeniedException": "NO_PERMISSIONS",
    "AuthorizationError": "NO_PERMISSIONS",
    "AuthorizationErrorException": "NO_PERMISSIONS",
    "AWS.SimpleQueueService.NonExistentQueue": "NO_RESOURCE",
    "ExecutionAlreadyExists": "RESOURCE_ALREADY_EXISTS",
    "InvalidParameterValueException": "INVALID_PARAMETER",
    "NotFound": "NO_RESOURCE",
    "NotFoundException": "NO_RESOURCE",
    "QueueDoesNotExist": "NO_RESOURCE",
    "ResourceNotFoundException": "NO_RESOURCE",
    "StateMachineDoesNotExist": "NO_RESOURCE",
    "ValidationException": "INVALID_PARAMETER",
}


class RefusedError(Exception):
    """A target that is no AWS service answered with an error. `code` is EventBridge's; `again` whether to try again."""

    def __init__(self, code: str, message: str, again: bool):
        super().__init__(message)
        self.code, self.again = code, again


@dataclass(slots=True)
class Delivery:
    """An event on its way to a target: `send` tries once and raises what went wrong."""

    sender: TargetSender
    event: FormattedEvent
    send: Callable[[], None]
    began: float
    retries: int = 0

    def failed(self, error: Exception) -> None:
        """Try again later, or give up."""
        code, again = kind_of(error)
        policy = self.sender.target.get("RetryPolicy") or {}
        condition = self.exhausted(policy) if again else ""
        if again and not condition:
            wait = random.uniform(0.5, 1) * min(FIRST_WAIT * 2**self.retries, LONGEST_WAIT)
            timer = threading.Timer(wait, self.retry)
            timer.daemon = True
            timer.start()
            return
        try:
            self.to_dead_letter_queue(code, str(error), condition)
        except (ClientError, BotoCoreError) as refused:
            LOG.info("Event lost: the dead-letter queue of %s did not take it: %s", self.sender.target_id, refused)

    def retry(self) -> None:
        """Try once more."""
        self.retries += 1
        try:
            self.send()
        except Exception as error:
            self.failed(error)

    def exhausted(self, policy: dict[str, int]) -> str:
        """Which limit of the policy is reached; "" if none."""
        if self.retries >= policy.get("MaximumRetryAttempts", MAXIMUM_ATTEMPTS):
            return "MaximumRetryAttempts"
        age = time.monotonic() - self.began
        return "MaximumEventAgeInSeconds" if age >= policy.get("MaximumEventAgeInSeconds", MAXIMUM_AGE) else ""

    def to_dead_letter_queue(self, code: str, message: str, condition: str) -> None:
        """Send the event as it arrived to the queue, if the target has one. Raises: what SQS answers."""
        queue = (self.sender.target.get("DeadLetterConfig") or {}).get("Arn")
        if not queue:
            return
        attributes = {
            "RULE_ARN": self.sender.rule_arn,
            "TARGET_ARN": self.sender.arn,
            "ERROR_CODE": code,
            "ERROR_MESSAGE": message,
            "RETRY_ATTEMPTS": str(self.retries),
            **({"EXHAUSTED_RETRY_CONDITION": condition} if condition else {}),
        }
        sqs = connect_to(region_name=extract_region_from_arn(queue)).sqs.request_metadata(
            service_principal=ServicePrincipal.events, source_arn=self.sender.rule_arn
        )
        sqs.send_message(
            QueueUrl=sqs_queue_url_for_arn(queue),
            MessageBody=json.dumps(self.event),
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in attributes.items() if value
            },
        )


def process_event(original: Any, self: TargetSender, event: FormattedEvent, trace_header: Any) -> None:
    """Wrap `TargetSender.process_event`: see to what the target does not take. Raises: what the first attempt did.

    `event`: a rule with a schedule gives its target's `Input` instead, which may be any JSON. The trace goes on without
    its lineage: of circles, Lambda sees those through Lambda, SQS, SNS and S3 (`lambda_.recursion`).
    """
    trace_header = copy.copy(trace_header)
    trace_header._lineage = None
    arrived = copy.copy(event)
    if isinstance(arrived, dict):
        arrived.pop("event-bus-name", None)

    def send() -> None:
        original(self, copy.copy(event), trace_header)

    delivery = Delivery(self, arrived, send, time.monotonic())
    try:
        send()
    except Exception as error:
        delivery.failed(error)
        raise


def kind_of(error: Exception) -> tuple[str, bool]:
    """EventBridge's code of an error, and whether it tries again."""
    if isinstance(error, RefusedError):
        return error.code, error.again
    if isinstance(error, ClientError):
        code = error.response["Error"]["Code"]
        if code in PERMANENT:
            return PERMANENT[code], False
        throttled = "Throttl" in code or code == "TooManyRequestsException"
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
        return ("THROTTLING" if throttled else "SDK_CLIENT_ERROR"), throttled or status >= 500
    return "UNKNOWN", False
