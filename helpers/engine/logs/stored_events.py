"""Log events as they are stored: moto's take twice the memory, and what is old is packed, to a tenth of it."""

from __future__ import annotations

import marshal
import threading
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moto.logs.models import LogStream

PACKED = 512  # events at a time

_numbers = count()


class StoredEvent:
    """A log event: its number among all (`event_id`, as moto calls it), its times in ms since 1970, its message."""

    __slots__ = ("event_id", "ingestion_time", "message", "timestamp")

    def __init__(self, ingestion_time: int, timestamp: int, message: str, event_id: int | None = None) -> None:
        self.event_id = next(_numbers) if event_id is None else event_id
        self.ingestion_time = ingestion_time
        self.timestamp = timestamp
        self.message = message

    @property
    def written_id(self) -> str:
        """The identifier as AWS writes it: 56 digits."""
        return f"{self.event_id:056d}"

    def to_response_dict(self) -> dict[str, int | str]:
        """For moto: the event, as GetLogEvents shows it."""
        return {"ingestionTime": self.ingestion_time, "message": self.message, "timestamp": self.timestamp}


class _Packed:
    """Events that are no longer the newest: their number, the times (ms) of the earliest and the latest."""

    __slots__ = ("_data", "earliest", "latest", "size")

    def __init__(self, events: list[StoredEvent]) -> None:
        self.size = len(events)
        self.earliest = min(event.timestamp for event in events)
        self.latest = max(event.timestamp for event in events)
        fields = [(event.ingestion_time, event.timestamp, event.message, event.event_id) for event in events]
        self._data = zlib.compress(marshal.dumps(fields), 1)

    def unpacked(self) -> list[StoredEvent]:
        """The events, in their order."""
        return [StoredEvent(*fields) for fields in marshal.loads(zlib.decompress(self._data))]


class StoredEvents:
    """The log events of a log stream, in the order in which they came. Threads may read while one writes."""

    def __init__(self, events: Iterable[StoredEvent] = ()) -> None:
        self._lock = threading.Lock()
        self._packed: deque[_Packed] = deque()
        self._gone = 0  # events that were dropped of the first that are packed
        self._newest = list(events)

    def __len__(self) -> int:
        with self._lock:
            return sum(packed.size for packed in self._packed) - self._gone + len(self._newest)

    def __iter__(self) -> Iterator[StoredEvent]:
        return self.between(0, None)

    def add(self, events: list[StoredEvent]) -> None:
        """Take in the newest events."""
        with self._lock:
            self._newest += events
            while len(self._newest) >= 2 * PACKED:
                self._packed.append(_Packed(self._newest[:PACKED]))
                del self._newest[:PACKED]

    def between(self, earliest: int, latest: int | None) -> Iterator[StoredEvent]:
        """The events of these times (ms since 1970, both included; None: no end)."""
        with self._lock:
            packed, newest, gone = tuple(self._packed), tuple(self._newest), self._gone
        for one in packed:
            if earliest <= one.latest and (latest is None or one.earliest <= latest):
                yield from _within(one.unpacked()[gone:], earliest, latest)
            gone = 0
        yield from _within(newest, earliest, latest)

    def drop(self, number: int) -> None:
        """Remove the oldest events, so many of them."""
        with self._lock:
            self._gone += number
            while self._packed and self._gone >= self._packed[0].size:
                self._gone -= self._packed.popleft().size
            if not self._packed:
                del self._newest[: self._gone]
                self._gone = 0

    def times(self) -> tuple[int, int] | None:
        """The times (ms) of the earliest and the latest event, dropped ones that are packed with others included."""
        with self._lock:
            packed, newest = tuple(self._packed), tuple(self._newest)
        found = [(one.earliest, one.latest) for one in packed] + [(one.timestamp, one.timestamp) for one in newest]
        return (min(first for first, _ in found), max(last for _, last in found)) if found else None


def _within(events: Iterable[StoredEvent], earliest: int, latest: int | None) -> Iterator[StoredEvent]:
    return (one for one in events if earliest <= one.timestamp and (latest is None or one.timestamp <= latest))


def of(stream: LogStream) -> StoredEvents:
    """The events of a log stream, which moto begins with a list."""
    if not isinstance(stream.events, StoredEvents):
        stream.events = StoredEvents(stream.events)
    return stream.events


def update_times(self: LogStream) -> None:
    """Replace `LogStream._update`, which reads every event: the times that DescribeLogStreams shows."""
    self.first_event_timestamp, self.last_event_timestamp = of(self).times() or (None, None)
