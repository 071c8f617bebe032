"""What a queue does by itself (SQS API Reference, `PurgeQueue`, 2026-11)."""

import uuid

import pytest
from botocore.exceptions import ClientError


def test_a_queue_is_purged_once_a_minute(client):
    sqs = client("sqs")
    url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    sqs.purge_queue(QueueUrl=url)
    with pytest.raises(ClientError) as refused:
        sqs.purge_queue(QueueUrl=url)
    assert refused.value.response["Error"]["Code"] == "AWS.SimpleQueueService.PurgeQueueInProgress"
