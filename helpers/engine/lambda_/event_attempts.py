"""One attempt at an asynchronous event, and what becomes of the event: delivered, tried again, or dropped.

    attempt ── succeeded ──> on-success destination
       │  └─── failed ─────> another attempt, in 1 and then 2 minutes ──> RetriesExhausted
       └────── throttled ──> another attempt, soon, as often as the event's age allows ──> EventAgeExceeded
               reserved concurrency 0 ────────────────────────────────────────────────> ZeroReservedConcurrency
               a recursive loop ──────────────────────────────────────────────────────> RecursiveInvocation

What is dropped goes to the on-failure destination and to the dead-letter queue. Sources: Lambda Developer Guide, "How
Lambda handles errors and retries with asynchronous invocation", "Adding a destination", "Types of metrics" (2026-11).

LocalStack 4.9.2 takes the configuration of the version where an alias was invoked, and loses an event that was
throttled until it was too old.
"""

from __future__ import annotations

import copy
import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from localstack import config
from localstack.aws.api.lambda_ import InvalidParameterValueException, RecursiveInvocationException
from localstack.aws.connect import connect_to
from localstack.services.lambda_.invocation.event_manager import Poller, SQSInvocation
from localstack.services.lambda_.invocation.internal_sqs_queue import get_fake_sqs_client
from localstack.services.lambda_.invocation.lambda_models import EventInvokeConfig, InvocationResult
from localstack.utils.aws import arns
from localstack.utils.aws.message_forwarding import send_event_to_target
from localstack.utils.time import timestamp_millis
from localstack.utils.xray.trace_header import TraceHeader

from .. import lineage
from . import asynchronous, metrics

LOG = logging.getLogger(__name__)
RETRIES = 2  # what a function has when it configures none


def handle_message(self: Poller, message: dict[str, Any]) -> None:
    """Replace `Poller.handle_message`: one attempt at the event in a message of the function's queue."""
    try:
        attempt(self, SQSInvocation.decode(message["Body"]))
    except Exception as error:  # of ours or LocalStack's: the next event must not wait for it
        LOG.warning("An event of %s was lost: %s", self.version_manager.function_arn, error, exc_info=True)
    finally:
        get_fake_sqs_client().delete_message(QueueUrl=self.event_queue_url, ReceiptHandle=message["ReceiptHandle"])


def attempt(poller: Poller, event: SQSInvocation) -> None:
    """Invoke the function with an event, and see to what follows from the result."""
    manager = poller.version_manager
    of = metrics.source(manager.function_version.id, event.invocation.invoked_arn)
    configured = manager.function.event_invoke_configs.get(of.qualifier or "$LATEST")
    age = datetime.now() - event.invocation.invoke_time
    metrics.count(of, "AsyncEventAge", age.total_seconds() * 1000)
    result, refused = None, None
    context = event.invocation.trace_context
    trace = copy.copy(context.get("aws_trace_header") or TraceHeader())
    try:
        # Each attempt writes itself into the trace: the next begins with what the first began with.
        context = {**context, "aws_trace_header": trace}
        result = manager.invoke(invocation=replace(event.invocation, trace_context=context))
    except Exception as error:  # throttled, or the service failed: the function did not run
        refused = error
    if result and not result.is_error:
        deliver(poller, event, result, configured, "Success", trace.to_header_str())
    elif condition := drops(event, result, configured, manager.function.reserved_concurrent_executions, refused):
        metrics.count(of, "AsyncEventsDropped")
        deliver(poller, event, result, configured, condition, trace.to_header_str())
        poller.process_dead_letter_queue(event, result or InvocationResult(event.invocation.request_id, b"", True, ""))
    elif result:
        event.retries += 1
        get_fake_sqs_client().send_message(
            QueueUrl=poller.event_queue_url,
            MessageBody=event.encode(),
            DelaySeconds=event.retries * config.LAMBDA_RETRY_BASE_DELAY_SECONDS,
        )
    else:
        poller.process_throttles_and_system_errors(event, refused)


def drops(
    event: SQSInvocation,
    result: InvocationResult | None,
    configured: EventInvokeConfig | None,
    reserved: int | None,
    refused: Exception | None = None,
) -> str:
    """Why an event is not tried again, as a record of it says; "" if it is.

    What AWS's record says of a recursive loop, no source tells: it is named after the exception.
    """
    if isinstance(refused, RecursiveInvocationException):
        return "RecursiveInvocation"
    if reserved == 0:
        return "ZeroReservedConcurrency"
    retries = RETRIES if configured is None else configured.maximum_retry_attempts
    if result and event.retries >= (RETRIES if retries is None else retries):
        return "RetriesExhausted"
    return "" if asynchronous.has_enough_time_for_retry(event, configured) else "EventAgeExceeded"


def deliver(
    poller: Poller,
    event: SQSInvocation,
    result: InvocationResult | None,
    configured: EventInvokeConfig | None,
    condition: str,
    trace: str = "",
) -> None:
    """Send a record of an event to the destination for its condition, if there is one.

    A function there is in the event's trace; a queue's message has no trace header (LocalStack's snapshot
    `test_maxeventage`, recorded on AWS).
    """
    kind = "Success" if condition == "Success" else "Failure"
    destinations = (configured and configured.destination_config) or {}
    target = destinations.get(f"On{kind}", {}).get("Destination")
    if not target:
        return
    version = poller.version_manager.function_version
    sent = record(event, result, version.qualified_arn, version.id.qualifier, condition)
    try:
        if ":s3:::" in target:
            put_object(target.rpartition(":")[2], sent, version)
        elif ":events:" in target:
            put_event(target, sent, version, f"Lambda Function Invocation Result - {kind}")
        else:
            with lineage.handed_on(trace if ":lambda:" in target else None):
                send_event_to_target(
                    target_arn=target,
                    event=sent,
                    role=version.config.role,
                    source_arn=version.id.unqualified_arn(),
                    source_service="lambda",
                )
    except Exception as error:  # AWS counts it, and the record is lost
        metrics.count(metrics.source(version.id, event.invocation.invoked_arn), "DestinationDeliveryFailures")
        LOG.warning("A record of %s could not be sent to %s: %s", version.id.function_name, target, error)


def record(
    event: SQSInvocation, result: InvocationResult | None, function_arn: str, executed_version: str, condition: str
) -> dict[str, Any]:
    """What a destination is sent. Without a response, if the function did not run."""
    tried = event.retries + (condition not in ("ZeroReservedConcurrency", "RecursiveInvocation"))
    sent: dict[str, Any] = {
        "version": "1.0",
        "timestamp": timestamp_millis(),
        "requestContext": {
            "requestId": event.invocation.request_id,
            "functionArn": function_arn,
            "condition": condition,
            "approximateInvokeCount": tried,
        },
        "requestPayload": json.loads(event.invocation.payload),
    }
    if result:
        failed = {"functionError": "Unhandled"} if result.is_error else {}
        sent["responseContext"] = {"statusCode": 200, "executedVersion": executed_version, **failed}
        sent["responsePayload"] = json.loads(result.payload or b"null")
    return sent


def validate_destinations(
    original: Callable[..., None], self: Any, store: Any, function_name: str, destination_config: dict[str, Any]
) -> None:
    """Wrap `LambdaProvider._validate_destination_config`: failures may go to a bucket (since November 2024).

    Queues and topics have to be standard ones (Developer Guide, "Capturing records of Lambda asynchronous invocations",
    2026-11; the code in github.com/aws/aws-cdk/issues/13793, the words as for other ARNs). Raises:
    InvalidParameterValueException.
    """
    for kind in destination_config.values():
        if (target := str((kind or {}).get("Destination") or "")).endswith(".fifo"):
            raise InvalidParameterValueException(f"The destination ARN {target} is invalid.", Type="User")
    failure = (destination_config.get("OnFailure") or {}).get("Destination") or ""
    if ":s3:::" in failure:
        destination_config = {name: value for name, value in destination_config.items() if name != "OnFailure"}
    original(self, store, function_name, destination_config)


def put_event(bus: str, sent: dict[str, Any], version: Any, detail_type: str) -> None:
    """Put a record on an event bus. Its resources are bus and function (LocalStack's snapshot, recorded in 2024)."""
    events = connect_to.with_assumed_role(
        role_arn=version.config.role, service_principal="lambda", region_name=arns.extract_region_from_arn(bus)
    ).events.request_metadata(source_arn=version.id.unqualified_arn(), service_principal="lambda")
    entry = {"Source": "lambda", "DetailType": detail_type, "Detail": json.dumps(sent), "EventBusName": bus}
    events.put_events(Entries=[{**entry, "Resources": [bus, sent["requestContext"]["functionArn"]]}])


def put_object(bucket: str, sent: dict[str, Any], version: Any) -> None:
    """Put a record into a bucket, under the key that AWS chooses."""
    s3 = connect_to.with_assumed_role(
        role_arn=version.config.role, service_principal="lambda", region_name=version.id.region
    ).s3
    now = datetime.now(UTC)
    name = version.id.function_name
    key = f"aws/lambda/async/{name}/{now:%Y/%m/%d}/{now:%Y-%m-%dT%H.%M.%S}-{uuid.uuid4()}"
    s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(sent).encode())
