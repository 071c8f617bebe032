"""GetMetricData: queries of metrics, and expressions over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext

from . import datapoints, metric_math


def get_metric_data(
    original: Callable[..., dict[str, Any]],
    self: Any,
    context: RequestContext,
    metric_data_queries: list[dict[str, Any]],
    start_time: Any,
    end_time: Any,
    *arguments: Any,
    **others: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.get_metric_data`, which crashes on an expression. Results keep the queries' order."""
    expressions = [query for query in metric_data_queries if "Expression" in query]
    for query in metric_data_queries:
        if "MetricStat" in query:
            datapoints.check_statistic(query["MetricStat"]["Stat"])
    queries = [query for query in metric_data_queries if "Expression" not in query]
    answer = original(self, context, queries, start_time, end_time, *arguments, **others)
    found = {result["Id"]: result for result in answer["MetricDataResults"]}
    series = {
        name: dict(zip(map(int, result["Timestamps"]), result["Values"], strict=True)) for name, result in found.items()
    }
    newest_first = others.get("scan_by") != "TimestampAscending"
    for query in expressions:
        value = metric_math.evaluate(query["Expression"], series)
        series[query["Id"]] = value
        moments = sorted(value, reverse=newest_first)
        found[query["Id"]] = {
            "Id": query["Id"],
            "Label": query.get("Label") or query["Id"],
            "StatusCode": "Complete",
            "Timestamps": moments,
            "Values": [value[moment] for moment in moments],
        }
    shown = [found[query["Id"]] for query in metric_data_queries if query.get("ReturnData") is not False]
    return answer | {"MetricDataResults": shown}
