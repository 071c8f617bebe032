"""Evidence from made-up events: one upload as S3, EventBridge, SNS, SQS and Kinesis tell a function of it.

With the fields that are needed to find the key, as the Lambda Developer Guide shows the events (chapters "Amazon S3",
"Amazon SNS", "Amazon SQS", "Kinesis") and the S3 User Guide that of EventBridge (2026-11).
"""

import json
from base64 import b64encode
from typing import Any
from urllib.parse import quote_plus


def s3_event(bucket: str, key: str) -> dict[str, Any]:
    """Return the event that S3 sends: the key is URL-encoded."""
    told = {"bucket": {"name": bucket}, "object": {"key": quote_plus(key, safe="/*"), "size": 1024}}
    return {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": told}]}


def event_bridge_event(bucket: str, key: str, size: int = 1024, detail_type: str = "Object Created") -> dict[str, Any]:
    """Return the event that S3 sends to EventBridge: the key is as it is."""
    detail = {"bucket": {"name": bucket}, "object": {"key": key, "size": size}, "reason": "PutObject"}
    return {
        "version": "0",
        "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": detail_type,
        "source": "aws.s3",
        "account": "123456789012",
        "time": "2026-11-01T12:00:00Z",
        "region": "us-east-1",
        "resources": [f"arn:aws:s3:::{bucket}"],
        "detail": detail,
    }


def every_event(bucket: str, key: str) -> dict[str, dict[str, Any]]:
    """Return {source: event}; SNS, SQS and Kinesis carry the event of EventBridge."""
    event = event_bridge_event(bucket, key)
    text = json.dumps(event)
    records = {
        "SNS": {"EventSource": "aws:sns", "Sns": {"Type": "Notification", "Message": text}},
        "SQS": {"eventSource": "aws:sqs", "messageId": "1", "body": text},
        "Kinesis": {"eventSource": "aws:kinesis", "kinesis": {"data": b64encode(text.encode()).decode()}},
    }
    wrapped = {source: {"Records": [record]} for source, record in records.items()}
    return {"S3": s3_event(bucket, key), "EventBridge": event, **wrapped}


def big_and_others(name: str) -> list[tuple[str, dict[str, Any], bool]]:
    """Return (words, event, whether it is of a new picture of more than 1,000,000 bytes); keys are made of `name`."""
    made, bucket = event_bridge_event, f"bucket-{name}"
    key, big = f"{name}/{name}", 1_000_001
    return [
        ("a new .png of 1,000,001 bytes", made(bucket, f"{key}.png", big), True),
        ("a new .jpg of 5,000,000 bytes", made(bucket, f"{key}.jpg", 5_000_000), True),
        ("a new .png of 1,000,000 bytes", made(bucket, f"{key}.png", 1_000_000), False),
        ("a new .txt of 1,000,001 bytes", made(bucket, f"{key}.txt", big), False),
        ("a new .png.zip of 1,000,001 bytes", made(bucket, f"{key}.png.zip", big), False),
        ("a deleted .png", made(bucket, f"{key}.png", big, "Object Deleted"), False),
        ("an event of another source", {**made(bucket, f"{key}.png", big), "source": f"lab.{name}"}, False),
    ]
