"""A shard that is being read: where in it, what of it is unfinished, and its lanes."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .batches import Record
from .lanes import Lane

Read = Callable[[str], tuple[list[Record], str | None]]


@dataclass(frozen=True)
class Position:
    """Where to go on: at the record with this number, or else at an iterator; neither where the shard has ended."""

    number: str = ""
    iterator: str | None = None


class Shard:
    """One shard. `read` gives records from an iterator on, all of them, and the next iterator, None at the end."""

    def __init__(
        self, iterator: str | None, lanes: list[Lane], read: Read, passes: Callable[[Record], bool], most: int
    ):
        self.iterator = iterator
        self.lanes = lanes
        self._read = read
        self._passes = passes
        self._most = most
        self._unfinished: dict[str, None] = {}  # numbers, in their order
        self._lock = threading.Lock()

    @property
    def has_ended(self) -> bool:
        """Whether the shard is closed and everything in it is finished."""
        return self.iterator is None and not self._unfinished

    @property
    def is_busy(self) -> bool:
        """Whether a batch is being worked off."""
        return any(lane.busy for lane in self.lanes)

    def position(self) -> Position:
        """Where another reader has to go on so that nothing is left out."""
        with self._lock:
            return Position(next(iter(self._unfinished), ""), self.iterator)

    def step(self, pool: ThreadPoolExecutor) -> bool:
        """Read what there is room for, and begin with batches. Returns: whether records were read."""
        records: list[Record] = []
        if self.iterator and sum(len(lane.waiting) for lane in self.lanes) < self._most:
            records, self.iterator = self._read(self.iterator)
            matching = [record for record in records if self._passes(record)]
            with self._lock:
                self._unfinished.update((record.number, None) for record in matching)
            for record in matching:
                self.lanes[zlib.crc32(record.key.encode()) % len(self.lanes)].add([record])
        for lane in self.lanes:
            lane.step(pool)
        return bool(records)

    def finish(self, records: Sequence[Record]) -> None:
        """These records are done, or given up."""
        with self._lock:
            for record in records:
                self._unfinished.pop(record.number, None)
