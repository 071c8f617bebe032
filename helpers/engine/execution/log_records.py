"""What a runtime writes to its log, as records: lines of text, and frames.

AWS's runtime clients write what a logger says to a descriptor of its own (`_LAMBDA_TELEMETRY_LOG_FD`), as frames:

    type (4 bytes)   length of the message (4)   µs since 1970 (8)   message

The type is 0xa55a0000, plus 2 for JSON or 3 for text, plus the level times 4 (0: none, 1: TRACE … 6: FATAL). That is
how a message of several lines stays one log event. Sources: awslambdaric 4.2, and 3.3 of AWS's runtime interface client
for Node.js (2026-11).

Everything else is text, an event for each line. AWS leaves blank lines out and keeps `\\r` (LocalStack's snapshot
`test_multi_line_prints`, recorded on AWS in April 2025).

Here that descriptor is the pipe that also has what is printed: so a log shows both in the order in which they were
written, which on AWS is a matter of milliseconds. A frame is known by its type and by a time of today; what a function
prints as raw bytes is not taken for one.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

HEADER = struct.Struct(">IIQ")
FRAME_BEGINS = b"\xa5\x5a\x00"
FRAME = re.compile(FRAME_BEGINS + rb"[\x02-\x1b]")
LEVELS = ("", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
CLOCK_MS = 24 * 3600 * 1000  # how far a frame's time may be from the time at which it was read


class Record(NamedTuple):
    """One message: ms since 1970, the text with its line end, if it has one, and a frame's level, else ""."""

    timestamp: int
    text: str
    level: str = ""


def records(chunks: Sequence[tuple[int, bytes | bytearray]]) -> list[Record]:
    """The records in `chunks`, each the bytes that were read at a time (ms since 1970), in the order of writing."""
    data = b"".join(chunk for _, chunk in chunks)
    ends, times, end = [], [], 0
    for time, chunk in chunks:
        end += len(chunk)
        ends.append(end)
        times.append(time)

    def read_at(position: int) -> int:
        return times[min(bisect_right(ends, position), len(times) - 1)]

    found: list[Record] = []
    unfinished, position = b"", 0  # a line that a frame interrupts goes on after it
    while position < len(data):
        frame = _next_frame(data, position, read_at)
        text_end = frame.start if frame else len(data)
        *lines, unfinished = (unfinished + data[position:text_end]).split(b"\n")
        ended = text_end - len(unfinished) - sum(len(line) + 1 for line in lines)
        for line in lines:
            ended += len(line) + 1
            found += _text(read_at(max(ended - 1, 0)), line + b"\n")
        if frame is None:
            break
        found.append(Record(frame.timestamp, data[frame.body : frame.end].decode("utf-8", "replace"), frame.level))
        position = frame.end
    if unfinished:
        found += _text(read_at(len(data) - 1), unfinished)
    return _in_order(found)


class _Frame(NamedTuple):
    start: int
    body: int
    end: int
    timestamp: int
    level: str


def _next_frame(data: bytes, position: int, read_at: Callable[[int], int]) -> _Frame | None:
    for match in FRAME.finditer(data, position):
        start = match.start()
        if len(data) - start < HEADER.size:
            return None
        kind, length, microseconds = HEADER.unpack_from(data, start)
        time, level = microseconds // 1000, (kind & 0xFF) >> 2
        if kind & 2 and abs(time - read_at(start)) < CLOCK_MS:
            body = start + HEADER.size
            return _Frame(start, body, min(body + length, len(data)), time, LEVELS[level])
    return None


def _text(time: int, line: bytes) -> list[Record]:
    return [Record(time, line.decode("utf-8", "replace"))] if line.strip() else []


def _in_order(found: list[Record]) -> list[Record]:
    """The same records; none is later than the one written after it, for CloudWatch sorts events by their times."""
    for index in range(len(found) - 2, -1, -1):
        if found[index].timestamp > found[index + 1].timestamp:
            found[index] = found[index]._replace(timestamp=found[index + 1].timestamp)
    return found
