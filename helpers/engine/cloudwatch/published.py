"""What is published is kept in LocalStack's tables: what a request brings, in one transaction.

LocalStack 4.9.2 opens the file again for each metric, and makes a row of every value: an invocation was thirteen.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from localstack.services.cloudwatch.cloudwatch_database_helper import CloudwatchDatabase

COLUMNS = "account_id, region, metric_name, namespace, timestamp, dimensions, unit, storage_resolution"
Datum = Mapping[str, Any]  # a MetricDatum


@cache
def database() -> CloudwatchDatabase:
    """The tables; there is one file of them."""
    # The first metric brings this, not the engine's start.
    from localstack.services.cloudwatch.cloudwatch_database_helper import CloudwatchDatabase

    return CloudwatchDatabase()


def publish(account: str, region: str, namespace: str, data: Sequence[Datum]) -> None:
    """Keep the values that a service publishes; `Timestamp` may be in seconds since 1970."""
    add_metric_data(database(), account, region, namespace, data)


def add_metric_data(
    self: CloudwatchDatabase, account_id: str, region: str, namespace: str, metric_data: Sequence[Datum]
) -> None:
    """Replace `CloudwatchDatabase.add_metric_data`: equal values are one row, as a set with their number."""
    values: list[tuple[Any, ...]] = []
    sets: list[tuple[Any, ...]] = []
    now = int(time.time())
    for datum in metric_data:
        about = (
            account_id,
            region,
            datum.get("MetricName"),
            namespace,
            _seconds(datum.get("Timestamp"), now),
            self._get_ordered_dimensions_with_separator(list(datum.get("Dimensions") or ())),
            datum.get("Unit"),
            datum.get("StorageResolution"),
        )
        for value, count in _counted(datum):
            if count == 1:
                values.append((*about, value))
            else:
                sets.append((*about, count, value * count, value, value))
        if known := datum.get("StatisticValues"):
            sets.append((*about, *(known.get(name) for name in ("SampleCount", "Sum", "Minimum", "Maximum"))))
    with self.DATABASE_LOCK, closing(sqlite3.connect(self.METRICS_DB)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")  # nothing of it is to survive the machine
        connection.executemany(_insert(self.TABLE_SINGLE_METRICS, "value"), values)
        connection.executemany(_insert(self.TABLE_AGGREGATED_METRICS, "sample_count, sum, min, max"), sets)


def _seconds(moment: datetime | float | None, now: int) -> int:
    if moment is None:
        return now
    return int(moment.timestamp() if isinstance(moment, datetime) else moment)


def _counted(datum: Datum) -> list[tuple[float, int]]:
    """The values of a datum, each with how often it is there."""
    if datum.get("Value") is not None:
        return [(datum["Value"], 1)]
    found: Counter[float] = Counter()
    for value, count in zip(datum.get("Values") or (), datum.get("Counts") or repeat(1), strict=False):
        found[value] += int(count)
    return [(value, count) for value, count in found.items() if count > 0]


def _insert(table: str, own: str) -> str:
    columns = f"{COLUMNS}, {own}"
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})"
