"""What a request has consumed, and the attributes that a write returns: only for whoever asks.

API Reference, "DeleteItem", "UpdateItem", "BatchWriteItem" (2026-11); recorded on AWS by LocalStack 4.9.2's tests
(stepfunctions/v2/services, test_base_integrations).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.dynamodb.responses import DynamoHandler


def answer(original: Callable[[DynamoHandler], Any], self: DynamoHandler) -> Any:
    """Wrap operations of `DynamoHandler`."""
    said = original(self)
    if not isinstance(said, str):  # a refusal
        return said
    body: dict[str, Any] = json.loads(said)
    body.pop("ConsumedCapacityUnits", None)
    if self.body.get("ReturnConsumedCapacity", "NONE") == "NONE":
        body.pop("ConsumedCapacity", None)
    if not body.get("Attributes"):
        body.pop("Attributes", None)
    return json.dumps(body)
