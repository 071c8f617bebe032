"""Moments as Insights writes them, and periods to round them to. Moments are in ms since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_NAMES = {"millisecond": "ms", "msec": "ms", "second": "s", "sec": "s", "minute": "m", "min": "m", "hour": "h"}
_NAMES |= {"hr": "h", "day": "d", "week": "w"}
PERIOD = r"\d+\s*(?:ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![\w.])"
_PARTS = re.compile(r"(\d+)\s*(\w+)")


class Moment(int):
    """A moment that is shown as date and time."""

    def __str__(self) -> str:
        moment = datetime.fromtimestamp(self / 1000, UTC)
        return f"{moment:%Y-%m-%d %H:%M:%S}.{self % 1000:03d}"


def milliseconds(period: str) -> int:
    """A period, as in 5m or 1 hour."""
    match = _PARTS.fullmatch(period.strip())
    count, unit = match.groups() if match else ("1", "m")
    unit = unit.lower()
    return int(count) * _UNITS[unit if unit in _UNITS else _NAMES[unit.removesuffix("s")]]


def floor(moment: float, period: int) -> Moment:
    """The beginning of the period in which a moment is."""
    return Moment(int(moment) // period * period)
