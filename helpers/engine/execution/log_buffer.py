"""The output of an environment's processes until it is collected."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

from .log_records import Record, records

# Of one invocation. AWS keeps everything; here logs are in the engine's memory, where an event takes 0.5 KB more than
# its text, and a function that prints in a loop must cost no more than its own invocation.
MAX_LOG_BYTES = 16 * 1024 * 1024
MAX_LOG_RECORDS = 50_000
PIECE_BYTES = 100  # that a piece takes beside its bytes


@dataclass
class LogBuffer:
    """Output of about `limit` bytes and `most` records: the first half and the last."""

    limit: int = MAX_LOG_BYTES
    most: int = MAX_LOG_RECORDS
    head: deque[tuple[int, bytearray]] = field(default_factory=deque)  # ms since 1970, what was read then
    tail: deque[tuple[int, bytearray]] = field(default_factory=deque)
    head_bytes: int = 0
    tail_bytes: int = 0
    dropped: int = 0

    def write(self, data: bytes) -> None:
        """Keep `data`, which has just been read; of a flood, drop what was read before it."""
        now = time.time_ns() // 1_000_000
        half = self.limit // 2
        if not self.tail and self.head_bytes + len(data) <= half:
            self.head_bytes += _append(self.head, now, data)
            return
        self.tail_bytes += _append(self.tail, now, data)
        while self.tail_bytes > half and len(self.tail) > 1:
            _, oldest = self.tail.popleft()
            self.tail_bytes -= len(oldest) + PIECE_BYTES
            self.dropped += len(oldest)

    def take(self) -> list[Record]:
        """Return everything kept so far and empty the buffer."""
        if self.dropped:
            # What follows begins in the middle of a line: that one is left out as well.
            begun, data = self.tail[0]
            cut = data.find(b"\n") + 1
            self.tail[0] = (begun, data[cut:])
            note = _note(begun, f"{self.dropped + cut} bytes")
            kept = [*records(self.head), note, *records(self.tail)]
        else:
            kept = records([*self.head, *self.tail])
        self.head.clear()
        self.tail.clear()
        self.head_bytes = self.tail_bytes = self.dropped = 0
        return self._fewer(kept)

    def _fewer(self, kept: list[Record]) -> list[Record]:
        if len(kept) <= self.most:
            return kept
        half = self.most // 2
        note = _note(kept[-half].timestamp, f"{len(kept) - 2 * half} lines")
        return [*kept[:half], note, *kept[-half:]]


def _append(pieces: deque[tuple[int, bytearray]], now: int, data: bytes) -> int:
    """Append `data`, to the last piece if that was read in the same millisecond; the bytes that it takes."""
    if pieces and pieces[-1][0] == now and len(pieces[-1][1]) < 64 * 1024:
        pieces[-1][1].extend(data)
        return len(data)
    pieces.append((now, bytearray(data)))
    return len(data) + PIECE_BYTES


def _note(timestamp: int, what: str) -> Record:
    return Record(timestamp, f"[engine: {what} of log left out here; AWS would keep them]\n", "FATAL")
