"""GetMetricData: queries of metrics, and expressions over them.

API Reference, "GetMetricData" and "MetricDataQuery" (2026-11). LocalStack 4.9.2 crashes on an expression, writes over
labels that were given, and adds values of different units; of those AWS takes the first unit and says so (LocalStack's
tests, recorded on AWS: `test_get_metric_data_different_units_no_unit_in_query`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext

from . import datapoints, dynamic_labels, metric_listing, metric_math, metric_queries, metric_search, pages
from .math_functions import Frame, Labelled, Series

MOST_DATAPOINTS = 100_800
LABELS = ("Stat", "Period")  # what tells queries apart in the labels that AWS makes
Query = dict[str, Any]


def get_metric_data(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    metric_data_queries: list[Query],
    start_time: Any,
    end_time: Any,
    next_token: str | None = None,
    scan_by: str | None = None,
    max_datapoints: int | None = None,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.get_metric_data`. Results keep the order of the queries."""
    if start_time >= end_time:
        raise _invalid("The parameter StartTime must be less than the parameter EndTime.")
    metric_queries.check(metric_data_queries)
    metrics = [query for query in metric_data_queries if query.get("MetricStat")]

    def search(text: str, statistic: str, period: int) -> list[Series]:
        datapoints.check_statistic(statistic)
        return _search(self.cloudwatch_database, context, (text, statistic, period), start_time, end_time)

    frame = _frame(metric_data_queries, start_time, end_time)._replace(search=search)
    found: dict[str, dict[str, Any]] = {}
    series: dict[str, list[Series]] = {}
    for query in metrics:
        values, message = _read(self.cloudwatch_database, context, query, start_time, end_time)
        series[query["Id"]] = [values]
        found[query["Id"]] = {"Label": _default_label(query, metrics), **message}
    for query in metric_math.in_order([query for query in metric_data_queries if query.get("Expression")]):
        known = {name: several[0] for name, several in series.items() if len(several) == 1}
        series[query["Id"]] = metric_math.evaluate_all(query["Expression"], known, frame)
        found[query["Id"]] = {"Label": query["Id"]}
    shown = [query["Id"] for query in metric_data_queries if query.get("ReturnData") is not False]
    given = {query["Id"]: query for query in metric_data_queries}
    points = [
        (found[name] | {"Id": name, "Label": _label(given[name], found[name]["Label"], one, context)}, one)
        for name in shown
        for one in series[name]
    ]
    return _page(points, scan_by != "TimestampAscending", pages.first(next_token), max_datapoints or MOST_DATAPOINTS)


def _frame(queries: Sequence[Query], start_time: Any, end_time: Any) -> Frame:
    """The periods of the request: those of the metric with the shortest."""
    periods = {query["Id"]: query["MetricStat"]["Period"] for query in queries if query.get("MetricStat")}
    named = [*periods.values(), *(query["Period"] for query in queries if query.get("Period"))]
    step = min(named, default=60)
    start, end = datapoints.span(start_time, end_time, step)
    return Frame(range(start, end, step), periods)


def _read(
    database: Any, context: RequestContext, query: Query, start_time: Any, end_time: Any
) -> tuple[Series, dict[str, Any]]:
    """The values of a metric, and what is to be said about its units."""
    asked = query["MetricStat"]
    start, end = datapoints.span(start_time, end_time, asked["Period"])
    found = datapoints.read(
        database, context.account_id, context.region, asked["Metric"], asked.get("Unit"), start, end, asked["Period"]
    )
    units = sorted({unit or "None" for _, unit in found})
    values = {}
    for (moment, unit), period in found.items():
        value = period.statistic(asked["Stat"])
        if value is not None and (unit or "None") == units[0]:
            values[moment] = float(value)
    if len(units) < 2:
        return values, {}
    return values, {
        "Messages": [{"Code": "MultipleUnits", "Value": f"Multiple units returned: '[{', '.join(units)}]'"}]
    }


def _search(
    database: Any, context: RequestContext, asked: tuple[str, str, int], start_time: Any, end_time: Any
) -> list[Series]:
    """The series of the metrics that a search finds; a metric without datapoints in that time has none."""
    text, statistic, period = asked
    metrics = metric_search.find(text, metric_listing.metrics(database, context.account_id, context.region))
    found: list[Series] = []
    for metric, label in zip(metrics, metric_search.labels(metrics), strict=True):
        query = {"MetricStat": {"Metric": metric.described(), "Period": period, "Stat": statistic}}
        values, _ = _read(database, context, query, start_time, end_time)
        if values:
            series = Labelled(values)
            series.label, series.query = label, query["MetricStat"]
            found.append(series)
    return found


def _label(query: Query, default: str, series: Series, context: RequestContext) -> str:
    """The label that was given, with what stands in it for values; else the default one, which a search makes."""
    label, asked = query.get("Label") or "", query.get("MetricStat")
    if isinstance(series, Labelled):
        default, asked = series.label, series.query
        label = label if "${" in label else ""
    if not label:
        return default
    properties = {"AccountId": context.account_id, "Region": context.region}
    if asked:
        metric = asked["Metric"]
        properties |= {name: metric[name] for name in ("MetricName", "Namespace")}
        properties |= {name: str(asked[name]) for name in ("Period", "Stat")}
        properties |= {f"Dim.{one['Name']}": one["Value"] for one in metric.get("Dimensions") or ()}
    return dynamic_labels.filled(label, default, [series[moment] for moment in sorted(series)], properties)


def _default_label(query: Query, metrics: Sequence[Query]) -> str:
    """The metric's name, with what differs among the metrics."""
    differing = [part for part in LABELS if len({other["MetricStat"][part] for other in metrics}) > 1]
    parts = [query["MetricStat"]["Metric"]["MetricName"], *(query["MetricStat"][part] for part in differing)]
    return " ".join(map(str, parts))


def _page(points: list[tuple[dict[str, Any], Series]], newest_first: bool, first: int, most: int) -> dict[str, Any]:
    """Results with at most so many datapoints in all, from one on."""
    results, place, end = [], 0, first + most
    for about, values in points:
        moments = sorted(values, reverse=newest_first)
        shown = moments[max(0, first - place) : max(0, end - place)]
        more = place + len(moments) > end
        place += len(moments)
        if first and not shown:
            continue  # an earlier page had it
        status = "PartialData" if more else "Complete"
        results.append(
            about | {"StatusCode": status, "Timestamps": shown, "Values": [values[moment] for moment in shown]}
        )
    answer: dict[str, Any] = {"MetricDataResults": results, "Messages": []}
    return answer | ({"NextToken": str(end)} if place > end else {})


def _invalid(message: str) -> CommonServiceException:
    return CommonServiceException("ValidationError", message, 400, True)
