"""Rows for DynamoDB Streams, imported and applied when it is first used."""

from __future__ import annotations

from ..dynamodb import stream_reading
from ..patching import Patch

BACKEND = "moto.dynamodbstreams.models:DynamoDBStreamsBackend"

ROWS = (
    Patch(
        f"{BACKEND}.describe_stream",
        stream_reading.describe_stream,
        "c4a0d4e858cf",
        "answers for streams that are not there",
    ),
    Patch(f"{BACKEND}.get_shard_iterator", stream_reading.get_shard_iterator, "c4f493589190", "keeps every iterator"),
    Patch(f"{BACKEND}.get_records", stream_reading.get_records, "db8c6cb04430", "the same"),
)
