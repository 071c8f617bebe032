"""Pollers of streams, in place of LocalStack's, which knows neither halves nor windows and begins anew at each change.

A poller is asked about ten times a second by its worker's thread, and never waits: batches run in threads of a pool.
"""

from __future__ import annotations

import threading
import time
from abc import abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from botocore.exceptions import ClientError
from localstack.services.lambda_.event_source_mapping.pollers.poller import EmptyPollResultsException
from localstack.services.lambda_.event_source_mapping.pollers.stream_poller import StreamPoller
from localstack.services.lambda_.provider_utils import get_function_version_from_arn

from .. import metrics
from . import failures, filters
from .batches import Batch, Handling, Record
from .invocations import invoke
from .lanes import Lane
from .outcomes import Outcome
from .shards import Position, Shard

RECORDS = 1000  # of one call: as many as DynamoDB gives
MOST_AT_ONCE = 64  # threads of one mapping
OK, PROBLEM = "OK", "PROBLEM: Function call failed"


class Poller(StreamPoller):
    """What Kinesis and DynamoDB have in common; LocalStack's classes say how a record becomes an event."""

    mapping: dict[str, Any]
    before: Poller | None = None  # of the same mapping, until it has come to rest

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.reading: dict[str, Shard] = {}
        self._starts: dict[str, Position] = {}
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="stream-batch")
        self._look_for_shards = True
        self._stopping = threading.Event()

    def adopt(self, mapping: dict[str, Any], before: Poller | None, say: Callable[[str], None]) -> None:
        """Take the mapping's whole configuration, the poller that this one replaces, and who keeps the last result."""
        self.mapping, self.before, self._say = mapping, before, say

    def positions(self) -> dict[str, Position]:
        """Where each shard was left; of a poller that never polled, where the one before it left them."""
        if self.before is not None:
            return self.before.positions()
        return {**self._starts, **{shard_id: shard.position() for shard_id, shard in self.reading.items()}}

    def is_at_rest(self) -> bool:
        """Stop, and say whether nothing is being worked off any more."""
        self.close()
        return not any(shard.is_busy for shard in self.reading.values())

    def close(self) -> None:
        """Begin nothing new, and retry nothing."""
        self._stopping.set()
        self._pool.shutdown(wait=False, cancel_futures=False)

    def poll_events(self) -> None:
        """Look at each shard. Raises: EmptyPollResultsException if nothing was there."""
        if self.before is not None:
            if not self.before.is_at_rest():
                return
            self._starts, self.before = self.before.positions(), None
        if self._stopping.is_set():
            return
        try:
            if self._look_for_shards:
                self._find_shards()
            found = [shard.step(self._pool) for shard in list(self.reading.values()) if not shard.has_ended]
        except ClientError:
            self._look_for_shards = True
            raise
        if any(shard.has_ended for shard in self.reading.values()):
            self._find_shards()
        if not any(found):
            raise EmptyPollResultsException(service=self.event_source(), source_arn=self.source_arn)

    def prepare(self) -> None:
        """Take the starting position now, before the mapping is said to be enabled: what comes after is not missed."""
        if self.before is None and self._look_for_shards:
            try:
                self._find_shards()
            except ClientError:
                pass  # `poll_events` meets it again

    def _find_shards(self) -> None:
        """Begin with shards that are new; one that was split off waits until all before it is finished."""
        known = self.list_shards()
        names = {shard["ShardId"] for shard in known}
        if not self._starts:  # of a new mapping: each shard that is there begins where the mapping says
            self._starts = {name: Position(iterator=self.iterator(name, **self.start())) for name in names}
        for shard in known:
            parents = {shard.get("ParentShardId"), shard.get("AdjacentParentShardId")} & names
            waits = any(parent not in self.reading or not self.reading[parent].has_ended for parent in parents)
            if shard["ShardId"] not in self.reading and not waits:
                self.reading[shard["ShardId"]] = self._begin(shard["ShardId"])
        self._look_for_shards = False

    def _begin(self, name: str) -> Shard:
        position = self._starts.get(name)
        iterator: str | None
        if position is None:  # is newer than the mapping
            iterator = self.iterator(name, ShardIteratorType="TRIM_HORIZON")
        elif position.number:
            iterator = self.iterator(name, ShardIteratorType="AT_SEQUENCE_NUMBER", **self.at(position.number))
        else:
            iterator = position.iterator
        lanes = self.mapping.get("ParallelizationFactor") or 1
        shard: Shard

        handling = Handling(
            self.mapping,
            call=lambda records: self._send(records, {}),
            done=lambda records: shard.finish(records),
            discard=partial(self._discard, name),
            wait=lambda seconds: not self._stopping.wait(seconds),
        )
        shard = Shard(
            iterator,
            [Lane(handling, self._send, name, self.source_arn) for _ in range(lanes)],
            partial(self._read, name),
            lambda record: filters.passes(self.filter_patterns, record.event),
            most=lanes * self.mapping["BatchSize"],
        )
        return shard

    def _read(self, name: str, iterator: str) -> tuple[list[Record], str | None]:
        answer = self.source_client.get_records(ShardIterator=iterator, Limit=RECORDS)
        events = self.add_source_metadata(self.transform_into_events(answer["Records"], name))
        records = [
            Record(event, self.get_sequence_number(event), self.get_approximate_arrival_time(event), self.key(event))
            for event in events
        ]
        return records, answer.get("NextShardIterator")

    def _send(self, records: list[Record], extra: dict[str, Any]) -> Outcome:
        event = {"Records": [record.event for record in records], **extra}
        if records:
            arn = self.mapping["FunctionArn"]
            of = metrics.source(get_function_version_from_arn(arn).id, arn)
            metrics.count(of, "IteratorAge", (time.time() - records[-1].arrived) * 1000)
        outcome = invoke(self, self.mapping, event, {record.number for record in records})
        self._say(PROBLEM if outcome.failed or outcome.failures else OK)
        return outcome

    def _discard(self, name: str, batch: Batch, condition: str) -> None:
        failures.tell(self, self.mapping, name, batch, condition)

    @abstractmethod
    def list_shards(self) -> list[dict[str, Any]]:
        """All shards of the stream that can be read."""

    @abstractmethod
    def start(self) -> dict[str, Any]:
        """How a first iterator is asked for."""

    @abstractmethod
    def iterator(self, shard_id: str, **how: Any) -> str:
        """An iterator of a shard."""

    @abstractmethod
    def at(self, number: str) -> dict[str, str]:
        """The parameter of a sequence number."""

    @abstractmethod
    def key(self, event: dict[str, Any]) -> str:
        """What keeps records in one lane."""
