"""Which service sent an event, by the looks of it (Lambda Developer Guide, the chapters of the services, 2026-11)."""

from collections.abc import Mapping
from typing import Any

# What records call their source: S3, SQS, Kinesis and DynamoDB in `eventSource`, SNS in `EventSource`.
RECORDS = {
    "aws:s3": "S3",
    "aws:sns": "SNS",
    "aws:sqs": "SQS",
    "aws:kinesis": "Kinesis",
    "aws:dynamodb": "DynamoDB stream",
}
EVENT_BRIDGE, SCHEDULER, DIRECT = "EventBridge", "Scheduler", "Invoke"
POLLED = ("SQS", "Kinesis", "DynamoDB stream")  # by Lambda; the others push
ORDER = (DIRECT, "S3", EVENT_BRIDGE, "SNS", SCHEDULER, *POLLED)


def source_of(event: object) -> str:
    """Return the name of an event's source, "Invoke" if it is none of AWS's: somebody made it up and called."""
    if not isinstance(event, Mapping):
        return DIRECT
    if "detail-type" in event:
        return SCHEDULER if event.get("source") == "aws.scheduler" else EVENT_BRIDGE
    records: Any = event.get("Records")
    first = records[0] if isinstance(records, list) and records else None
    said = (first.get("eventSource") or first.get("EventSource")) if isinstance(first, Mapping) else None
    return RECORDS.get(str(said), DIRECT)
