"""Creating and listing streams (Kinesis API Reference, "CreateStream" and "ListStreams", 2026-11)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.kinesis.exceptions import ResourceInUseError
from moto.kinesis.models import KinesisBackend, Stream
from moto.kinesis.responses import KinesisResponse

MOST_LISTED = 100


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


def create_tagged(original: Callable[[KinesisResponse], str], self: KinesisResponse) -> str:
    """Wrap `KinesisResponse.create_stream`: the stream has the tags that the request gives it; moto reads none."""
    answer = original(self)
    if tags := self._get_param("Tags"):
        self.kinesis_backend.add_tags_to_stream(None, self._get_param("StreamName"), tags)
    return answer


def list_streams(self: KinesisResponse) -> str:
    """Replace `KinesisResponse.list_streams`: by name, 100 at once, after any name; moto fails for one that is none."""
    after = self._get_param("NextToken") or self._get_param("ExclusiveStartStreamName") or ""
    most = min(self._get_param("Limit") or MOST_LISTED, MOST_LISTED)
    found = sorted((name, stream) for name, stream in self.kinesis_backend.streams.items() if name > after)
    page = found[:most]
    answer = {
        "HasMoreStreams": len(found) > most,
        "StreamNames": [name for name, _ in page],
        "StreamSummaries": [stream.to_json_summary()["StreamDescriptionSummary"] for _, stream in page],
    }
    return json.dumps(answer | ({"NextToken": page[-1][0]} if len(found) > most else {}))
