"""Schedule expressions: at(…) once, rate(…) and cron(…) again and again.

EventBridge Scheduler User Guide, "Schedule types" (2026-11). What is refused was recorded on AWS by LocalStack 4.9.2's
tests (scheduler/test_scheduler, January 2025).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from . import cron

AT = re.compile(r"at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)")
RATE = re.compile(r"rate\((\d+) +(minute|hour|day)s?\)")
CRON = re.compile(r"cron\((.+)\)")
UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


@dataclass(frozen=True)
class Expression:
    """When something is due; of the three one is set. `once` is local time."""

    once: datetime | None = None
    period: timedelta | None = None
    fields: cron.Cron | None = None

    def after(
        self,
        moment: datetime,
        zone: ZoneInfo,
        begin: datetime,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> datetime | None:
        """Return the first due time after `moment`, None if there is none; all in UTC.

        `begin`: since when it counts, for a rate without `start` ("starts invoking the target immediately"). `start`
        and `end` are of no meaning for what is due once (API reference, CreateSchedule, 2026-11).
        """
        if self.once:
            found = self.once.replace(tzinfo=zone).astimezone(UTC)
            exists = found.astimezone(zone).replace(tzinfo=None) == self.once
            return found if found > moment and exists else None
        due: datetime | None
        if self.period:
            first = start or begin
            due = first if first > moment else first + self.period * ((moment - first) // self.period + 1)
        else:
            assert self.fields
            due = self.fields.after(max(moment, start - timedelta(microseconds=1)) if start else moment, zone)
        return due if due and (end is None or due <= end) else None


def parse(text: str) -> Expression:
    """Read an expression. Raises: ValueError."""
    if match := AT.fullmatch(text):
        return Expression(once=datetime.fromisoformat(match[1]))
    if (match := RATE.fullmatch(text)) and int(match[1]):
        return Expression(period=int(match[1]) * UNITS[match[2]])
    if match := CRON.fullmatch(text):
        return Expression(fields=cron.parse(match[1]))
    raise ValueError(f"{text} is no schedule expression")
