"""A dashboard, drawn from its body."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

from helpers.widgets import dashboard

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
METRICS = [
    ["AWS/Lambda", "Errors", "FunctionName", "f", {"id": "e", "visible": False}],
    [".", "Invocations", ".", "."],
    [{"expression": "e / m1", "label": "rate"}],
]
BODY = {
    "widgets": [
        {"type": "metric", "properties": {"title": "Payments", "metrics": METRICS, "stat": "Sum", "period": 300}},
        {"type": "log", "properties": {"title": "Who", "query": "SOURCE '/a' | SOURCE \"/b\" | stats count(*) by who"}},
        {"type": "text", "properties": {"markdown": "# Read <this>\nfirst"}},
    ]
}


class Cloud:
    """CloudWatch with one dashboard, and CloudWatch Logs with one answer."""

    def __init__(self):
        self.asked = {}

    def client(self, service):
        return self

    def get_dashboard(self, DashboardName):  # noqa: N803 (AWS's spelling)
        return {"DashboardBody": json.dumps(BODY)}

    def get_metric_data(self, **asked):
        self.asked["metrics"] = asked["MetricDataQueries"]
        shown = [one for one in asked["MetricDataQueries"] if one["ReturnData"]]
        return {"MetricDataResults": [{"Label": one["Label"], "Timestamps": [NOON], "Values": [4.0]} for one in shown]}

    def start_query(self, **asked):
        self.asked["query"] = asked
        return {"queryId": "q"}

    def get_query_results(self, queryId):  # noqa: N803
        return {"status": "Complete", "results": [[{"field": "who", "value": "ada & co"}]]}


def test_a_dashboard_is_drawn_with_all_that_its_body_asks_for():
    cloud = Cloud()
    found = dashboard(cloud, "shop")
    assert repr(found).splitlines() == ["shop", "  metric: Payments", "  log: Who", "  text: Read <this>"]
    html = found._repr_html_()
    assert html.count("<svg") == 1 and "Invocations 4, 12:00 UTC" in html and "rate 4, 12:00 UTC" in html
    assert "Errors 4" not in html and "ada &amp; co" in html and "# Read &lt;this&gt;" in html
    errors, invocations, rate = cloud.asked["metrics"]
    assert errors["MetricStat"]["Period"] == 300 and rate["Expression"] == "e / m1"
    assert invocations["MetricStat"]["Metric"] == {
        "Namespace": "AWS/Lambda",
        "MetricName": "Invocations",
        "Dimensions": [{"Name": "FunctionName", "Value": "f"}],
    }
    assert cloud.asked["query"]["logGroupNames"] == ["/a", "/b"]
    assert cloud.asked["query"]["queryString"] == "stats count(*) by who"
    assert SimpleNamespace(**invocations).Label == "Invocations"
