"""The output of an environment's processes until it is collected."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass, field
from itertools import accumulate

from .log_records import FRAME_BEGINS, Record, records

# Of one invocation. AWS keeps everything; here logs are in the engine's memory, where an event takes 0.5 KB more than
# its text, and a function that prints in a loop must cost no more than its own invocation.
MAX_LOG_BYTES = 16 * 1024 * 1024
MAX_LOG_LINES = 50_000
PIECE_BYTES = 100  # that a piece takes beside its bytes


@dataclass
class LogBuffer:
    """Output of about `limit` bytes and `lines` lines: the first half and the last."""

    limit: int = MAX_LOG_BYTES
    lines: int = MAX_LOG_LINES
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
        self._leave_out_lines()
        if self.dropped:
            # What follows begins in the middle of a line: that one is left out as well.
            begun, data = self.tail[0]
            cut = data.find(b"\n") + 1
            self.tail[0] = (begun, data[cut:])
            note = f"[engine: {self.dropped + cut} bytes of log left out here; AWS would keep them]\n"
            kept = [*records(self.head), Record(begun, note, "FATAL"), *records(self.tail)]
        else:
            kept = records([*self.head, *self.tail])
        self.head.clear()
        self.tail.clear()
        self.head_bytes = self.tail_bytes = self.dropped = 0
        return kept

    def _leave_out_lines(self) -> None:
        """Drop pieces between the first half of the lines and the last, before it is known what is in them."""
        pieces = [*self.head, *self.tail]
        lines = [data.count(b"\n") + data.count(FRAME_BEGINS) for _, data in pieces]
        if sum(lines) <= self.lines:
            return
        half, gap = self.lines // 2, len(self.head)
        before = list(accumulate(lines, initial=0))  # lines before each piece
        first = bisect_left(before, half)
        last = bisect_right(before, before[-1] - half) - 1
        if self.dropped:  # between head and tail: what is left out now must lie around it
            first, last = min(first, gap), max(last, gap)
        last = max(first, last)
        self.head, self.tail = deque(pieces[:first]), deque(pieces[last:])
        self.dropped += sum(len(data) for _, data in pieces[first:last])


def _append(pieces: deque[tuple[int, bytearray]], now: int, data: bytes) -> int:
    """Append `data`, to the last piece if that was read in the same millisecond; the bytes that it takes."""
    if pieces and pieces[-1][0] == now and len(pieces[-1][1]) < 64 * 1024:
        pieces[-1][1].extend(data)
        return len(data)
    pieces.append((now, bytearray(data)))
    return len(data) + PIECE_BYTES
