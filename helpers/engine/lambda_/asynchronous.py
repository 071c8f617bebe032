"""Asynchronous invocation: retries, event age and dead-letter queues, on a clock with shorter minutes.

AWS waits 1 and then 2 minutes before it retries, and gives up on an event older than `MaximumEventAgeInSeconds`. Here
a minute takes `settings.ASYNC_MINUTE_SECONDS`, for delays (LAMBDA_RETRY_BASE_DELAY, set in `__main__`) and, so that the
two keep their proportion, for ages. What arrives in a dead-letter queue is the event, with three attributes
(Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations", 2026-11).
"""

from __future__ import annotations

import functools
import json
import logging
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from localstack import config
from localstack.aws.connect import connect_to
from localstack.services.lambda_.invocation.event_manager import Poller, SQSInvocation
from localstack.services.lambda_.invocation.internal_sqs_queue import get_fake_sqs_client
from localstack.services.lambda_.invocation.lambda_models import EventInvokeConfig, InvocationResult
from localstack.utils.aws import arns

from .. import settings
from . import metrics

LOG = logging.getLogger(__name__)
MAX_AGE_SECONDS = 6 * 60 * 60  # what a function has when it configures none
WAIT_SECONDS = 2  # for an event, before looking whether to stop
MESSAGE_BYTES = 1024  # of the error message, in the attribute


_latest: weakref.WeakValueDictionary[str, Poller] = weakref.WeakValueDictionary()  # by the URL of the queue


def init(original: Callable[..., None], self: Poller, version_manager: Any, event_queue_url: str) -> None:
    """Wrap `Poller.__init__`: end the previous poller of the same queue at once.

    LocalStack stops that one later, in the background: an event sent then still met the old configuration.
    """
    original(self, version_manager, event_queue_url)
    before = _latest.get(event_queue_url)
    if before is not None:
        before._shutdown_event.set()
    _latest[event_queue_url] = self


def run(self: Poller, *_: object) -> None:
    """Replace `Poller.run`: take events from the function's queue until stopped.

    LocalStack's own loop keeps what it receives while it is being stopped, and so does the pool that was given an
    event and has not begun with it: an event sent within 2 s of a change to the function's configuration then waited
    for more than a minute. This one gives it back, for the loop that follows.
    """
    queue = get_fake_sqs_client().queue_manager.get_queue(self.event_queue_url)
    hidden = self.version_manager.function_version.config.timeout + 60

    def give_back(handle: str) -> None:
        queue.update_visibility_timeout(handle, 0)

    def give_back_cancelled(handle: str, begun: Future[Any]) -> None:
        if begun.cancelled():
            give_back(handle)

    while not self._shutdown_event.is_set():
        received = queue.receive(num_messages=10, wait_time_seconds=WAIT_SECONDS, visibility_timeout=hidden)
        for message, handle in zip(received.successful, received.receipt_handles, strict=True):
            if self._shutdown_event.is_set():
                give_back(handle)
                continue
            event = {"Body": message.message["Body"], "ReceiptHandle": handle}
            try:
                begun = self.invoker_pool.submit(self.handle_message, event)
            except RuntimeError:  # the pool was stopped just now
                give_back(handle)
                continue
            begun.add_done_callback(functools.partial(give_back_cancelled, handle))


def has_enough_time_for_retry(sqs_invocation: SQSInvocation, event_invoke_config: EventInvokeConfig | None) -> bool:
    """Return whether the event will still be within its maximum age at the next attempt."""
    event, configured = sqs_invocation, event_invoke_config and event_invoke_config.maximum_event_age_in_seconds
    most = (configured or MAX_AGE_SECONDS) * settings.ASYNC_MINUTE_SECONDS / 60
    age = (datetime.now() - event.invocation.invoke_time).total_seconds()
    return age + (event.retries + 1) * config.LAMBDA_RETRY_BASE_DELAY_SECONDS <= most


def process_dead_letter_queue(self: Poller, sqs_invocation: SQSInvocation, invocation_result: InvocationResult) -> None:
    """Send the event to the function's dead-letter queue, with the RequestID of its invocation."""
    function = self.version_manager.function_version
    target = function.config.dead_letter_arn
    if not target:
        return
    attributes = {
        "RequestID": {"DataType": "String", "StringValue": sqs_invocation.invocation.request_id},
        "ErrorCode": {"DataType": "Number", "StringValue": "200"},
    }
    if message := error_message(invocation_result.payload):
        attributes["ErrorMessage"] = {"DataType": "String", "StringValue": message}
    # AWS writes as the function's role, as it does for its logs.
    role = connect_to.with_assumed_role(
        role_arn=function.config.role, service_principal="lambda", region_name=arns.extract_region_from_arn(target)
    )
    origin = {"source_arn": function.id.unqualified_arn(), "service_principal": "lambda"}
    body = sqs_invocation.invocation.payload.decode()
    try:
        if ":sqs:" in target:
            role.sqs.request_metadata(**origin).send_message(
                QueueUrl=arns.sqs_queue_url_for_arn(target), MessageBody=body, MessageAttributes=attributes
            )
        else:
            role.sns.request_metadata(**origin).publish(TopicArn=target, Message=body, MessageAttributes=attributes)
    except Exception as error:  # AWS counts it, and the event is lost
        metrics.count(metrics.source(function.id, sqs_invocation.invocation.invoked_arn), "DeadLetterErrors")
        LOG.warning("A dead letter of %s was lost: %s", function.id.function_name, error)


def error_message(payload: bytes | None) -> str:
    """Return the first 1 KB of the function's error message, "" if the function never ran."""
    try:
        text = str(json.loads(payload or b"{}").get("errorMessage") or "")
    except (ValueError, AttributeError):
        return ""
    return text.encode()[:MESSAGE_BYTES].decode(errors="ignore")
