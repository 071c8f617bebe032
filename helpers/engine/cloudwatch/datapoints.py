"""Statistics of one metric by period, from LocalStack's table of published values.

A metric is its namespace, its name and exactly its dimensions (CloudWatch User Guide, "CloudWatch concepts", 2026-11);
LocalStack 4.9.2 also counts metrics with more dimensions, or with values that begin alike, and knows no percentiles.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from localstack.aws.api import CommonServiceException
from localstack.services.cloudwatch.cloudwatch_database_helper import CloudwatchDatabase

STATISTICS = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")
PERCENTILE = re.compile(r"p(\d{1,2}(\.\d{1,10})?|100)")
COLUMNS = "account_id, region, namespace, metric_name, dimensions, unit, timestamp"


@dataclass
class Period:
    """What was published in one period: single values, and sets of which only the statistics are known."""

    values: list[float] = field(default_factory=list)
    sets: list[tuple[float, float, float, float]] = field(default_factory=list)  # sum, count, minimum, maximum

    def statistic(self, name: str) -> float | None:
        """A statistic by its name ("Sum", "p90"); None for a percentile of sets, as on AWS."""
        if match := PERCENTILE.fullmatch(name):
            return None if self.sets else percentile(sorted(self.values), float(match[1]))
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


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The percentile of values in their order, interpolated. (AWS does not say how it interpolates.)"""
    place = (len(ordered) - 1) * percent / 100
    below, above = math.floor(place), math.ceil(place)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def check_statistic(name: str) -> None:
    """Raise an error for what is no statistic (AWS's), and for trimmed means and the like (ours)."""
    if name in STATISTICS or PERCENTILE.fullmatch(name):
        return
    if re.match(r"(tm|wm|tc|ts|pr|IQM)", name, re.IGNORECASE):
        raise CommonServiceException(
            "NotImplemented",
            f"The statistic {name} (Amazon CloudWatch) is not part of this engine: it has averages, sums, minimums, "
            "maximums, counts and percentiles.",
            501,
            True,
        )
    raise CommonServiceException("InvalidParameterValue", f"The value {name} for parameter Stat is not supported.", 400)


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
            found.setdefault((place, its_unit), Period()).sets.append(tuple(known))
    return found


def get_metric_data_stat(
    self: CloudwatchDatabase, account_id: str, region: str, query: dict[str, Any], start_time: Any, end_time: Any,
    scan_by: str,
) -> dict[str, list[Any]]:  # fmt: skip
    """Replace `CloudwatchDatabase.get_metric_data_stat`, which alarms ask: {"timestamps": […], "values": […]}."""
    asked = query["MetricStat"]
    check_statistic(asked["Stat"])
    unit = asked.get("Unit")
    start, end = (self._convert_timestamp_to_unix(moment) for moment in (start_time, end_time))
    unit = None if unit == "NULL_VALUE" else unit
    found = read(self, account_id, region, asked["Metric"], unit, int(start), int(end), asked["Period"])
    merged: dict[int, Period] = {}
    for (moment, _), part in sorted(found.items(), key=lambda item: item[0][0]):
        whole = merged.setdefault(moment, Period())
        whole.values += part.values
        whole.sets += part.sets
    computed = [(moment, period.statistic(asked["Stat"])) for moment, period in merged.items()]
    pairs = [pair for pair in computed if pair[1] is not None]
    if scan_by != "TimestampAscending":
        pairs.reverse()
    return {"timestamps": [moment for moment, _ in pairs], "values": [value for _, value in pairs]}
