"""Environments in reserve: how many are kept, of what, and for how long."""

import time

import pytest

from helpers.engine.execution import reserves
from helpers.engine.execution.sandbox.protocol import Reserve
from helpers.engine.execution.sandboxes import Kind

NODE, PYTHON = Reserve(argv=["node"]), Reserve(argv=[])


class Waiting:
    """A stand-in for a `Sandbox`."""

    def __init__(self, kind):
        self.kind, self.closed, self.there = kind, False, True

    def is_there(self):
        return self.there

    def close(self):
        self.closed = True


@pytest.fixture
def started(monkeypatch):
    """What has been started; nothing is in reserve at first, and no thread runs: the test calls `_start`."""
    all_started = []

    def start(kind):
        all_started.append(Waiting(kind))
        return all_started[-1]

    monkeypatch.setattr(reserves, "start", start)
    monkeypatch.setattr(reserves, "_threads", [None])
    for name in ("_ready", "_asked"):
        monkeypatch.setattr(reserves, name, {})
    monkeypatch.setattr(reserves, "_expected", [])
    return all_started


def fill():
    """Do once what the thread does."""
    while missing := reserves._missing():
        reserves._start(missing[-1])


def later(monkeypatch, seconds):
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + seconds)


def test_the_first_of_a_kind_is_started_and_the_second_has_been_in_reserve(started):
    first = reserves.take("zygote", PYTHON)
    fill()
    assert [one.kind for one in started] == [Kind("zygote", PYTHON)] * 2
    assert reserves.take("zygote", PYTHON) is started[1]
    assert first is started[0]


def test_each_is_taken_once_and_only_by_its_kind(started):
    reserves.take("zygote", PYTHON)
    fill()
    taken = [reserves.take("zygote", NODE), reserves.take("another", PYTHON)]
    assert started[1] not in taken
    taken += [reserves.take("zygote", PYTHON), reserves.take("zygote", PYTHON)]
    assert taken.count(started[1]) == 1


def test_as_many_are_kept_as_have_been_asked_for_lately_and_never_more_than_three(started):
    for _ in range(5):
        reserves._ask(Kind("zygote", PYTHON))
    fill()
    assert len(started) == reserves.MOST_OF_A_KIND


def test_one_that_has_ended_meanwhile_is_closed_and_not_given(started):
    reserves.take("zygote", PYTHON)
    fill()
    started[1].there = False
    assert reserves.take("zygote", PYTHON) is started[2]
    assert started[1].closed


def test_what_nobody_has_asked_for_lately_is_ended(started, monkeypatch):
    reserves.take("zygote", PYTHON)
    fill()
    assert reserves._superfluous() == []
    later(monkeypatch, reserves.KEPT_SECONDS + 1)
    assert reserves._superfluous() == [started[1]]
    assert reserves._missing() == []


def test_only_the_kinds_that_were_asked_for_last_are_kept(started):
    for memory in range(reserves.MOST_KINDS + 1):
        reserves._ask(Kind("zygote", Reserve(argv=["node", str(memory)])))
    fill()
    assert [one.kind.reserve.argv[1] for one in reserves._superfluous()] == ["0"]


def test_a_kind_that_cannot_be_started_is_not_tried_again_and_again(started, monkeypatch):
    reserves._ask(Kind("zygote", PYTHON))

    def start(kind):
        raise RuntimeError("the zygote has ended")

    monkeypatch.setattr(reserves, "start", start)
    fill()
    assert reserves._missing() == []
