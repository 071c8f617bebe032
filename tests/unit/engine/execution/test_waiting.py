"""Waiting for descriptors: by blocking a thread, or by telling the event loop."""

import selectors
import socket
import threading
import time

import pytest

from helpers.engine.execution import waiting


class Loop:
    """An event loop's side that waits by itself, and remembers what for."""

    def __init__(self):
        self.asked = []

    def until_ready(self, descriptor, seconds):
        self._wait(descriptor, selectors.EVENT_READ, seconds)

    def until_writable(self, descriptor, seconds):
        self._wait(descriptor, selectors.EVENT_WRITE, seconds)

    def _wait(self, descriptor, event, seconds):
        self.asked.append((descriptor, event))
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, event)
            selector.select(seconds)

    def forget(self):
        self.asked.append("no longer")

    def aside(self, function):
        self.asked.append(function)
        return function()


@pytest.fixture(params=["a thread", "the loop"])
def loop(request):
    here = Loop() if request.param == "the loop" else None
    token = waiting.loop.set(here)
    yield here
    waiting.loop.reset(token)


@pytest.fixture
def pair():
    ends = socket.socketpair()
    for end in ends:
        end.setblocking(False)
    yield ends
    for end in ends:
        end.close()


def test_what_is_there_already_comes_at_once(loop, pair):
    ours, theirs = pair
    with selectors.DefaultSelector() as selector:
        key = selector.register(ours, selectors.EVENT_READ)
        theirs.send(b"x")
        assert [found for found, _ in waiting.select(selector, 10)] == [key]


def test_only_time_that_is_left_is_waited(loop, pair):
    with selectors.DefaultSelector() as selector:
        selector.register(pair[0], selectors.EVENT_READ)
        assert waiting.select(selector, 0) == []
    assert loop is None or loop.asked == []


def test_what_comes_later_is_waited_for(loop, pair):
    ours, theirs = pair
    with selectors.DefaultSelector() as selector:
        key = selector.register(ours, selectors.EVENT_READ)
        threading.Timer(0.05, theirs.send, [b"x"]).start()
        assert [found for found, _ in waiting.select(selector, 10)] == [key]
        assert loop is None or loop.asked == [(selector.fileno(), selectors.EVENT_READ)]


def test_what_does_not_come_ends_with_the_time(loop, pair):
    with selectors.DefaultSelector() as selector:
        selector.register(pair[0], selectors.EVENT_READ)
        assert waiting.select(selector, 0.01) == []


def test_a_selector_that_closes_is_no_longer_watched(loop):
    selector = selectors.DefaultSelector()
    waiting.close(selector)
    assert selector.get_map() is None
    assert loop is None or loop.asked == ["no longer"]


def test_all_is_sent_to_who_reads_slowly(loop, pair):
    ours, theirs = pair
    data, read = b"x" * 4_000_000, bytearray()

    def slowly():
        theirs.setblocking(True)
        while len(read) < len(data):
            time.sleep(0.001)
            read.extend(theirs.recv(1_000_000))

    reader = threading.Thread(target=slowly)
    reader.start()
    waiting.send_all(ours, data, 60)
    reader.join()
    assert read == data
    assert loop is None or (ours.fileno(), selectors.EVENT_WRITE) in loop.asked


def test_who_does_not_read_is_given_up(loop, pair):
    with pytest.raises(TimeoutError):
        waiting.send_all(pair[0], b"x" * 4_000_000, 0.05)


def test_what_takes_long_is_left_to_the_loop(loop):
    def function():
        return "done"

    assert waiting.aside(function) == "done"
    assert loop is None or loop.asked == [function]
