"""Statistics of one metric by period, from LocalStack's table of published values.

A metric is its namespace, its name and exactly its dimensions (CloudWatch User Guide, "CloudWatch concepts", 2026-11);
LocalStack 4.9.2 also counts metrics with more dimensions, or with values that begin alike, and knows no percentiles.
"""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from localstack.aws.api import CommonServiceException
from localstack.services.cloudwatch.cloudwatch_database_helper import CloudwatchDatabase

from . import trimmed_statistics

STATISTICS = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")
MOST_EQUAL = 1_000_000  # values of which a list is made
SHORT_PERIODS = (1, 5, 10, 20, 30)  # s


@dataclass
class Period:
    """What was published in one period: single values, and sets of which only the statistics are known."""

    values: list[float] = field(default_factory=list)
    sets: list[tuple[float, float, float, float]] = field(default_factory=list)  # sum, count, minimum, maximum

    def add(self, total: float, count: float, least: float, most: float) -> None:
        """Add a set. One of equal values is as good as the values (API Reference, "MetricDatum", 2026-11)."""
        if least == most and count <= MOST_EQUAL:
            self.values += [least] * int(count)
        else:
            self.sets.append((total, count, least, most))

    def statistic(self, name: str) -> float | None:
        """A statistic by its name ("Sum", "p90"); None for a percentile of sets, as on AWS."""
        if name not in STATISTICS:
            return None if self.sets else trimmed_statistics.compute(name, self.values)
        count = len(self.values) + sum(count for _, count, _, _ in self.sets)
        total = math.fsum([*self.values, *(total for total, *_ in self.sets)])
        match name:
            case "SampleCount":
                return float(count)
            case "Sum":
                return total
            case "Average":
                return total / count if count else None
            case "Minimum":
                return float(min([*self.values, *(least for _, _, least, _ in self.sets)]))
        return float(max([*self.values, *(most for *_, most in self.sets)]))


def check_statistic(name: str) -> None:
    """Raises: InvalidParameterValue for what is no statistic."""
    if name not in STATISTICS and not trimmed_statistics.is_known(name):
        message = f"The value {name} for parameter Stat is not supported."
        raise CommonServiceException("InvalidParameterValue", message, 400, True)


def is_period(seconds: int) -> bool:
    """Whether AWS has periods of this length."""
    return seconds in SHORT_PERIODS or (seconds > 0 and seconds % 60 == 0)


def span(start_time: datetime, end_time: datetime, period: int) -> tuple[int, int]:
    """The beginning of the first period, and the end of the last, in s since 1970.

    AWS rounds the start down to a minute, or to a period that is shorter, and shows every period that begins before the
    end (API Reference, "GetMetricData", 2026-11).
    """
    unit = min(period, 60)
    start = math.floor(start_time.timestamp()) // unit * unit
    periods = math.ceil((end_time.timestamp() - start) / period)
    return start, start + max(0, periods) * period


def read(
    database: CloudwatchDatabase,
    account: str,
    region: str,
    metric: dict[str, Any],
    unit: str | None,
    start: int,
    end: int,
    period: int,
) -> dict[tuple[int, str | None], Period]:
    """What was published of a metric, by the beginning of the period (s since 1970) and the unit.

    Without `unit`, of all units. `start` and `end` are in seconds; periods begin at `start`.
    """
    dimensions = database._get_ordered_dimensions_with_separator(list(metric.get("Dimensions") or []))
    what = (account, region, metric["Namespace"], metric["MetricName"], dimensions, start, end, unit, unit)
    where = """WHERE account_id = ? AND region = ? AND namespace = ? AND metric_name = ? AND dimensions IS ?
        AND timestamp >= ? AND timestamp < ? AND (? IS NULL OR unit IS ?)"""
    found: dict[tuple[int, str | None], Period] = {}
    with database.DATABASE_LOCK, sqlite3.connect(database.METRICS_DB_READ_ONLY, uri=True) as connection:
        singles = connection.execute(
            f"SELECT timestamp, unit, value FROM {database.TABLE_SINGLE_METRICS} {where}", what
        )
        for moment, its_unit, value in singles:
            place = start + (int(moment) - start) // period * period
            found.setdefault((place, its_unit), Period()).values.append(value)
        columns = "timestamp, unit, sum, sample_count, min, max"
        sets = connection.execute(f"SELECT {columns} FROM {database.TABLE_AGGREGATED_METRICS} {where}", what)
        for moment, its_unit, *known in sets:
            place = start + (int(moment) - start) // period * period
            found.setdefault((place, its_unit), Period()).add(*known)
    return found
