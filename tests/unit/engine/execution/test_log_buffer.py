"""How much of what a function prints is kept."""

import re

import pytest

from helpers.engine.execution import log_buffer
from helpers.engine.execution.log_buffer import LogBuffer
from helpers.engine.execution.log_records import HEADER


@pytest.fixture
def kept(monkeypatch):
    """`kept(printed)`: the messages of what was read piece by piece, each in a millisecond of its own."""
    clock = iter(range(10**9))
    monkeypatch.setattr(log_buffer.time, "time_ns", lambda: next(clock) * 1_000_000)

    def keep(printed, piece=10, **limits):
        buffer = LogBuffer(**limits)
        for begin in range(0, len(printed), piece):
            buffer.write(printed[begin : begin + piece])
        return [record.text for record in buffer.take()]

    return keep


def left_out(lines):
    """Where the note is, and how many bytes it names."""
    ((place, found),) = [
        (place, re.match(r"\[engine: (\d+) bytes", line)) for place, line in enumerate(lines) if "[e" in line
    ]
    return place, int(found[1])


def test_everything_is_kept_up_to_the_limits(kept):
    assert kept(b"one\ntwo\nthree\n", lines=3) == ["one\n", "two\n", "three\n"]


# (bytes of a piece, limit in bytes, in lines): too many lines, too many bytes, both in either order
@pytest.mark.parametrize(
    ("piece", "limit", "lines"),
    [(7, 10**9, 100), (70, 10**9, 100), (700, 20_000, 10**9), (700, 20_000, 1000), (7, 40_000, 50), (13, 10**9, 101)],
)
def test_the_first_and_the_last_lines_are_kept_and_what_is_left_out_is_counted(kept, piece, limit, lines):
    printed = b"".join(b"%06d\n" % number for number in range(20_000))
    found = kept(printed, piece=piece, limit=limit, lines=lines)
    place, missing = left_out(found)
    assert found[0] == "000000\n" and found[-1] == "019999\n" and 0 < place < len(found) - 1
    assert missing + sum(len(line) for number, line in enumerate(found) if number != place) == len(printed)
    assert len(found) <= min(lines, limit // 7) + 2 * (piece // 7 + 2)
    numbers = [line for number, line in enumerate(found) if number not in (place - 1, place)]
    assert all(re.fullmatch(r"\d{6}\n", line) for line in numbers) and numbers == sorted(numbers)


def test_the_buffer_is_empty_once_it_has_been_taken():
    buffer = LogBuffer()
    buffer.write(b"one\n")
    assert buffer.take() and buffer.take() == []


def test_many_small_pieces_count_for_what_they_take_in_memory(monkeypatch):
    clock = iter(range(10**9))
    monkeypatch.setattr(log_buffer.time, "time_ns", lambda: next(clock) * 1_000_000)
    buffer = LogBuffer(limit=20_000)
    for _ in range(50_000):
        buffer.write(b"a\n")
    assert len(buffer.head) + len(buffer.tail) <= 200


def test_frames_count_as_lines_of_text_do(kept):
    """A frame is an event, whatever is in it: 16 MB of empty ones were a million of them."""
    frames = HEADER.pack(0xA55A0002, 0, 1000) * 1000
    assert len(kept(frames, piece=160, lines=100)) < 150
