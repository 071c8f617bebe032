"""Cron expressions of AWS: six fields, of which the day of the month or the day of the week is `?`.

EventBridge Scheduler User Guide, "Schedule types" (2026-11): minutes, hours, day of the month (L, W), month, day of
the week (1 is Sunday; L, #), year. No library on PyPI knows all of that: crontab and croniter have five fields that
begin the week at 0, cronsim has no W and no years.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
DAYS = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}
FIRST_YEAR, LAST_YEAR = 1970, 2199
ONE_DAY = timedelta(days=1)

DayTest = Callable[[date], bool]


@dataclass(frozen=True)
class Cron:
    """A cron expression."""

    minutes: frozenset[int]
    hours: frozenset[int]
    months: frozenset[int]
    years: frozenset[int]
    is_day: DayTest

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the first time after a moment (in UTC); None if there is none.

        What the clock of the zone skips is skipped, what it shows twice is taken once (User Guide, "Daylight savings
        time on EventBridge Scheduler", 2026-11).
        """
        for day in self._days(moment.astimezone(zone).date()):
            for hour in sorted(self.hours):
                for minute in sorted(self.minutes):
                    local = datetime(day.year, day.month, day.day, hour, minute)
                    found = local.replace(tzinfo=zone).astimezone(UTC)
                    if found > moment and found.astimezone(zone).replace(tzinfo=None) == local:
                        return found
        return None

    def _days(self, day: date) -> Iterator[date]:
        while day.year <= LAST_YEAR:
            if day.year not in self.years:
                day = date(day.year + 1, 1, 1)
            elif day.month not in self.months:
                day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            else:
                if self.is_day(day):
                    yield day
                day += ONE_DAY


def parse(text: str) -> Cron:
    """Read the six fields. Raises: ValueError."""
    fields = text.upper().split()
    if len(fields) != 6:
        raise ValueError("six fields are needed")
    minutes, hours, of_month, months, of_week, years = fields
    if (of_month == "?") == (of_week == "?"):
        raise ValueError("either the day of the month or the day of the week is ?")
    return Cron(
        numbers(minutes, 0, 59),
        numbers(hours, 0, 23),
        numbers(months, 1, 12, MONTHS),
        numbers(years, FIRST_YEAR, LAST_YEAR),
        _any([_of_month(part) for part in of_month.split(",")])
        if of_week == "?"
        else _any([_of_week(part) for part in of_week.split(",")]),
    )


def numbers(field: str, low: int, high: int, names: dict[str, int] | None = None) -> frozenset[int]:
    """Read a field: numbers, names, ranges, steps, with commas between them. Raises: ValueError."""
    found: set[int] = set()
    for part in field.split(","):
        span, slash, step = part.partition("/")
        if slash and not (step.isdecimal() and int(step)):
            raise ValueError(f"{part} has no step")
        if span == "*":
            first, last = low, high
        else:
            start, dash, end = span.partition("-")
            first = _number(start, low, high, names or {})
            last = _number(end, low, high, names or {}) if dash else high if slash else first
        every = range(first, last + 1) if first <= last else (*range(first, high + 1), *range(low, last + 1))
        found.update(every[:: int(step) if slash else 1])
    return frozenset(found)


def _number(text: str, low: int, high: int, names: dict[str, int]) -> int:
    value = names.get(text, int(text) if text.isdecimal() else -1)
    if not low <= value <= high:
        raise ValueError(f"{text} is not between {low} and {high}")
    return value


def _last(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _of_month(part: str) -> DayTest:
    """Whether a day is one of a part of the field for days of the month."""
    if part == "L":
        return lambda day: day.day == _last(day)
    if part == "LW":
        return lambda day: day.day == _weekday_near(day, _last(day))
    if match := re.fullmatch(r"L-(\d{1,2})", part):
        before = _number(match[1], 1, 30, {})
        return lambda day: day.day == _last(day) - before
    if match := re.fullmatch(r"(\d{1,2})W", part):
        wanted = _number(match[1], 1, 31, {})
        return lambda day: wanted <= _last(day) and day.day == _weekday_near(day, wanted)
    days = numbers(part, 1, 31)
    return lambda day: day.day in days


def _of_week(part: str) -> DayTest:
    """Whether a day is one of a part of the field for days of the week."""
    if part == "L":
        return lambda day: _in_week(day) == 7
    if match := re.fullmatch(r"(\w+)L", part):
        last = _number(match[1], 1, 7, DAYS)
        return lambda day: _in_week(day) == last and day.day + 7 > _last(day)
    if match := re.fullmatch(r"(\w+)#([1-5])", part):
        wanted, place = _number(match[1], 1, 7, DAYS), int(match[2])
        return lambda day: _in_week(day) == wanted and (day.day - 1) // 7 + 1 == place
    days = numbers(part, 1, 7, DAYS)
    return lambda day: _in_week(day) in days


def _in_week(day: date) -> int:
    """1 for Sunday to 7 for Saturday."""
    return day.isoweekday() % 7 + 1


def _weekday_near(month: date, wanted: int) -> int:
    """The day from Monday to Friday that is nearest to the day `wanted` of a month, in that month."""
    match month.replace(day=wanted).isoweekday():
        case 6:
            return wanted - 1 if wanted > 1 else wanted + 2
        case 7:
            return wanted + 1 if wanted < _last(month) else wanted - 2
    return wanted


def _any(tests: list[DayTest]) -> DayTest:
    return lambda day: any(test(day) for test in tests)
