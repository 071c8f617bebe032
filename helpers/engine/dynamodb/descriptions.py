"""What DynamoDB says of a table.

As recorded on AWS by LocalStack's test_gsi_with_billing_mode (2025-01) and test_table_v2_stream (2024-06): no lists of
indexes that are empty, sizes and ARNs of those that are there, capacity with the decreases of today, and a summary of
the billing mode for tables on demand only. Being created and deleted takes no time here, but the answers that begin it
say CREATING and DELETING, as on AWS (DynamoDB API Reference, "CreateTable", "DeleteTable", 2026-11).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from moto.core.utils import unix_time
from moto.dynamodb.models.table import Table

NOTHING = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}


def init(original: Callable[..., None], self: Table, *args: Any, **kwargs: Any) -> None:
    """Wrap `Table.__init__`: a table has an id."""
    original(self, *args, **kwargs)
    self.lab_table_id = str(uuid.uuid4())


def set_stream(original: Callable[..., None], self: Table, streams: dict[str, Any] | None) -> None:
    """Wrap `Table.set_stream_specification`: a stream's label has milliseconds, as in 2015-05-11T21:21:33.291."""
    before = self.latest_stream_label
    original(self, streams)
    if self.latest_stream_label and self.latest_stream_label != before:
        moment = datetime.fromisoformat(self.latest_stream_label)
        self.latest_stream_label = moment.isoformat(timespec="milliseconds")


def describe(
    original: Callable[..., dict[str, Any]], self: Table, base_key: str = "TableDescription"
) -> dict[str, Any]:
    """Wrap `Table.describe`."""
    described = original(self, base_key)
    table = described[base_key]
    table["TableId"] = self.lab_table_id
    table["ProvisionedThroughput"] = _throughput(self.throughput)
    if self.billing_mode != "PAY_PER_REQUEST":
        table.pop("BillingModeSummary")
    elif base_key == "Table":
        table["BillingModeSummary"]["LastUpdateToPayPerRequestDateTime"] = unix_time(self.created_at)
    for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        indexes = table.pop(kind)
        if indexes:
            table[kind] = [_index(self, index) for index in indexes]
    return described


def creating(original: Callable[[Any], str], self: Any) -> str:
    """Wrap `DynamoHandler.create_table`."""
    return _with_status(original(self), "CREATING")


def deleting(original: Callable[[Any], str], self: Any) -> str:
    """Wrap `DynamoHandler.delete_table`."""
    return _with_status(original(self), "DELETING")


def _with_status(answer: str, status: str) -> str:
    described = json.loads(answer)
    table = described["TableDescription"]
    table["TableStatus"] = status
    for index in table.get("GlobalSecondaryIndexes", ()):
        index["IndexStatus"] = status
    return json.dumps(described)


def _index(table: Table, index: dict[str, Any]) -> dict[str, Any]:
    described = {
        **index,
        "IndexArn": f"{table.table_arn}/index/{index['IndexName']}",
        "IndexSizeBytes": 0,
        "ItemCount": 0,
    }
    if "IndexStatus" in index:  # a global one
        described["ProvisionedThroughput"] = _throughput(index.get("ProvisionedThroughput"))
    return described


def _throughput(given: dict[str, Any] | None) -> dict[str, Any]:
    return {"NumberOfDecreasesToday": 0, **NOTHING, **(given or {})}
