"""The output of an environment's processes until it is collected."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_LOG_BYTES = 1024 * 1024
MAX_LOG_LINES = 10_000  # an event each, and an event takes 1 KB in memory, however short


@dataclass
class LogBuffer:
    """Output of at most `limit` bytes and `lines` lines: the first half and the last. AWS keeps everything."""

    limit: int = MAX_LOG_BYTES
    lines: int = MAX_LOG_LINES
    head: bytearray = field(default_factory=bytearray)
    tail: bytearray = field(default_factory=bytearray)
    dropped: int = 0

    def write(self, data: bytes) -> None:
        """Keep `data`, or as much of it as fits."""
        half = self.limit // 2
        room = half - len(self.head)
        self.head += data[: max(room, 0)]
        self.tail += data[max(room, 0) :]
        if len(self.tail) > 2 * half:  # trimmed in large steps, so that a flood stays cheap
            self.dropped += len(self.tail) - half
            del self.tail[:-half]

    def take(self) -> bytes:
        """Return everything kept so far and empty the buffer."""
        gap = b""
        if self.dropped:
            gap = b"\n[engine: %d bytes of log left out here; AWS would keep them]\n" % self.dropped
        data = bytes(self.head) + gap + bytes(self.tail)
        self.head.clear()
        self.tail.clear()
        self.dropped = 0
        return self._fewer_lines(data)

    def _fewer_lines(self, data: bytes) -> bytes:
        if data.count(b"\n") <= self.lines:
            return data
        printed, half = data.split(b"\n"), self.lines // 2
        gap = b"[engine: %d lines of log left out here; AWS would keep them]" % (len(printed) - 2 * half)
        return b"\n".join([*printed[:half], gap, *printed[-half:]])
