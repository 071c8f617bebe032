"""A CloudWatch dashboard, drawn in the notebook from its body: metrics as charts, texts, queries as tables.

    dashboard(lab, "lab10-shop")

A body is that of PutDashboard (CloudWatch API Reference, "Dashboard body structure and syntax", 2026-11). Metrics are
those with names and dimensions, or an expression; a "." takes the value from the line before.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from helpers.backend.session import Connection
from helpers.widgets.log_explorer import questions
from helpers.widgets.shared import charts


@dataclass(frozen=True)
class Dashboard:
    """A dashboard: its name, and (title, kind, HTML) of each widget."""

    name: str
    widgets: Sequence[tuple[str, str, str]]

    def text(self) -> str:
        """Return the titles of the widgets, each with its kind."""
        return "\n".join([self.name, *(f"  {kind}: {title}" for title, kind, _ in self.widgets)])

    __repr__ = text

    def _repr_html_(self) -> str:
        boxes = "".join(f'<div style="flex: 0 1 auto">{html}</div>' for *_, html in self.widgets)
        return (
            f"<p><strong>{escape(self.name)}</strong></p>"
            f'<div style="display: flex; flex-wrap: wrap; gap: 12px 24px">{boxes}</div>'
        )


def dashboard(lab: Connection, name: str, *, minutes: float = 15) -> Dashboard:
    """Return the dashboard `name` with the values of the last `minutes`. Raises: what AWS answers."""
    body = json.loads(lab.client("cloudwatch").get_dashboard(DashboardName=name)["DashboardBody"])
    end = datetime.now(UTC) + timedelta(seconds=1)
    return Dashboard(name, [_widget(lab, one, end - timedelta(minutes=minutes), end) for one in body["widgets"]])


def _widget(lab: Connection, widget: dict[str, Any], start: datetime, end: datetime) -> tuple[str, str, str]:
    kind, about = widget["type"], widget["properties"]
    title = about.get("title", "")
    if kind == "text":
        return about["markdown"].splitlines()[0].lstrip("# "), kind, f"<pre>{escape(about['markdown'])}</pre>"
    if kind == "log":
        groups = [part.strip().strip("'\"") for part in about["query"].split("|") if "SOURCE" in part]
        sources = [group.removeprefix("SOURCE").strip().strip("'\"") for group in groups]
        query = "|".join(part for part in about["query"].split("|") if "SOURCE" not in part).strip()
        found = questions.query(lab.client("logs"), sources, query, start.timestamp())
        return title, kind, f"<p>{escape(title)}</p>{found.table._repr_html_()}"
    period = about.get("period", 60)
    series = _series(lab, about, period, start, end)
    return title, kind, charts.chart(title, series, start, end, period=period)


def _series(
    lab: Connection, about: dict[str, Any], period: int, start: datetime, end: datetime
) -> dict[str, charts.Points]:
    queries: list[dict[str, Any]] = []
    before: list[Any] = []
    for number, given in enumerate(about["metrics"]):
        *names, options = given if isinstance(given[-1], dict) else [*given, {}]
        names = [before[place] if name == "." else name for place, name in enumerate(names)]
        before = names
        query: dict[str, Any] = {"Id": options.get("id", f"m{number}"), "ReturnData": options.get("visible", True)}
        if "expression" in options:
            query |= {"Expression": options["expression"], "Period": period}
        else:
            namespace, metric, *pairs = names
            dimensions = [{"Name": key, "Value": value} for key, value in zip(pairs[::2], pairs[1::2], strict=True)]
            named = {"Namespace": namespace, "MetricName": metric, "Dimensions": dimensions}
            statistic = options.get("stat", about.get("stat", "Average"))
            query["MetricStat"] = {"Metric": named, "Period": period, "Stat": statistic}
        query["Label"] = options.get("label") or options.get("stat") or (names[1] if names else query["Id"])
        queries.append(query)
    answer = lab.client("cloudwatch").get_metric_data(
        MetricDataQueries=queries, StartTime=start, EndTime=end, ScanBy="TimestampAscending"
    )
    return {
        one["Label"]: list(zip(one["Timestamps"], one["Values"], strict=True)) for one in answer["MetricDataResults"]
    }
