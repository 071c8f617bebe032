"""CloudWatch metrics of a function: invocations, errors, throttles and durations over time.

Names and units: AWS Lambda Developer Guide, "Types of metrics for Lambda functions" (2026-11). AWS has new values
within about a minute, the embedded backend within two seconds.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

from helpers.widgets.shared import charts
from helpers.widgets.shared.calls import Calls

SHOWN = (
    ("Invocations", "Sum"),
    ("Errors", "Sum"),
    ("Throttles", "Sum"),
    ("Duration", "Minimum"),
    ("Duration", "Average"),
    ("Duration", "Maximum"),
)


@dataclass(frozen=True)
class Metrics:
    """Values of one function between `start` and `end`, for each `period` (s).

    `series`: {(metric, statistic): points (start of the period, value)}; durations in ms.
    """

    function: str
    start: datetime
    end: datetime
    period: int
    series: Mapping[tuple[str, str], charts.Points]
    span: str = ""

    def total(self, metric: str) -> int:
        """Return the sum of "Invocations", "Errors" or "Throttles"."""
        return int(sum(value for _, value in self.series[metric, "Sum"]))

    @property
    def durations(self) -> tuple[float, float, float] | None:
        """Shortest, average and longest duration in ms; None if there was none."""
        weights = dict(self.series["Invocations", "Sum"])
        average = [(value, weights.get(moment, 1)) for moment, value in self.series["Duration", "Average"]]
        if not average:
            return None
        mean = sum(value * weight for value, weight in average) / sum(weight for _, weight in average)
        least, most = (dict(self.series["Duration", which]).values() for which in ("Minimum", "Maximum"))
        return min(least), mean, max(most)

    def __repr__(self) -> str:
        count, errors = self.total("Invocations"), self.total("Errors")
        rate = f" (success rate {100 * (count - errors) / count:.1f} %)" if count else ""
        duration = "none"
        if self.durations:
            duration = "{:.2f} ms at least, {:.2f} ms on average, {:.2f} ms at most".format(*self.durations)
        return "\n".join(
            [
                f"Monitor {self.function} · {self.span}",
                f"invocations  {count}",
                f"errors       {errors}{rate}",
                f"throttles    {self.total('Throttles')}",
                f"duration     {duration}",
            ]
        )

    def _repr_html_(self) -> str:
        durations = {which: self.series["Duration", which] for which in ("Minimum", "Average", "Maximum")}
        shown = [
            ("Invocations (count)", {"sum": self.series["Invocations", "Sum"]}, False),
            ("Duration (ms)", {label.lower(): points for label, points in durations.items()}, False),
            ("Errors (count)", {"sum": self.series["Errors", "Sum"]}, True),
            ("Throttles (count)", {"sum": self.series["Throttles", "Sum"]}, True),
        ]
        pictures = "".join(
            charts.chart(title, series, self.start, self.end, period=self.period, alarm=alarm)
            for title, series, alarm in shown
        )
        figures = f'<pre class="lab-console-figures">{escape(repr(self))}</pre>'
        return f'{figures}<div class="lab-console-charts">{pictures}</div>'


def read(
    calls: Calls,
    function: str,
    *,
    hours: float = 3,
    since: float | None = None,
    invocations: int = 0,
    seconds: float = 10,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Metrics:
    """Return the metrics of the last `hours`, or since a moment (seconds since 1970; AWS rounds to minutes).

    Waits until `invocations` are counted, but no longer than `seconds`, and returns what is there then.
    Raises: what AWS answers.
    """
    deadline = clock() + seconds
    while True:
        end = now().replace(microsecond=0) + timedelta(seconds=1)
        start = end - timedelta(hours=hours) if since is None else datetime.fromtimestamp(int(since), UTC)
        metrics = _get(calls, function, start, end, f"last {hours:g} h" if since is None else "since then")
        if metrics.total("Invocations") >= invocations or clock() >= deadline:
            return metrics
        sleep(0.5)


def _get(calls: Calls, function: str, start: datetime, end: datetime, span: str) -> Metrics:
    hours = (end - start).total_seconds() / 3600
    period = 60 if hours <= 3.1 else 300 if hours <= 24 else 3600
    queries = [
        {
            "Id": f"m{number}",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/Lambda",
                    "MetricName": metric,
                    "Dimensions": [{"Name": "FunctionName", "Value": function}],
                },
                "Period": period,
                "Stat": statistic,
            },
        }
        for number, (metric, statistic) in enumerate(SHOWN)
    ]
    # A week of hours, the longest that is offered, fits into one answer of at most 100,800 values.
    answer = calls(
        "cloudwatch",
        "get_metric_data",
        MetricDataQueries=queries,
        StartTime=_written(start),
        EndTime=_written(end),
        ScanBy="TimestampAscending",
    )
    found = {one["Id"]: list(zip(one["Timestamps"], one["Values"], strict=True)) for one in answer["MetricDataResults"]}
    series = {which: sorted(found.get(f"m{number}", [])) for number, which in enumerate(SHOWN)}
    return Metrics(function, start, end, period, series, span)


def _written(moment: datetime) -> str:
    """The moment as both the CLI and boto3 take it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
