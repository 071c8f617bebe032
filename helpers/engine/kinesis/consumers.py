"""Consumers with enhanced fan-out (Kinesis API Reference, "RegisterStreamConsumer", 2026-11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.kinesis.exceptions import ResourceInUseError, StreamNotFoundError
from moto.kinesis.models import Consumer, KinesisBackend, Stream


def init(original: Callable[..., None], self: Consumer, *args: Any, **kwargs: Any) -> None:
    """Wrap `Consumer.__init__`: its ARN ends with the second in which it was registered."""
    original(self, *args, **kwargs)
    self.consumer_arn += f":{int(self.created)}"


def find_stream(self: KinesisBackend, stream_arn: str) -> Stream:
    """Replace `KinesisBackend._find_stream_by_arn`. Raises: ResourceNotFoundException."""
    for stream in self.streams.values():
        if stream.arn == stream_arn:
            return stream
    raise StreamNotFoundError(stream_arn.rpartition("/")[2], self.account_id)


def register(original: Callable[..., Consumer], self: KinesisBackend, stream_arn: str, consumer_name: str) -> Consumer:
    """Wrap `KinesisBackend.register_stream_consumer`. Raises: ResourceInUseException."""
    if any(one.consumer_name == consumer_name for one in find_stream(self, stream_arn).consumers):
        raise ResourceInUseError(
            f"Consumer {consumer_name} under stream {stream_arn.rpartition('/')[2]} already exists for account "
            f"{self.account_id}."
        )
    return original(self, stream_arn, consumer_name)


def deregister(self: KinesisBackend, stream_arn: str, consumer_name: str, consumer_arn: str) -> None:
    """Replace `KinesisBackend.deregister_stream_consumer`, which removes all others."""
    found = self.describe_stream_consumer(stream_arn, consumer_name, consumer_arn)
    find_stream(self, found.stream_arn).delete_consumer(found.consumer_arn)
