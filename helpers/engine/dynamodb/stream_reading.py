"""Reading a table's stream.

moto keeps every iterator that it has given out, each with the shard that it found: a stream that is polled four times a
second for an hour takes 20 MB, and after a transaction that failed, which puts back copies of all tables, they look at
shards that no write reaches. Here an iterator says where it stands, and the shard is looked up.
"""

from __future__ import annotations

import base64
import binascii
from types import SimpleNamespace
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.dynamodb.models.table import StreamShard, Table
from moto.dynamodbstreams.models import DynamoDBStreamsBackend


def describe_stream(self: DynamoDBStreamsBackend, arn: str) -> dict[str, Any]:
    """Replace `DynamoDBStreamsBackend.describe_stream`. Raises: ResourceNotFoundException."""
    table, shard = find(self, arn)
    enabled = bool((table.stream_specification or {}).get("StreamEnabled"))
    return {
        "StreamArn": arn,
        "StreamLabel": table.latest_stream_label,
        "StreamStatus": "ENABLED" if enabled else "DISABLED",
        "StreamViewType": (table.stream_specification or {}).get("StreamViewType"),
        "CreationRequestDateTime": shard.created_on,
        "TableName": table.name,
        "KeySchema": table.schema,
        "Shards": [shard.to_json()],
    }


def get_shard_iterator(
    self: DynamoDBStreamsBackend,
    arn: str,
    shard_id: str,
    shard_iterator_type: str,
    sequence_number: int | None = None,
) -> SimpleNamespace:
    """Replace `DynamoDBStreamsBackend.get_shard_iterator`: the iterator as `arn`, as moto's answer takes it."""
    _, shard = find(self, arn)
    if shard.id != shard_id:
        raise not_found(f"Shard: {shard_id} in stream: {arn}")
    first = shard.starting_sequence_number
    start = {
        "LATEST": first + len(shard.items),
        "AT_SEQUENCE_NUMBER": sequence_number or first,
        "AFTER_SEQUENCE_NUMBER": (sequence_number or first) + 1,
    }.get(shard_iterator_type, first)
    return SimpleNamespace(arn=_iterator(arn, start))


def get_records(self: DynamoDBStreamsBackend, iterator_arn: str, limit: int) -> dict[str, Any]:
    """Replace `DynamoDBStreamsBackend.get_records`."""
    arn, start = _read(iterator_arn)
    _, shard = find(self, arn)
    records = shard.get(max(start, shard.starting_sequence_number), limit)
    return {"NextShardIterator": _iterator(arn, start + len(records)), "Records": records}


def find(backend: DynamoDBStreamsBackend, arn: str) -> tuple[Table, StreamShard]:
    """The table and the shard of a stream. Raises: ResourceNotFoundException, in DynamoDB's words."""
    name, _, label = arn.split(":", 5)[-1].removeprefix("table/").partition("/stream/")
    table = backend.dynamodb.tables.get(name)
    if table is None or table.stream_shard is None or table.latest_stream_label != label:
        raise not_found(f"Stream: {arn}")
    return table, table.stream_shard


def not_found(what: str) -> JsonRESTError:
    """The error for a stream or shard that is not there (recorded by test_non_existent_stream, 2024-11)."""
    return JsonRESTError("ResourceNotFoundException", f"Requested resource not found: {what} not found")


def _iterator(arn: str, start: int) -> str:
    return f"{arn}|1|{base64.b64encode(str(start).encode()).decode()}"


def _read(iterator: str) -> tuple[str, int]:
    arn, _, position = iterator.rpartition("|1|")
    try:
        return arn, int(base64.b64decode(position))
    except (ValueError, binascii.Error):
        raise JsonRESTError("ValidationException", "Invalid ShardIterator") from None
