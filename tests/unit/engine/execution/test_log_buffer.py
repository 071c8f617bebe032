"""How much of what a function prints is kept."""

from helpers.engine.execution.log_buffer import LogBuffer


def kept(printed: bytes, piece: int = 10, **limits: int) -> list[str]:
    buffer = LogBuffer(**limits)
    for begin in range(0, len(printed), piece):
        buffer.write(printed[begin : begin + piece])
    return [record.text for record in buffer.take()]


def test_everything_is_kept_up_to_the_limits():
    assert kept(b"one\ntwo\nthree\n", most=3) == ["one\n", "two\n", "three\n"]


def test_of_too_many_lines_the_first_and_the_last_are_kept():
    printed = b"".join(b"%d\n" % number for number in range(100))
    note = "[engine: 96 lines of log left out here; AWS would keep them]\n"
    assert kept(printed, most=4) == ["0\n", "1\n", note, "98\n", "99\n"]


def test_of_too_many_bytes_the_first_and_the_last_are_kept_and_what_is_left_out_is_counted():
    printed = b"".join(b"%06d\n" % number for number in range(200_000))
    lines = kept(printed, piece=7 * 9_000, limit=400_000, most=10**6)
    note = next(index for index, line in enumerate(lines) if line.startswith("[engine: "))
    assert lines[0] == "000000\n" and lines[-1] == "199999\n" and 0 < note < len(lines) - 1
    left_out = int(lines[note].split()[1])
    assert left_out + sum(map(len, lines)) - len(lines[note]) == len(printed)
    assert len(printed) - left_out < 600_000


def test_a_line_that_was_cut_off_is_left_out_with_what_came_before_it():
    buffer = LogBuffer(limit=1000)
    for piece in (b"begin\n", b"x" * 600, b"y" * 600 + b"\nwhole\n", b"z" * 300):
        buffer.write(piece)
    texts = [record.text for record in buffer.take()]
    assert texts[0] == "begin\n" and texts[2:] in (["whole\n", "z" * 300], ["z" * 300])


def test_the_buffer_is_empty_once_it_has_been_taken():
    buffer = LogBuffer()
    buffer.write(b"one\n")
    assert buffer.take() and buffer.take() == []


def test_many_small_pieces_count_for_what_they_take_in_memory():
    buffer = LogBuffer(limit=20_000)
    for _ in range(50_000):
        buffer.write(b"a\n")
    pieces = [*buffer.head, *buffer.tail]
    assert sum(len(data) + 100 for _, data in pieces) < 150_000
