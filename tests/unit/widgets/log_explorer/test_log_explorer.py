"""The log explorer: what a click does, a method does; what is found is counted over time."""

import re
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError
from fake_pages import Paginated

from helpers.errors import LogError
from helpers.widgets import LogExplorer
from helpers.widgets.log_explorer import histogram, questions

SECOND = 1_764_400_000_000  # 2025-11-29 07:06:40
STREAM = "2025/11/29/shop[$LATEST]0123456789abcdef0123456789abcdef"
EVENTS = {
    "/a": [(SECOND, STREAM, '{"level": "ERROR", "n": 1}\n'), (SECOND + 2000, STREAM, '{"level": "INFO"}')],
    "/b": [(SECOND + 1000, "another", "ERROR in\nlines")],
}
ROWS = [
    [{"field": "bin(1m)", "value": "2025-11-29 07:06:00.000"}, {"field": "n", "value": "2"}],
    [{"field": "bin(1m)", "value": "2025-11-29 07:08:00.000"}, {"field": "n", "value": "5"}],
]


class Logs(Paginated):
    """CloudWatch Logs: a pattern matches the lines that contain it; each query has the same result."""

    exceptions = SimpleNamespace()

    def __init__(self, rows=ROWS, status="Complete"):
        self.rows, self.statuses, self.asked = rows, ["Running", status], []

    def paginate(self, logGroupName, filterPattern, startTime):  # noqa: N803 (AWS's spelling)
        if filterPattern == "{":
            raise ClientError({"Error": {"Code": "InvalidParameterException", "Message": "no pattern"}}, "Filter")
        events = [
            {"timestamp": moment, "logStreamName": stream, "message": text}
            for moment, stream, text in EVENTS[logGroupName]
            if filterPattern in text and moment >= startTime
        ]
        yield {"events": events}

    def start_query(self, **asked):
        self.asked.append(asked)
        return {"queryId": "q"}

    def get_query_results(self, queryId):  # noqa: N803
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return {"status": status, "results": self.rows}


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def explorer():
    return LogExplorer(Logs(), "/a", "/b", minutes=10**8)


def test_a_search_goes_through_all_groups_in_the_order_of_time(explorer):
    found = explorer.search("ERROR")
    assert found.table.rows == [
        ("2025-11-29T07:06:40.000Z", "shop", '{"level": "ERROR", "n": 1}'),
        ("2025-11-29T07:06:41.000Z", "/b", "ERROR in lines"),
    ]
    assert (repr(found), explorer.found) == ("2 events match ERROR", found)
    assert [count for _, count in found.histogram.bars] == [1, 1]
    assert explorer.search("nothing like it").picture() == ""


def test_a_query_is_waited_for_and_its_spans_are_bars():
    logs = Logs()
    found = LogExplorer(logs, "/a", since=0).query("stats count(*) as n by bin(1m)")
    assert logs.asked[0]["logGroupNames"] == ["/a"]
    assert [count for _, count in found.histogram.bars] == [2, 5] and found.histogram.width == 120
    assert repr(found).splitlines()[0].split() == ["bin(1m)", "n"]


@pytest.mark.parametrize(("status", "words"), [("Failed", "ended as Failed"), ("Timeout", "ended as Timeout")])
def test_a_query_that_ends_badly_is_one_sentence(status, words):
    with pytest.raises(LogError, match=words):
        questions.query(Logs(status=status), ["/a"], "fields @message", 0)


def test_rows_of_a_query_may_lack_fields_and_be_of_any_time():
    rows = [
        [{"field": "@timestamp", "value": "2025-11-29 07:06:40.000"}, {"field": "@ptr", "value": "x"}],
        [{"field": "level", "value": "ERROR"}],
    ]
    found = questions.query(Logs(rows), ["/a"], "fields @timestamp, level", 0)
    assert found.table.heads == ["@timestamp", "level"]
    assert found.table.rows == [("2025-11-29 07:06:40.000", ""), ("", "ERROR")]
    assert [count for _, count in found.histogram.bars] == [1]


def test_the_buttons_do_what_the_methods_do(explorer):
    explorer._view  # noqa: B018 - builds the form
    form = explorer._form
    form.pattern.value = "INFO"
    form.buttons["Search"].click()
    assert "1 event matches INFO" in form.shown.value and explorer.pattern == "INFO"
    form.query.value = "stats count(*) as n by bin(1m)"
    form.buttons["Run query"].click()
    assert "2 rows" in form.shown.value and "<svg" in form.shown.value
    explorer.search("ERROR")
    assert form.pattern.value == "ERROR" and "2 events match ERROR" in form.shown.value


def test_what_is_no_pattern_is_said_in_the_form_and_what_was_found_stays(explorer):
    explorer._view  # noqa: B018 - builds the form
    explorer._form.pattern.value = "{"
    explorer._form.buttons["Search"].click()
    assert 'role="alert"' in explorer._form.shown.value and "no pattern" in explorer._form.shown.value
    assert len(explorer.found.table.rows) == 3


def test_many_events_are_counted_but_not_all_shown(monkeypatch):
    monkeypatch.setitem(EVENTS, "/a", [(SECOND + n, STREAM, f"line {n} <b>") for n in range(50)])
    found = LogExplorer(Logs(), "/a", since=0).found
    assert "and 30 more" in found.in_form() and "line 19 &lt;b&gt;" in found.in_form()
    assert "line 20" not in found.in_form() and sum(count for _, count in found.histogram.bars) == 50


def test_histograms_since_a_moment_end_now_so_that_they_can_be_compared(monkeypatch):
    monkeypatch.setattr("time.time", lambda: SECOND / 1000 + 50)
    explorer = LogExplorer(Logs(), "/a", "/b", since=SECOND / 1000 - 10)
    scales = {(found.start, found.end) for found in (explorer.search(p).histogram for p in ("INFO", "ERROR"))}
    assert scales == {(SECOND / 1000 - 10, SECOND / 1000 + 50)}


def test_a_pattern_is_no_mathematics_in_the_page(explorer):
    html = explorer.search('"level": "ERROR"')._repr_html_()
    assert "<p>1 event matches <code>&quot;level&quot;: &quot;ERROR&quot;</code></p>" in html


def test_times_are_counted_in_equal_spans_to_the_last():
    assert histogram.of_times([0, 1, 59.9, 60]).bars == [(0, 1), (1, 1), (59, 2)]
    assert histogram.of_times([]) is None and histogram.of_spans({}) is None
    assert [count for _, count in histogram.of_times([5, 5]).bars] == [2]
    assert histogram.of_times([30], 0, 120).bars == [(30, 1)]


def test_a_histogram_says_what_it_shows_and_its_highest_bar_is_as_high_as_its_scale():
    drawn = histogram.of_spans({10: 5, 0: 2}).svg("7 <things>")
    assert "<title>Over time: 7 &lt;things&gt;</title>" in drawn
    heights = [float(height) for height in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)]
    assert heights == [32.0, 80.0]
