"""Rows for DynamoDB, imported and applied when it is first used: moto's takes 75 ms to load."""

from __future__ import annotations

from ..dynamodb import consumed_capacity, descriptions, numbers, stream_records
from ..patching import Patch

MODELS = "moto.dynamodb.models"
VALUE = f"{MODELS}.dynamo_type:DynamoType"
HANDLER = "moto.dynamodb.responses:DynamoHandler"

ROWS = (
    Patch(f"{VALUE}.__init__", numbers.init, "7189b0d296ac", "keeps numbers as they were sent", around=True),
    Patch(f"{VALUE}.__add__", numbers.add, "4bec6188c994", "rounds", around=True),
    Patch(f"{VALUE}.__sub__", numbers.subtract, "55aeda2cf618", "calculates in binary", around=True),
    Patch(f"{MODELS}.table:StreamShard.add", stream_records.add, "3ef1e8225873", "records writes that change nothing"),
    Patch(
        f"{MODELS}.table:StreamRecord.__init__",
        stream_records.init,
        "5f4c933aa163",
        "empty images, and binary values as text",
    ),
    Patch(
        f"{MODELS}:DynamoDBBackend.update_item",
        stream_records.update_item,
        "fffea75c9ef4",
        "makes two records of an update that creates an item",
        around=True,
    ),
    Patch(f"{MODELS}.table:Table.__init__", descriptions.init, "7c820749a9f2", "gives tables no id", around=True),
    Patch(
        f"{MODELS}.table:Table.set_stream_specification",
        descriptions.set_stream,
        "98eddb0a5a67",
        "labels with microseconds, or none",
        around=True,
    ),
    Patch(
        f"{MODELS}.table:Table.describe", descriptions.describe, "fd1decdf09c7", "empty lists of indexes", around=True
    ),
    Patch(f"{HANDLER}.create_table", descriptions.creating, "3cf7b1130f62", "says ACTIVE at once", around=True),
    Patch(f"{HANDLER}.delete_table", descriptions.deleting, "44583b0e01d1", "the same", around=True),
    Patch(f"{HANDLER}.delete_item", consumed_capacity.answer, "ff42476bc15f", "no attributes are {}", around=True),
    Patch(f"{HANDLER}.update_item", consumed_capacity.answer, "cae6f691e7a3", "says what none asked", around=True),
    Patch(f"{HANDLER}.batch_write_item", consumed_capacity.answer, "e879b0f5170e", "the same", around=True),
    Patch(f"{HANDLER}.batch_get_item", consumed_capacity.answer, "a240780cb635", "the same", around=True),
)
