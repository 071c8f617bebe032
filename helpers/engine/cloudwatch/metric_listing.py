"""ListMetrics: the metrics that have all of the dimensions that are asked for.

API Reference, "ListMetrics" (2026-11). LocalStack 4.9.2 also lists metrics whose dimension begins alike ("1" finds
"12"), takes `_` in a value for any character, and crashes on a `=`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.cloudwatch.cloudwatch_database_helper import CloudwatchDatabase

from . import pages

PAGE = 500
KEPT_SECONDS, RECENT_SECONDS = 14 * 24 * 3600, 3 * 3600


class Metric(NamedTuple):
    """A metric; `dimensions` are pairs of name and value."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]

    def described(self) -> dict[str, Any]:
        """The metric, as the API has it."""
        dimensions = [{"Name": name, "Value": value} for name, value in self.dimensions]
        return {"Namespace": self.namespace, "MetricName": self.name, "Dimensions": dimensions}


def metrics(database: CloudwatchDatabase, account: str, region: str, seconds: int = KEPT_SECONDS) -> Iterator[Metric]:
    """The metrics of the last so many seconds, in the order of their names."""
    tables = (database.TABLE_SINGLE_METRICS, database.TABLE_AGGREGATED_METRICS)
    columns = "namespace, metric_name, dimensions"
    where = "WHERE account_id = ? AND region = ? AND timestamp >= ?"
    query = " UNION ".join(f"SELECT {columns} FROM {table} {where}" for table in tables)
    values = (account, region, int(time.time()) - seconds)
    with database.DATABASE_LOCK, sqlite3.connect(database.METRICS_DB_READ_ONLY, uri=True) as connection:
        found = connection.execute(f"{query} ORDER BY {columns}", values * len(tables)).fetchall()
    for namespace, name, written in found:
        pairs = [pair.partition("=") for pair in (written or "").split("\t") if pair]  # as the database keeps them
        yield Metric(namespace, name, tuple((its, value) for its, _, value in pairs))


def list_metrics(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    namespace: str | None = None,
    metric_name: str | None = None,
    dimensions: list[dict[str, str]] | None = None,
    next_token: str | None = None,
    recently_active: str | None = None,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.list_metrics`. Raises: InvalidParameterValue."""
    if recently_active not in (None, "PT3H"):
        message = "The parameter RecentlyActive must be a value in the set [ PT3H ]."
        raise CommonServiceException("InvalidParameterValue", message, 400, True)
    seconds = RECENT_SECONDS if recently_active else KEPT_SECONDS
    wanted = [(one["Name"], one.get("Value")) for one in dimensions or ()]
    found = [
        metric.described()
        for metric in metrics(self.cloudwatch_database, context.account_id, context.region, seconds)
        if namespace in (None, metric.namespace)
        and metric_name in (None, metric.name)
        and all(
            any(name == its and value in (None, its_value) for its, its_value in metric.dimensions)
            for name, value in wanted
        )
    ]
    first = pages.first(next_token, "InvalidParameterValue")
    answer: dict[str, Any] = {"Metrics": found[first : first + PAGE]}
    return answer | ({"NextToken": str(first + PAGE)} if first + PAGE < len(found) else {})
