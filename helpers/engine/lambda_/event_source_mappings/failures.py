"""Telling a mapping's OnFailure destination of records that were given up: a queue, a topic, a bucket.

Lambda Developer Guide, "Retain discarded batch records for a DynamoDB event source in Lambda" and "… for a Kinesis …"
(2026-11); as the function's role, like everything that a mapping does.
"""

from __future__ import annotations

import json
import logging
import uuid
from datetime import UTC, datetime
from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.lambda_.event_source_mapping.pollers.stream_poller import (
    StreamPoller,
    get_failure_s3_object_key,
)
from localstack.services.lambda_.provider_utils import get_function_version_from_arn
from localstack.utils.aws import arns
from localstack.utils.json import BytesEncoder

from .batches import TOO_OLD, Batch

LOG = logging.getLogger(__name__)


def tell(poller: StreamPoller, mapping: dict[str, Any], shard_id: str, batch: Batch, condition: str) -> None:
    """Send the destination, if there is one, what AWS sends: where the records are, not the records, but for S3."""
    target = ((mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if not target:
        return
    now = datetime.now(UTC)
    events = [record.event for record in batch.records]
    note = poller.create_dlq_event(shard_id, events, _context(mapping, batch, condition), now)
    try:
        _send(mapping, target, note, events, get_failure_s3_object_key(mapping["UUID"], shard_id, now))
    except Exception as error:  # AWS counts a DestinationDeliveryFailures metric, and the note is lost
        LOG.warning("A note of %s to %s was lost: %s", mapping["UUID"], target, error)


def _context(mapping: dict[str, Any], batch: Batch, condition: str) -> dict[str, Any]:
    """Who was called, how often and how that ended.

    Of records that are too old it is always one call, of which nothing is said, as recorded on AWS by LocalStack's
    test_kinesis_maximum_record_age_exceeded (2024-10), whether there were others or none.
    """
    if condition == TOO_OLD:
        called: dict[str, Any] = {"requestId": str(uuid.uuid4()), "functionArn": mapping["FunctionArn"]}
        return {"requestContext": {**called, "condition": condition, "approximateInvokeCount": 1}}
    called, answered = batch.last.context["requestContext"], batch.last.context["responseContext"]
    request = {**called, "condition": condition, "approximateInvokeCount": batch.attempts}
    return {"requestContext": request, "responseContext": answered}


def _send(mapping: dict[str, Any], target: str, note: dict[str, Any], events: list[dict[str, Any]], key: str) -> None:
    function_arn = mapping["FunctionArn"]
    role = connect_to.with_assumed_role(
        role_arn=get_function_version_from_arn(function_arn).config.role,
        service_principal="lambda",
        region_name=arns.extract_region_from_arn(target) or arns.extract_region_from_arn(function_arn),
    )
    origin = {"source_arn": function_arn, "service_principal": "lambda"}
    match target.split(":")[2]:
        case "sqs":
            role.sqs.request_metadata(**origin).send_message(
                QueueUrl=arns.sqs_queue_url_for_arn(target), MessageBody=json.dumps(note)
            )
        case "sns":
            role.sns.request_metadata(**origin).publish(TopicArn=target, Message=json.dumps(note))
        case "s3":
            body = json.dumps({**note, "payload": {"Records": events}}, cls=BytesEncoder)
            role.s3.request_metadata(**origin).put_object(Bucket=arns.s3_bucket_name(target), Key=key, Body=body)
