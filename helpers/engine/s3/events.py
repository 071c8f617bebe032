"""What S3 says of an object in its events, to queues, topics, functions and to EventBridge.

LocalStack 4.9.2 writes a space in a key as %20, the same sequencer into every event, the engine's local time with a Z,
and made-up callers.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from localstack.aws.api import RequestContext
from localstack.services.s3.models import S3Bucket, S3DeleteMarker, S3Object
from localstack.services.s3.notifications import S3EventNotificationContext

from .. import lineage


def event_of_request(
    original: Any, request_context: RequestContext, s3_bucket: S3Bucket, s3_object: S3Object | S3DeleteMarker
) -> S3EventNotificationContext:
    """Wrap `S3EventNotificationContext.from_request_context_native`: the key as events have it, the time in UTC.

    A key is URL-encoded as HTML forms are, with + for a space (S3 User Guide, "Event message structure", 2026-11).
    """
    event = original(request_context, s3_bucket, s3_object)
    event.key_name = encoded(s3_object.key)
    event.event_time = datetime.now(UTC)
    return event


def encoded(key: str) -> str:
    """A key as events have it: letters, digits and `-_./*` as they are, a space as +, bytes of UTF-8 as %XX."""
    return quote_plus(key, safe="/*").replace("~", "%7E")


def record(original: Any, ctx: S3EventNotificationContext, config_id: str) -> dict[str, Any]:
    """Wrap `BaseNotifier._get_event_payload`: a sequencer that grows, and the request's own id.

    The sequencer of a later event on a key is the greater text ("Event message structure", 2026-11).
    """
    payload = original(ctx, config_id)
    for entry in payload["Records"]:
        entry["responseElements"]["x-amz-request-id"] = ctx.request_id
        if "sequencer" in entry["s3"]["object"]:
            entry["s3"]["object"]["sequencer"] = sequencer(ctx)
    return payload


def event_bridge_entry(original: Any, ctx: S3EventNotificationContext, config_id: str | None = None) -> dict[str, Any]:
    """Wrap `EventBridgeNotifier._get_event_payload`: there a key is not encoded, and `requester` is who asked.

    `reason` is the name of the operation (S3 User Guide, "EventBridge event message structure", 2026-11).
    """
    entry = original(ctx, config_id)
    detail = json.loads(entry["Detail"])
    detail["object"]["key"] = unquote_plus(ctx.key_name)
    if "sequencer" in detail["object"]:
        detail["object"]["sequencer"] = sequencer(ctx)
    detail["requester"] = ctx.caller
    if "reason" in detail:
        detail["reason"] = detail["reason"].removeprefix("s3:ObjectCreated:")
    return {**entry, "Detail": json.dumps(detail)}


def notify(original: Any, self: Any, ctx: S3EventNotificationContext, config: Any) -> None:
    """Wrap `notify` of what notifies functions and topics: the trace header of the request goes on to them.

    X-Ray Developer Guide, "Amazon S3" (2026-11); LocalStack does so for queues.
    """
    with lineage.handed_on(ctx.xray):
        original(self, ctx, config)


def sequencer(ctx: S3EventNotificationContext) -> str:
    """Eighteen hexadecimal digits that grow with time: seconds, then microseconds."""
    moment: datetime = ctx.event_time
    return f"00{int(moment.timestamp()):08X}{moment.microsecond:08X}"
