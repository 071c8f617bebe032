"""How much of what a function prints is kept."""

from helpers.engine.execution.log_buffer import LogBuffer


def kept(printed: bytes, **limits: int) -> bytes:
    buffer = LogBuffer(**limits)
    for begin in range(0, len(printed), 10):
        buffer.write(printed[begin : begin + 10])
    return buffer.take()


def test_everything_is_kept_up_to_the_limits():
    assert kept(b"one\ntwo\nthree\n", limit=14, lines=3) == b"one\ntwo\nthree\n"


def test_of_too_many_lines_the_first_and_the_last_are_kept():
    printed = b"".join(b"%d\n" % number for number in range(100))
    assert kept(printed, lines=4) == b"0\n1\n[engine: 97 lines of log left out here; AWS would keep them]\n99\n"


def test_of_too_many_bytes_the_first_and_the_last_are_kept():
    assert kept(b"a" * 100 + b"b" * 1000, limit=20).startswith(b"a" * 10 + b"\n[engine: ")
    assert kept(b"a" * 1000 + b"b" * 10, limit=20).endswith(b"b" * 10)
    assert len(kept(b"a" * 1_000_000, limit=20)) < 120
