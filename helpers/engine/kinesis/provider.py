"""The provider of Kinesis: `SubscribeToShard` here, everything else falls through to moto."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.kinesis import KinesisApi, SubscribeToShardEventStream, SubscribeToShardOutput
from localstack.services.plugins import Service

from .. import in_turn

ONE_AT_A_TIME = threading.Lock()
SUBSCRIPTION_SECONDS = 300  # "after 5 minutes, you need to call SubscribeToShard again" (API Reference, 2026-11)
LOOK_EVERY_SECONDS = 0.25
SILENCE_SECONDS = 5.0  # an event at least so often


class KinesisProvider(KinesisApi):
    """Kinesis."""

    def subscribe_to_shard(
        self, context: RequestContext, consumer_arn: str, shard_id: str, starting_position: Any, **_: Any
    ) -> SubscribeToShardOutput:
        """Push a shard's records as events, until five minutes have passed."""
        from moto.kinesis.models import kinesis_backends  # here: nobody else needs it

        backend = kinesis_backends[context.account_id][context.region]
        consumer = backend.describe_stream_consumer("", "", consumer_arn)
        timestamp = starting_position.get("Timestamp")
        iterator = backend.get_shard_iterator(
            consumer.stream_arn,
            None,
            shard_id,
            starting_position["Type"],
            starting_position.get("SequenceNumber"),
            timestamp.timestamp() if timestamp else None,
        )
        return SubscribeToShardOutput(EventStream=_events(backend, iterator))


def _events(backend: Any, iterator: str | None) -> Iterator[SubscribeToShardEventStream]:
    from .shards import position

    until, said = time.monotonic() + SUBSCRIPTION_SECONDS, 0.0
    while iterator and time.monotonic() < until:
        with ONE_AT_A_TIME:
            iterator, records, behind = backend.get_records(None, iterator, None)
        if not records and time.monotonic() < said + SILENCE_SECONDS and iterator:
            time.sleep(LOOK_EVERY_SECONDS)
            continue
        said = time.monotonic()
        event = {
            "Records": [_answered(record) for record in records],
            "ContinuationSequenceNumber": str(position(backend, iterator)) if iterator else None,
            "MillisBehindLatest": behind,
        }
        yield SubscribeToShardEventStream(SubscribeToShardEvent=event)


def _answered(record: Any) -> dict[str, Any]:
    """A record with its bytes: moto keeps the text that it received."""
    data = base64.b64decode(record.data)
    return {**record.to_json(), "Data": data, "ApproximateArrivalTimestamp": record.created_at_datetime}


def kinesis() -> Service:
    """The service behind `kinesis:moto`."""
    return Service.for_provider(
        KinesisProvider(), dispatch_table_factory=lambda provider: in_turn.dispatch_table(provider, ONE_AT_A_TIME)
    )
