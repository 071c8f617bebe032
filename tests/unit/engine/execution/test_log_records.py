"""What a runtime writes, as messages: lines and frames, with their times."""

import struct
import time

import pytest

from helpers.engine.execution.log_records import records

NOW = int(time.time() * 1000)


def frame(message: bytes, kind: int = 0xA55A0003, at: int = NOW) -> bytes:
    return struct.pack(">IIQ", kind, len(message), at * 1000) + message


# AWS: LocalStack's snapshots test_multi_line_prints and test_lambda_event_retries (recorded on AWS, 2025 and 2023); the
# clients awslambdaric 4.2 and aws-lambda-nodejs-runtime-interface-client 3.3 for frames (2026-11).
ROWS = {
    "a line each": (b"one\ntwo\n", ["one\n", "two\n"]),
    "blank lines are left out": (b"\nmulti\n\n  \nline\n\n", ["multi\n", "line\n"]),
    "a carriage return is kept": (b"another\rline\n", ["another\rline\n"]),
    "the last line may have no end": (b"one\ntwo", ["one\n", "two"]),
    "text in UTF-8": ("Grüße, 日本 🎉\n".encode(), ["Grüße, 日本 🎉\n"]),
    "bytes that are no text": (b"\xff\xfe\n", ["\ufffd\ufffd\n"]),
    "a frame of several lines": (frame(b"first\nsecond\n"), ["first\nsecond\n"]),
    "a frame without a line end": (frame(b"[ERROR] a\nb") + b"c\n", ["[ERROR] a\nb", "c\n"]),
    "a frame within a line": (b"be" + frame(b"in between\n") + b"gun\n", ["in between\n", "begun\n"]),
    "frames and lines in their order": (
        b"a\n" + frame(b"b\n") + frame(b"c\n") + b"d\n",
        ["a\n", "b\n", "c\n", "d\n"],
    ),
    "an empty frame": (frame(b"") + b"a\n", ["", "a\n"]),
    "a frame that was not finished": (frame(b"long")[:-2], ["lo"]),
    "bytes that only begin as a frame does": (
        b"\xa5\x5a\x00\x03 not a frame, and long enough\n",
        ["\ufffdZ\x00\x03 not a frame, and long enough\n"],
    ),
    "a frame of another year": (frame(b"x", at=0) + b"\n", [frame(b"x", at=0).decode("utf-8", "replace") + "\n"]),
}


@pytest.mark.parametrize("row", ROWS)
def test_messages_of(row):
    data, texts = ROWS[row]
    assert [record.text for record in records([(NOW, data)])] == texts


@pytest.mark.parametrize("row", ROWS)
def test_pieces_make_no_difference(row):
    data, texts = ROWS[row]
    assert [record.text for record in records([(NOW, data[i : i + 1]) for i in range(len(data))])] == texts


@pytest.mark.parametrize(
    ("kind", "level"),
    [(0xA55A0003, ""), (0xA55A000B, "DEBUG"), (0xA55A000E, "INFO"), (0xA55A0016, "ERROR"), (0xA55A001A, "FATAL")],
)
def test_a_frame_has_the_level_that_its_type_says(kind, level):
    assert records([(NOW, frame(b"x", kind))])[0].level == level


def test_a_line_has_the_time_at_which_its_end_was_read():
    chunks = [(NOW, b"one\ntw"), (NOW + 1000, b"o\nthree")]
    assert [record.timestamp - NOW for record in records(chunks)] == [0, 1000, 1000]


def test_a_frame_has_its_own_time_and_a_line_before_it_none_later():
    written = records([(NOW + 5, b"before\n" + frame(b"framed\n", at=NOW) + b"after\n")])
    assert [record.timestamp - NOW for record in written] == [0, 0, 5]
