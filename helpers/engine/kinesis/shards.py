"""Shards: the numbers of their records, iterators, splitting and merging.

Of Kinesis API Reference, "GetRecords", "SplitShard" and "Shard", and Developer Guide, "Resharding a stream" (2026-11).
moto numbers records 1, 2, 3, the same in every shard; moves the records of a shard that is split or merged, so that
whoever has read them reads them again; and never says that a closed shard is at its end.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from moto.kinesis.exceptions import InvalidArgumentError
from moto.kinesis.models import KinesisBackend, Record, Shard, Stream
from moto.kinesis.utils import decompose_shard_iterator

LAST_HASH_KEY = 2**128 - 1


def init(original: Callable[..., None], self: Shard, *args: Any, **kwargs: Any) -> None:
    """Wrap `Shard.__init__`: a number before its first record, of 56 digits, which later shards exceed."""
    original(self, *args, **kwargs)
    self.lab_start = int(f"49{time.time_ns():020d}{self._shard_id:012d}" + "0" * 22)


def put_record(self: Shard, partition_key: str, data: str, explicit_hash_key: str) -> str:
    """Replace `Shard.put_record`: numbers that grow, and are no other shard's."""
    number = (next(reversed(self.records)) if self.records else self.lab_start) + 1
    self.records[number] = Record(partition_key, data, number, explicit_hash_key)
    return str(number)


def to_json(original: Callable[[Shard], dict[str, Any]], self: Shard) -> dict[str, Any]:
    """Wrap `Shard.to_json`."""
    described = original(self)
    described["HashKeyRange"]["EndingHashKey"] = str(min(self.ending_hash, LAST_HASH_KEY))
    numbers = described["SequenceNumberRange"]
    numbers["StartingSequenceNumber"] = str(self.lab_start)
    if not self.is_open:
        numbers["EndingSequenceNumber"] = str(next(reversed(self.records)) if self.records else self.lab_start)
    return described


def put_to_stream(self: Stream, partition_key: str, explicit_hash_key: str, data: str) -> tuple[str, str]:
    """Replace `Stream.put_record`: only open shards take records, and moto's own Lambda is not asked."""
    of_stream = self.shards
    self.shards = {name: shard for name, shard in of_stream.items() if shard.is_open}
    try:
        shard = self.get_shard_for_key(partition_key, explicit_hash_key)
    finally:
        self.shards = of_stream
    return shard.put_record(partition_key, data, explicit_hash_key), shard.shard_id


def split_shard(original: Callable[..., None], self: Stream, shard_to_split: str, new_starting_hash_key: str) -> None:
    """Wrap `Stream.split_shard`: what is in the shard stays there."""
    shard = self.shards[shard_to_split]
    kept, shard.records = shard.records, OrderedDict()
    try:
        original(self, shard_to_split, new_starting_hash_key)
    finally:
        shard.records = kept


def merge_shards(
    original: Callable[..., None], self: Stream, shard_to_merge: str, adjacent_shard_to_merge: str
) -> None:
    """Wrap `Stream.merge_shards`: what is in the two stays there."""
    shards = self.shards[shard_to_merge], self.shards[adjacent_shard_to_merge]
    kept = [shard.records for shard in shards]
    for shard in shards:
        shard.records = OrderedDict()
    try:
        original(self, shard_to_merge, adjacent_shard_to_merge)
    finally:
        for shard, records in zip(shards, kept, strict=True):
            shard.records = records


def get_shard_iterator(
    original: Callable[..., str],
    self: KinesisBackend,
    stream_arn: str | None,
    stream_name: str | None,
    *args: Any,
    **kwargs: Any,
) -> str:
    """Wrap `KinesisBackend.get_shard_iterator`: it says the stream, also for who gave an ARN."""
    stream = self.describe_stream(stream_arn=stream_arn, stream_name=stream_name)
    return original(self, stream.arn, stream.stream_name, *args, **kwargs)


def get_records(
    original: Callable[..., tuple[str, list[Record], int]],
    self: KinesisBackend,
    stream_arn: str | None,
    shard_iterator: str,
    limit: int | None,
) -> tuple[str | None, list[Record], int]:
    """Wrap `KinesisBackend.get_records`: no next iterator at the end of a closed shard.

    Raises: InvalidArgumentException for what is no iterator.
    """
    try:
        _, _, number = decompose_shard_iterator(shard_iterator)
        int(number)
    except ValueError:
        raise InvalidArgumentError("Invalid ShardIterator.") from None
    following, records, behind = original(self, stream_arn, shard_iterator, limit)
    name, shard_id, _ = decompose_shard_iterator(following)
    shard = self.describe_stream(stream_arn=None, stream_name=name).get_shard(shard_id)
    last = next(reversed(shard.records)) if shard.records else 0
    ended = not shard.is_open and position(self, following) >= last
    return (None if ended else following), records, behind


def position(backend: KinesisBackend, iterator: str) -> int:
    """The number of the last record that an iterator has passed, at least the one before a shard's first."""
    name, shard_id, number = decompose_shard_iterator(iterator)
    return max(int(number), backend.streams[name].get_shard(shard_id).lab_start)
