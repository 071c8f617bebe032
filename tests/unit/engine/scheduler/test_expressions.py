"""Schedule expressions: EventBridge Scheduler User Guide, "Schedule types" (2026-11), where no other source is
named.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from helpers.engine.scheduler import expressions

ZONES = {"": ZoneInfo("UTC"), "Berlin": ZoneInfo("Europe/Berlin"), "New York": ZoneInfo("America/New_York")}


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def times(text, after, count, zone="", **more):
    expression, found, now = expressions.parse(text), [], moment(after)
    options = {name: moment(value) for name, value in more.items()}
    for _ in range(count):
        due = expression.after(now, ZONES[zone], options.pop("begin", moment(after)), **options)
        if due is None:
            return [*found, None]
        found.append(due.strftime("%Y-%m-%d %H:%M"))
        now = due
    return found


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        # The examples of the User Guide, and of "Cron expressions" in that of EventBridge (2026-11).
        ("cron(0 10 * * ? *)", "2026-11-29 10:00", ["2026-11-30 10:00", "2026-12-01 10:00"]),
        ("cron(15 12 * * ? *)", "2026-11-29 10:00", ["2026-11-29 12:15", "2026-11-30 12:15"]),
        ("cron(0 18 ? * MON-FRI *)", "2026-11-27 18:00", ["2026-11-30 18:00", "2026-12-01 18:00"]),
        ("cron(0 8 1 * ? *)", "2026-11-29 10:00", ["2026-12-01 08:00", "2027-01-01 08:00"]),
        ("cron(0/15 * * * ? *)", "2026-11-29 10:07", ["2026-11-29 10:15", "2026-11-29 10:30"]),
        ("cron(0/10 * ? * MON-FRI *)", "2026-11-27 23:55", ["2026-11-30 00:00", "2026-11-30 00:10"]),
        ("cron(0/5 8-17 ? * MON-FRI *)", "2026-11-30 17:55", ["2026-12-01 08:00", "2026-12-01 08:05"]),
        ("cron(0/30 20-2 ? * MON-FRI *)", "2026-11-30 02:30", ["2026-11-30 20:00", "2026-11-30 20:30"]),
        ("cron(15 10 ? * 6L 2026-2027)", "2026-11-01 00:00", ["2026-11-27 10:15", "2026-12-25 10:15"]),
        ("cron(0 9 ? * 2#1 *)", "2026-11-29 00:00", ["2026-12-07 09:00", "2027-01-04 09:00"]),
        ("cron(0 9 ? * TUE#5 *)", "2026-11-29 00:00", ["2026-12-29 09:00", "2027-03-30 09:00"]),
        ("cron(0 9 3W * ? *)", "2027-01-01 00:00", ["2027-01-04 09:00", "2027-02-03 09:00"]),
        ("cron(0 9 1W * ? *)", "2027-04-30 00:00", ["2027-05-03 09:00", "2027-06-01 09:00"]),
        ("cron(0 9 31W * ? *)", "2027-01-01 00:00", ["2027-01-29 09:00", "2027-03-31 09:00"]),
        ("cron(0 9 L * ? *)", "2027-02-01 00:00", ["2027-02-28 09:00", "2027-03-31 09:00"]),
        ("cron(0 9 L-2 * ? *)", "2027-02-01 00:00", ["2027-02-26 09:00", "2027-03-29 09:00"]),
        ("cron(0 9 LW * ? *)", "2027-01-01 00:00", ["2027-01-29 09:00", "2027-02-26 09:00"]),
        ("cron(0 9 ? * L *)", "2026-11-29 00:00", ["2026-12-05 09:00", "2026-12-12 09:00"]),
        ("cron(0 0 29 FEB ? *)", "2026-11-29 00:00", ["2028-02-29 00:00", "2032-02-29 00:00"]),
        ("cron(0 0 1 1 ? 2027)", "2026-11-29 00:00", ["2027-01-01 00:00", None]),
        ("cron(0 0 30 2 ? *)", "2026-11-29 00:00", [None]),
        # localstack/localstack#13572 (2025): valid on AWS
        ("cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)", "2026-11-29 00:00", ["2026-11-30 08:00", "2026-11-30 08:01"]),
        ("cron(1-31/30 1-1 ? * 1,7 *)", "2026-11-29 00:00", ["2026-11-29 01:01", "2026-11-29 01:31"]),
        ("at(2026-11-29T10:00:20)", "2026-11-29 09:00", ["2026-11-29 10:00", None]),
        ("at(2022-12-31T23:59:59)", "2026-11-29 09:00", [None]),
        ("rate(5 minutes)", "2026-11-29 09:02", ["2026-11-29 09:07", "2026-11-29 09:12"]),
        ("rate(1 day)", "2026-11-29 09:02", ["2026-11-30 09:02", "2026-12-01 09:02"]),
    ],
)
def test_an_expression_is_due_when_the_guide_says(text, after, expected):
    assert times(text, after, len(expected)) == expected


@pytest.mark.parametrize(
    ("text", "after", "zone", "expected"),
    [
        ("at(2026-07-01T12:00:00)", "2026-06-01 00:00", "Berlin", ["2026-07-01 10:00"]),
        ("cron(0 12 * * ? *)", "2026-10-24 09:00", "Berlin", ["2026-10-24 10:00", "2026-10-25 11:00"]),
        # "Daylight savings time": 02:30 is not there on 14 March 2027, and twice on 1 November 2026.
        ("cron(30 2 * * ? *)", "2027-03-13 00:00", "New York", ["2027-03-13 07:30", "2027-03-15 06:30"]),
        ("cron(30 1 * * ? *)", "2026-11-01 00:00", "New York", ["2026-11-01 05:30", "2026-11-02 06:30"]),
        ("at(2027-03-14T02:30:00)", "2027-03-13 00:00", "New York", [None]),
        ("rate(1 day)", "2027-03-13 12:00", "New York", ["2027-03-14 12:00", "2027-03-15 12:00"]),
    ],
)
def test_times_are_of_the_time_zone(text, after, zone, expected):
    assert times(text, after, len(expected), zone) == expected


@pytest.mark.parametrize(
    ("text", "after", "more", "expected"),
    [
        (
            "rate(5 minutes)",
            "2026-11-29 09:02",
            {"start": "2026-11-29 10:00"},
            ["2026-11-29 10:00", "2026-11-29 10:05"],
        ),
        ("rate(5 minutes)", "2026-11-29 09:02", {"start": "2026-11-29 09:00"}, ["2026-11-29 09:05"]),
        # "If you do not provide a StartDate …, your schedule starts invoking the target immediately."
        ("rate(5 minutes)", "2026-11-29 09:02", {"begin": "2026-11-29 09:03"}, ["2026-11-29 09:03"]),
        ("rate(1 hour)", "2026-11-29 09:00", {"end": "2026-11-29 10:30"}, ["2026-11-29 10:00", None]),
        (
            "cron(0 * * * ? *)",
            "2026-11-29 09:02",
            {"start": "2026-11-29 12:00"},
            ["2026-11-29 12:00", "2026-11-29 13:00"],
        ),
        ("cron(0 * * * ? *)", "2026-11-29 09:02", {"end": "2026-11-29 10:00"}, ["2026-11-29 10:00", None]),
        # "EventBridge Scheduler ignores StartDate for one-time schedules."
        ("at(2026-11-29T10:00:00)", "2026-11-29 09:00", {"start": "2026-12-01 00:00"}, ["2026-11-29 10:00"]),
    ],
)
def test_a_schedule_keeps_to_its_start_and_end(text, after, more, expected):
    assert times(text, after, len(expected), **more) == expected


# Recorded on AWS by LocalStack 4.9.2's tests (scheduler/test_scheduler, January 2025), but for the last four.
@pytest.mark.parametrize(
    "text",
    [
        "cron(0 1 * * * *)", "cron(7 20 * * NOT *)", "cron(INVALID)", "cron(0 dummy ? * MON-FRI *)",
        "cron(71 8 1 * ? *)",
        "cron()", "rate(10 seconds)", "rate(10 years)", "rate()", "rate(10)", "rate(10 minutess)", "rate(foo minutes)",
        "rate(-10 minutes)", "rate( 10 minutes )", " rate(10 minutes)", "at(2021-12-31T23:59:59Z)", "at(2021-12-31)",
        "rate(0 minutes)", "cron(0 0 ? * ? *)", "cron(0 0 * * ?)", "at(2026-13-01T00:00:00)",
    ],
)  # fmt: skip
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(ValueError):
        expressions.parse(text)
