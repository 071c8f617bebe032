"""Work beside the kernel's own."""

import threading

import pytest

from helpers.widgets.shared.background import Background


@pytest.fixture
def log():
    return []


@pytest.fixture
def work(log):
    return Background(lambda doing: log.append(doing), lambda: log.append("idle"))


def start(work, log, action):
    return work.start("busy", action, lambda result: log.append(result), lambda error: log.append(repr(error)))


def test_its_result_arrives_when_it_is_idle_again(work, log):
    assert start(work, log, lambda: 7)
    assert work.join(20)
    assert log == ["busy", "idle", 7]
    assert not work.is_busy


def test_whatever_it_raises_arrives_too(work, log):
    start(work, log, lambda: 1 / 0)
    assert work.join(20)
    assert log == ["busy", "idle", "ZeroDivisionError('division by zero')"]


def test_an_error_while_its_result_is_shown_arrives_too(work, log):
    work.start("busy", lambda: 7, lambda result: result / 0, lambda error: log.append(type(error).__name__))
    assert work.join(20)
    assert log == ["busy", "idle", "ZeroDivisionError"]


def test_what_begins_when_another_ends_is_waited_for_too(log):
    gate, slow = threading.Event(), threading.Event()

    def idle():
        if not log:
            work.start("next", lambda: slow.wait(0.2), lambda _: log.append("both"), lambda error: None)
            log.append("first")

    work = Background(lambda doing: None, idle)
    work.start("first", lambda: gate.wait(20), lambda _: None, lambda error: None)
    threading.Timer(0.1, gate.set).start()
    assert work.join(20)
    assert log == ["first", "both"]


def test_there_is_one_at_a_time(work, log):
    gate = threading.Event()
    start(work, log, gate.wait)
    assert work.is_busy
    assert not start(work, log, lambda: 8)
    gate.set()
    assert work.join(20)
    assert log == ["busy", "idle", True]


def test_what_was_stopped_shows_nowhere(work, log):
    gate = threading.Event()
    start(work, log, gate.wait)
    assert work.stop()
    gate.set()
    assert work.join(20)
    assert log == ["busy", "idle"]
    assert not work.stop()
    assert start(work, log, lambda: 8)
    assert work.join(20)
    assert log[2:] == ["busy", "idle", 8]
