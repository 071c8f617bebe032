"""`aws logs tail`: its times, its formats, and which events it prints."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from helpers.backend import log_tail

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)


@pytest.mark.parametrize(
    ("since", "before_ms"),
    [
        ("30s", 30_000),
        ("10m", 600_000),
        ("2h", 7_200_000),
        ("1d", 86_400_000),
        ("1w", 604_800_000),
        ("2026-11-29T11:59:00", 60_000),
        ("2026-11-29T13:59:00+02:00", 60_000),
    ],
)
def test_since_is_a_span_or_a_time(since, before_ms):
    assert log_tail.milliseconds(since, NOW) == NOW_MS - before_ms


def test_another_since_is_refused_in_one_sentence():
    with pytest.raises(ValueError, match=r"^--since is 'yesterday'; write .*\.$"):
        log_tail.milliseconds("yesterday", NOW)


@pytest.mark.parametrize(
    ("form", "message", "line"),
    [
        ("detailed", "hello\n", "2026-11-29T12:00:00.000000+00:00 s hello"),
        ("short", "hello\n", "2026-11-29T12:00:00 hello"),
        ("json", '{"a": "ü"}', '2026-11-29T12:00:00.000000+00:00 s\n{\n    "a": "ü"\n}'),
        ("json", "hello", "2026-11-29T12:00:00.000000+00:00 s hello"),
    ],
)
def test_an_event_is_printed_in_the_form_asked_for(form, message, line):
    event = {"timestamp": NOW_MS, "logStreamName": "s", "message": message}
    assert log_tail.formatted(event, form) == line


def fake_logs(*passes):
    """A client whose log group has the events `passes[0]` at first, then those of `passes[1]` …; it notes startTime."""
    passes = iter(passes)
    asked = []

    def paginate(startTime, **_):  # noqa: N803  AWS's name
        asked.append(startTime)
        try:
            return [{"events": [event for event in next(passes) if event["timestamp"] >= startTime]}]
        except StopIteration:
            raise KeyboardInterrupt from None

    return SimpleNamespace(get_paginator=lambda _: SimpleNamespace(paginate=paginate), asked=asked)


def event(number, moment):
    return {"eventId": str(number), "timestamp": moment}


def test_without_follow_it_ends_with_the_events_there_are():
    logs = fake_logs([event(1, 10), event(2, 20)])
    assert [found["eventId"] for found in log_tail.events(logs, {}, 5, follow=False)] == ["1", "2"]


def test_with_follow_each_event_is_printed_once_also_of_the_same_millisecond(monkeypatch):
    monkeypatch.setattr(log_tail, "PAUSE_SECONDS", 0)
    first = [event(1, 10), event(2, 20)]
    second = [*first, event(3, 20), event(4, 30)]
    logs = fake_logs(first, second, second)
    found = []
    with pytest.raises(KeyboardInterrupt):
        for one in log_tail.events(logs, {}, 5, follow=True):
            found.append(one["eventId"])
    assert found == ["1", "2", "3", "4"]
    assert logs.asked == [5, 20, 30, 30]
