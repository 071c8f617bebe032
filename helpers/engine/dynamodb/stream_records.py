"""What a write adds to a table's stream.

Of DynamoDB API Reference, "StreamRecord", and Lambda Developer Guide, "Using Lambda with DynamoDB" (2026-11):
an INSERT has no OldImage, a REMOVE no NewImage, a write that changes nothing makes no record ("If you perform a PutItem
or UpdateItem operation that does not change any data in an item, DynamoDB Streams does not write a stream record for
that operation"). `SizeBytes` counts the keys and the images: 12 for {"id": {"S": "test"}} as NEW_AND_OLD_IMAGES
(recorded on AWS by LocalStack's test_enable_kinesis_streaming_destination, 2024-01).
"""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable, Mapping
from typing import Any

from moto.core.utils import unix_time, utcnow
from moto.dynamodb.models.table import StreamRecord, StreamShard
from moto.moto_api._internal import mock_random

EVENTS = {(False, True): "INSERT", (True, True): "MODIFY", (True, False): "REMOVE"}
NEW = ("NEW_IMAGE", "NEW_AND_OLD_IMAGES")
OLD = ("OLD_IMAGE", "NEW_AND_OLD_IMAGES")
NUMBER_BYTES = 21  # at most: about one for two digits, and one more


def add(self: StreamShard, old: Any, new: Any) -> None:
    """Replace `StreamShard.add`: a record of the change from item `old` to item `new`, None where there is none."""
    specification = self.table.stream_specification or {}
    before, after = _attributes(old), _attributes(new)
    if before == after or not specification.get("StreamEnabled"):
        return
    sequence_number = len(self.items) + self.starting_sequence_number
    event = EVENTS[old is not None, new is not None]
    self.items.append(StreamRecord(self.table, specification["StreamViewType"], event, old, new, sequence_number))


def init(self: StreamRecord, table: Any, stream_type: str, event_name: str, old: Any, new: Any, seq: int) -> None:
    """Replace `StreamRecord.__init__`."""
    before, after = _attributes(old), _attributes(new)
    keys = {name: (before or after)[name] for name in (table.hash_key_attr, table.range_key_attr) if name}
    images = {
        "NewImage": after if stream_type in NEW else {},
        "OldImage": before if stream_type in OLD else {},
    }
    shown = {name: image for name, image in images.items() if image}
    self.record = {
        "eventID": mock_random.uuid4().hex,
        "eventName": event_name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": table.table_arn.split(":")[3],
        "dynamodb": {
            "ApproximateCreationDateTime": int(unix_time(utcnow())),  # whole seconds
            "Keys": keys,
            **shown,
            "SequenceNumber": str(seq),
            "SizeBytes": sum(item_bytes(item) for item in (keys, *shown.values())),
            "StreamViewType": stream_type,
        },
    }


def update_item(original: Callable[..., Any], self: Any, table_name: str, key: Any, *args: Any, **kwargs: Any) -> Any:
    """Wrap `DynamoDBBackend.update_item`: one record for one update.

    moto first puts a new item that has only its keys, which makes a record of its own.
    """
    table = self.get_table(table_name)
    shard = table.stream_shard
    if shard is None:
        return original(self, table_name, key, *args, **kwargs)
    before = copy.deepcopy(table.get_item(*self.get_keys_value(table, key)))
    table.stream_shard = None
    try:
        item = original(self, table_name, key, *args, **kwargs)
    finally:
        table.stream_shard = shard
    shard.add(before, item)
    return item


def item_bytes(attributes: Mapping[str, Any]) -> int:
    """The size of an item: its names and values (DynamoDB Developer Guide, "Item sizes and formats", 2026-11)."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in attributes.items())


def _value_bytes(value: Mapping[str, Any]) -> int:
    kind, content = next(iter(value.items()))
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return _number_bytes(content)
        case "B":
            return len(content)
        case "SS" | "NS" | "BS":
            return sum(_value_bytes({kind[0]: one}) for one in content)
        case "L":
            return 3 + sum(1 + _value_bytes(one) for one in content)
        case "M":
            return 3 + len(content) + item_bytes(content)
    return 1  # NULL, BOOL


def _number_bytes(text: str) -> int:
    digits = text.lower().partition("e")[0].lstrip("-").replace(".", "").strip("0")
    return min(NUMBER_BYTES, (len(digits) + 1) // 2 + 1 + text.startswith("-"))


def _attributes(item: Any) -> dict[str, Any]:
    """An item's attributes, {} for None, with binary values as bytes: moto keeps the text that it received."""
    if item is None:
        return {}
    found: dict[str, Any] = _decoded(item.to_json()["Attributes"])
    return found


def _decoded(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _decoded_value(value) for name, value in attributes.items()}


def _decoded_value(value: Mapping[str, Any]) -> dict[str, Any]:
    kind, content = next(iter(value.items()))
    match kind:
        case "B":
            return {kind: _bytes(content)}
        case "BS":
            return {kind: sorted(_bytes(one) for one in content)}
        case "SS" | "NS":
            return {kind: sorted(content)}
        case "L":
            return {kind: [_decoded_value(one) for one in content]}
        case "M":
            return {kind: _decoded(content)}
    return {kind: content}


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else base64.b64decode(content)
