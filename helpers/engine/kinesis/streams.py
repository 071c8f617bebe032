"""Creating streams (Kinesis API Reference, "CreateStream", 2026-11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.kinesis.exceptions import ResourceInUseError
from moto.kinesis.models import KinesisBackend, Stream


def create_stream(
    original: Callable[..., Stream],
    self: KinesisBackend,
    stream_name: str,
    shard_count: int | None,
    stream_mode: dict[str, str] | None = None,
    retention_period_hours: int | None = None,
) -> Stream:
    """Wrap `KinesisBackend.create_stream`: who names no number of shards gets a stream on demand, of four.

    As recorded on AWS by LocalStack's test_create_stream_without_shard_count (2022-08).
    Raises: ValidationException without a name, ResourceInUseException if the name is taken.
    """
    if not stream_name:
        raise JsonRESTError(
            "ValidationException",
            "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: "
            "Member must not be null",
        )
    if stream_name in self.streams:
        raise ResourceInUseError(f"Stream {stream_name} under account {self.account_id} already exists.")
    mode: Any = stream_mode or ({"StreamMode": "ON_DEMAND"} if shard_count is None else None)
    return original(self, stream_name, shard_count, mode, retention_period_hours)
