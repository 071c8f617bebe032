"""Delivery of log events to functions, Kinesis and Firehose streams that subscribed to their group.

CloudWatch Logs User Guide, "Subscription filters with AWS Lambda" and "… with Amazon Kinesis Data Streams" (2026-11).
A function is invoked asynchronously by logs.amazonaws.com, for the source ARN `…:log-group:NAME:*`.
"""

from __future__ import annotations

import base64
import gzip
import json
import logging
import time
from typing import Any

from localstack.aws.connect import connect_to
from moto.logs.models import LogGroup, LogStream, SubscriptionFilter

from .filter_patterns.patterns import parse
from .stored_events import StoredEvent

LOG = logging.getLogger(__name__)
STREAMS = ("kinesis", "firehose")


def deliver(stream: LogStream, events: list[StoredEvent]) -> None:
    """Deliver what each subscription filter of the group lets pass."""
    for one in list(stream.log_group.subscription_filters.values()):
        read = parse(one.filter_pattern or "")
        passing = [event for event in events if read(event.message) is not None]
        if passing:
            try:
                _send(stream.log_group, one, _message(stream, one, passing))
            except Exception as error:  # no permission any more, or gone: AWS says so in metrics only
                LOG.info("Log events of %s were not delivered: %s", stream.log_group.name, error)


def control_message(kind: str) -> bytes:
    """What a stream gets to see whether it can be reached."""
    text = f"CWL CONTROL MESSAGE: Checking health of destination {kind}."
    event = {"id": "", "timestamp": int(time.time() * 1000), "message": text}
    return _packed("CONTROL_MESSAGE", "CloudwatchLogs", "", "", [], [event])


def client(group: LogGroup, destination: str) -> Any:
    """A client of the destination's service, for CloudWatch Logs on behalf of the group."""
    service, region, account = destination.split(":")[2:5]
    made = connect_to(aws_access_key_id=account, region_name=region)
    return getattr(made, {"lambda": "lambda_"}.get(service, service)).request_metadata(
        source_arn=f"{group.arn}:*", service_principal="logs"
    )


def put_record(group: LogGroup, destination: str, role: str, data: bytes) -> None:
    """Put a record into a stream, with a role that CloudWatch Logs assumes."""
    service, region = destination.split(":")[2:4]
    clients = connect_to.with_assumed_role(role_arn=role, service_principal="logs", region_name=region)
    name = destination.rpartition("/")[2]
    if service == "kinesis":
        clients.kinesis.put_record(StreamName=name, Data=data, PartitionKey=group.name)
    else:
        clients.firehose.put_record(DeliveryStreamName=name, Record={"Data": data})


def _send(group: LogGroup, one: SubscriptionFilter, data: bytes) -> None:
    if one.destination_arn.split(":")[2] in STREAMS:
        put_record(group, one.destination_arn, one.role_arn, data)
        return
    event = {"awslogs": {"data": base64.b64encode(data).decode()}}
    client(group, one.destination_arn).invoke(
        FunctionName=one.destination_arn, InvocationType="Event", Payload=json.dumps(event)
    )


def _message(stream: LogStream, one: SubscriptionFilter, events: list[StoredEvent]) -> bytes:
    shown = [{"id": event.written_id, "timestamp": event.timestamp, "message": event.message} for event in events]
    return _packed("DATA_MESSAGE", stream.account_id, stream.log_group.name, stream.log_stream_name, [one.name], shown)


def _packed(
    kind: str, owner: str, group: str, stream: str, filters: list[str], events: list[dict[str, object]]
) -> bytes:
    message = {
        "messageType": kind,
        "owner": owner,
        "logGroup": group,
        "logStream": stream,
        "subscriptionFilters": filters,
        "logEvents": events,
    }
    return gzip.compress(json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode())
