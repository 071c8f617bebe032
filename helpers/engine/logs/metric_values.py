"""Values of CloudWatch metrics that log events gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ..cloudwatch import published


class Series(NamedTuple):
    """What a value is of. `dimensions` are pairs of name and value; `timestamp` is in seconds since 1970."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    unit: str
    resolution: int
    timestamp: int


Value = tuple[Series, float]


def publish(account: str, region: str, values: Iterable[Value]) -> None:
    """Publish values, those of one series together."""
    gathered: dict[Series, list[float]] = defaultdict(list)
    for series, value in values:
        gathered[series].append(value)
    entries = defaultdict(list)
    for series, numbers in gathered.items():
        entries[series.namespace].append(_entry(series, numbers))
    for namespace, data in entries.items():
        published.publish(account, region, namespace, data)


def _entry(series: Series, values: list[float]) -> dict[str, object]:
    return {
        "MetricName": series.name,
        "Dimensions": [{"Name": name, "Value": value} for name, value in series.dimensions],
        "Unit": series.unit,
        "StorageResolution": series.resolution,
        "Timestamp": series.timestamp,
        "Values": values,
    }
