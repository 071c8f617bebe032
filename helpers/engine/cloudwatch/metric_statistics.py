"""GetMetricStatistics, with percentiles (`ExtendedStatistics`), which LocalStack 4.9.2 leaves out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext

from . import datapoints


def get_metric_statistics(
    original: Callable[..., dict[str, Any]],
    self: Any,
    context: RequestContext,
    namespace: str,
    metric_name: str,
    start_time: Any,
    end_time: Any,
    period: int,
    dimensions: list[dict[str, str]] | None = None,
    statistics: list[str] | None = None,
    extended_statistics: list[str] | None = None,
    unit: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.get_metric_statistics`, which checks the times and the number of datapoints."""
    if not statistics and not extended_statistics:
        raise CommonServiceException(
            "InvalidParameterCombination", "Must specify either Statistics or ExtendedStatistics."
        )
    if wrong := [name for name in statistics or () if name not in datapoints.STATISTICS]:
        raise _invalid(f"The value {wrong[0]} for parameter Statistics.member.1 is not supported.")
    if not datapoints.is_period(period):
        raise _invalid("The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.")
    where = (namespace, metric_name, start_time, end_time, period)
    original(self, context, *where, dimensions, [], None, unit or "None")
    for name in extended_statistics or ():
        datapoints.check_statistic(name)
    metric = {"Namespace": namespace, "MetricName": metric_name, "Dimensions": dimensions or []}
    start, end = datapoints.span(start_time, end_time, period)
    database = self.cloudwatch_database
    found = datapoints.read(database, context.account_id, context.region, metric, unit, start, end, period)
    points = []
    for (moment, its_unit), values in found.items():
        point: dict[str, Any] = {"Timestamp": moment, "Unit": its_unit or "None"}
        point |= {name: values.statistic(name) for name in statistics or ()}
        if extended_statistics:
            extended = {name: values.statistic(name) for name in extended_statistics}
            point["ExtendedStatistics"] = {name: value for name, value in extended.items() if value is not None}
        points.append(point)
    return {"Datapoints": points, "Label": metric_name}


def _invalid(message: str) -> CommonServiceException:
    return CommonServiceException("InvalidParameterValue", message, 400, True)
