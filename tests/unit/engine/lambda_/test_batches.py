"""Batches of a stream, without a stream: what is called with what, what is given up, in which order.

Lambda Developer Guide, "How Lambda processes records from stream and queue-based event sources" (2026-11).
"""

import time

import pytest

from helpers.engine.lambda_.event_source_mappings import batches, windows
from helpers.engine.lambda_.event_source_mappings.batches import Handling, Record
from helpers.engine.lambda_.event_source_mappings.outcomes import Outcome


class Lane:
    """Works off records; `answers` gives the outcome of a call with these numbers."""

    def __init__(self, mapping, answer):
        self.calls, self.done, self.discarded, self.waits = [], [], [], []
        self.polls = True
        self.answer = answer
        self.handling = Handling(mapping, self.call, self.finish, self.discard, self.wait)

    def call(self, records):
        self.calls.append("".join(record.number for record in records))
        return self.answer(self.calls[-1])

    def finish(self, records):
        self.done += [record.number for record in records]

    def discard(self, batch, condition):
        self.discarded.append(("".join(record.number for record in batch.records), condition))

    def wait(self, seconds):
        self.waits.append(seconds)
        return self.polls

    def work_off(self, numbers, ages=()):
        now = time.time()
        ages = ages or [0] * len(numbers)
        records = [Record({}, number, now - age, "k") for number, age in zip(numbers, ages, strict=True)]
        return batches.work_off(records, self.handling)


def fails_with(bad):
    return lambda numbers: Outcome(failed=bad in numbers)


def in_turn(*outcomes):
    left = list(outcomes)
    return lambda numbers: left.pop(0) if left else Outcome()


THROTTLED = Outcome(reached=False, failed=True)

# mapping, what answers, records, ages in seconds; calls, what was given up.
TABLE = {
    "halves take no attempts, and keep the order": (
        {"BisectBatchOnFunctionError": True, "MaximumRetryAttempts": 0}, fails_with("3"), "12345", (),
        ["12345", "123", "12", "3", "45"], [("3", "RetryAttemptsExhausted")],
    ),
    "a throttled call is no attempt": (
        {"MaximumRetryAttempts": 1}, in_turn(THROTTLED, THROTTLED, Outcome(failed=True), Outcome()), "12", (),
        ["12"] * 4, [],
    ),
    "a throttled batch is not cut": (
        {"BisectBatchOnFunctionError": True}, in_turn(THROTTLED), "12", (), ["12", "12"], [],
    ),
    "records that are too old are given up first": (
        {"MaximumRecordAgeInSeconds": 60}, fails_with("9"), "123", (120, 61, 5), ["3"], [("12", "RecordAgeExceeded")],
    ),
    "without a limit no record is too old": (
        {"MaximumRecordAgeInSeconds": -1}, fails_with("9"), "1", (10**6,), ["1"], [],
    ),
    "a partial failure goes on at its lowest number": (
        {"MaximumRetryAttempts": 1}, in_turn(Outcome(failures=frozenset("32"))), "1234", (), ["1234", "234"], [],
    ),
    "partial failures use up attempts": (
        {"MaximumRetryAttempts": 0}, in_turn(Outcome(failures=frozenset("2"))), "123", (),
        ["123"], [("23", "RetryAttemptsExhausted")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("mapping", "answer", "numbers", "ages", "calls", "discarded"), TABLE.values(), ids=TABLE)
def test_of_batches(mapping, answer, numbers, ages, calls, discarded):
    lane = Lane(mapping, answer)
    assert lane.work_off(numbers, ages)
    assert (lane.calls, lane.discarded) == (calls, discarded)
    assert sorted(lane.done) == list(numbers), "all is done or given up, once"


def test_a_mapping_that_stops_retries_nothing_and_leaves_the_rest():
    lane = Lane({"BisectBatchOnFunctionError": True}, fails_with("1"))
    lane.polls = False
    assert not lane.work_off("12")
    assert (lane.calls, lane.done) == (["12"], [])


def test_waits_grow_to_seconds_not_to_minutes():
    assert [batches.delay(tries) for tries in (1, 2, 3, 50)] == [0.25, 0.5, 1.0, 5.0]


def test_windows_begin_at_multiples_of_their_length():
    window = windows.window_of(1_000_005.5, 10)
    window.take({"state": {"n": 1}})
    assert window.fields("s", "arn", final=True) == {
        "window": {"start": "1970-01-12T13:46:40Z", "end": "1970-01-12T13:46:50Z"},
        "state": {"n": 1},
        "shardId": "s",
        "eventSourceARN": "arn",
        "isFinalInvokeForWindow": True,
        "isWindowTerminatedEarly": False,
    }
    assert window.following() is None


def test_a_state_that_is_too_large_ends_a_window_early_and_a_fresh_one_goes_on():
    window = windows.window_of(0, 10)
    window.take({"state": {"text": "x" * windows.STATE_BYTES}})
    fields = window.fields("s", "arn", final=True)
    assert (fields["isFinalInvokeForWindow"], fields["isWindowTerminatedEarly"]) == (False, True)
    assert window.following().state == {}
