"""Log events of a stream: the newest as they are, older ones packed."""

import pytest

from helpers.engine.logs.stored_events import PACKED, StoredEvent, StoredEvents


@pytest.fixture
def events():
    """Events 0, 1, 2, … at those times, in batches of 7."""
    stored = StoredEvents()
    for first in range(0, 7 * PACKED, 7):
        stored.add([StoredEvent(5, time, f"line {time} \0 \ud800 ü") for time in range(first, first + 7)])
    return stored


def times(found):
    return [event.timestamp for event in found]


def test_every_event_comes_back_in_its_order_with_all_that_it_had(events):
    found = list(events)
    assert times(found) == list(range(7 * PACKED)) and len(events) == 7 * PACKED
    assert (found[1].message, found[1].ingestion_time) == ("line 1 \0 \ud800 ü", 5)
    assert [event.event_id - found[0].event_id for event in found] == list(range(7 * PACKED))
    assert [event.written_id for event in found] == [event.written_id for event in events]


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (0, None, range(7 * PACKED)),
        (PACKED - 1, PACKED, range(PACKED - 1, PACKED + 1)),
        (7 * PACKED - 3, None, range(7 * PACKED - 3, 7 * PACKED)),
        (8 * PACKED, None, ()),
        (3, 2, ()),
    ],
)
def test_those_between_two_times_are_found_packed_or_not(events, earliest, latest, expected):
    assert times(events.between(earliest, latest)) == list(expected)


@pytest.mark.parametrize("number", [1, PACKED - 1, PACKED, PACKED + 1, 6 * PACKED + 2, 7 * PACKED - 1, 7 * PACKED])
def test_the_oldest_are_dropped_packed_or_not(events, number):
    for part in (number // 3, number - number // 3):
        events.drop(part)
    assert times(events) == list(range(number, 7 * PACKED)) and len(events) == 7 * PACKED - number


def test_the_earliest_and_the_latest_are_known(events):
    assert events.times() == (0, 7 * PACKED - 1) and StoredEvents().times() is None
    events.add([StoredEvent(5, 10**6, "late"), StoredEvent(5, 3, "told late")])
    assert events.times() == (0, 10**6)


def test_what_is_read_stays_as_it_was_when_reading_began(events):
    reading = iter(events)
    first = next(reading)
    events.drop(2 * PACKED)
    events.add([StoredEvent(5, 10**6, "late")])
    assert times([first, *reading]) == list(range(7 * PACKED))
