"""What of a log goes into one call of PutLogEvents."""

import pytest

from helpers.engine.execution.platform_logs import LogEvent
from helpers.engine.logs.batches import split

MB = 1024 * 1024


def calls(*messages):
    """The messages of each call."""
    rest, made = [LogEvent(1, message) for message in messages], []
    while rest:
        batch, rest = split(rest)
        made.append([event.message for event in batch])
    return made


# CloudWatch Logs API Reference, "PutLogEvents" (2026-11): 10,000 events, 1,048,576 bytes, 26 of them for each event.
@pytest.mark.parametrize(
    ("messages", "sizes"),
    [
        (["a\n"] * 3, [3]),
        (["a\n"] * 10_001, [10_000, 1]),
        (["a" * (MB // 2 - 26)] * 3, [2, 1]),
        (["a" * (MB // 2 - 25)] * 3, [1, 1, 1]),
        (["a" * (MB - 26), "b"], [1, 1]),
        (["a", "b" * (2 * MB), "c"], [1, 1, 1, 2]),
        (["Ü" * (MB // 2)], [1, 1]),
    ],
)
def test_one_call_takes(messages, sizes):
    made = calls(*messages)
    assert [len(batch) for batch in made] == sizes
    assert "".join(message for batch in made for message in batch) == "".join(messages)
    assert all(sum(len(message.encode()) + 26 for message in batch) <= MB for batch in made)
