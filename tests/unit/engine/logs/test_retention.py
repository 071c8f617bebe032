"""The oldest log events make room for new ones."""

from helpers.engine.logs.retention import EVENT_BYTES, Retention
from helpers.engine.logs.stored_events import StoredEvent, StoredEvents


class Stream:
    """A log stream, as far as retention looks at it."""

    def __init__(self):
        self.events = StoredEvents()

    def put(self, retention, *messages):
        self.events.add([StoredEvent(0, 0, message) for message in messages])
        retention.keep(self, messages)

    @property
    def messages(self):
        return [event.message for event in self.events]


def test_nothing_is_lost_within_the_limit():
    retention, stream = Retention(limit=3 * (EVENT_BYTES + 1)), Stream()
    stream.put(retention, "a", "b")
    stream.put(retention, "c")
    assert stream.messages == ["a", "b", "c"] and retention.bytes == 3 * (EVENT_BYTES + 1)


def test_the_oldest_go_first_whichever_stream_they_are_in():
    retention, first, second = Retention(limit=3 * (EVENT_BYTES + 1)), Stream(), Stream()
    first.put(retention, "a", "b")
    second.put(retention, "c")
    second.put(retention, "d", "e")
    assert (first.messages, second.messages) == ([], ["c", "d", "e"])
    first.put(retention, "f")
    assert (first.messages, second.messages) == (["f"], ["d", "e"])


def test_what_was_just_written_is_kept_even_when_it_is_too_much_by_itself():
    retention, stream = Retention(limit=10), Stream()
    stream.put(retention, "a")
    stream.put(retention, "b" * 100)
    assert stream.messages == ["b" * 100]


def test_a_stream_that_is_gone_is_not_held():
    retention, stream = Retention(limit=3 * (EVENT_BYTES + 1)), Stream()
    Stream().put(retention, "x", "y")
    stream.put(retention, "a", "b")
    assert stream.messages == ["a", "b"] and retention.bytes == 2 * (EVENT_BYTES + 1)
