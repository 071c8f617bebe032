"""The datapoints of an alarm, of one metric or of an expression over several."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from localstack.services.cloudwatch.models import LocalStackMetricAlarm

from . import datapoints, metric_math, published
from .alarm_evaluation import Point
from .math_functions import Frame, Series

# "Whenever an alarm evaluates whether to change state, CloudWatch attempts to retrieve a higher number of data points":
# five for three evaluation periods ("Configuring how CloudWatch alarms treat missing data", 2026-11).
MORE_PERIODS = 2


def period_of(alarm: dict[str, Any]) -> int:
    """The period of an alarm in seconds; of an expression, the longest of its metrics."""
    queries = alarm.get("Metrics") or []
    periods = [query["MetricStat"]["Period"] for query in queries if query.get("MetricStat")]
    periods += [query["Period"] for query in queries if query.get("Period")]
    return int(alarm.get("Period") or max(periods, default=60))


def read(alarm: LocalStackMetricAlarm, end: int, period: int) -> list[Point]:
    """The datapoints of the periods before `end`, the oldest first."""
    count = alarm.alarm["EvaluationPeriods"] + MORE_PERIODS
    start = end - count * period
    queries = alarm.alarm.get("Metrics")
    if not queries:
        metric = {name: alarm.alarm.get(name) for name in ("Namespace", "MetricName", "Dimensions")}
        statistic = alarm.alarm.get("Statistic") or alarm.alarm["ExtendedStatistic"]
        found = _periods(alarm, metric, alarm.alarm.get("Unit"), start, end, period)
        values = {moment: one.statistic(statistic) for moment, one in found.items()}
        samples = {moment: one.statistic("SampleCount") for moment, one in found.items()}
    else:
        values, samples = _of_queries(alarm, queries, start, end, period), {}
    moments = range(start, end, period)
    return [Point(moment, values.get(moment), samples.get(moment)) for moment in moments]


def _of_queries(
    alarm: LocalStackMetricAlarm, queries: list[dict[str, Any]], start: int, end: int, period: int
) -> dict[int, float | None]:
    """The values of the one query that returns data."""
    series: dict[str, Series] = {}
    waiting = []
    for query in queries:
        if about := query.get("MetricStat"):
            found = _periods(alarm, about["Metric"], about.get("Unit"), start, end, period)
            values = {moment: one.statistic(about["Stat"]) for moment, one in found.items()}
            series[query["Id"]] = {moment: value for moment, value in values.items() if value is not None}
        else:
            waiting.append(query)
    lengths = {query["Id"]: query["MetricStat"]["Period"] for query in queries if query.get("MetricStat")}
    frame = Frame(range(start, end, period), lengths)
    for query in metric_math.in_order(waiting):
        series[query["Id"]] = metric_math.evaluate(query["Expression"], series, frame)
    wanted = next((query["Id"] for query in queries if query.get("ReturnData") is not False), queries[0]["Id"])
    return dict(series[wanted])


def _periods(
    alarm: LocalStackMetricAlarm, metric: dict[str, Any], unit: str | None, start: int, end: int, period: int
) -> dict[int, datapoints.Period]:
    found = datapoints.read(published.database(), alarm.account_id, alarm.region, metric, unit, start, end, period)
    merged: dict[int, datapoints.Period] = {}
    for (moment, _), part in found.items():
        whole = merged.setdefault(moment, datapoints.Period())
        whole.values += part.values
        whole.sets += part.sets
    return merged


def reason_data(alarm: dict[str, Any], points: list[Point], period: int) -> dict[str, Any]:
    """`StateReasonData`, of the datapoints that were evaluated."""
    known = [point for point in points if point.value is not None]
    data: dict[str, Any] = {"version": "1.0", "queryDate": written(datetime.now(UTC).timestamp())}
    if known:
        data["startDate"] = written(known[0].moment)
    if alarm.get("Unit"):
        data["unit"] = alarm["Unit"]
    if statistic := alarm.get("Statistic") or alarm.get("ExtendedStatistic"):
        data["statistic"] = statistic
    data |= {
        "period": period,
        "recentDatapoints": [point.value for point in known],
        "threshold": alarm.get("Threshold"),
        "evaluatedDatapoints": [_evaluated(point) for point in reversed(points)],
    }
    return data


def written(moment: float) -> str:
    """A moment as alarms write it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"


def _evaluated(point: Point) -> dict[str, Any]:
    shown = {"timestamp": written(point.moment), "sampleCount": point.samples, "value": point.value}
    return {name: value for name, value in shown.items() if value is not None}
