"""The timeline: what it reads from logs, what it says, and that its picture shows the same."""

import re
from types import SimpleNamespace

import pytest

from helpers.widgets.timeline import invocations
from helpers.widgets.timeline.timeline import Timeline, timeline

REPORT = (
    "REPORT RequestId: {id}\tDuration: {ms:.2f} ms\tBilled Duration: 1 ms\t"
    "Memory Size: 128 MB\tMax Memory Used: 40 MB\t"
)


class NotFoundError(Exception):
    pass


class Logs:
    """CloudWatch Logs with (stream, milliseconds, line) for each log group."""

    exceptions = SimpleNamespace(ResourceNotFoundException=NotFoundError)

    def __init__(self, groups):
        self.groups = groups

    def get_paginator(self, operation):
        assert operation == "filter_log_events"
        return self

    def paginate(self, **asked):
        if asked["logGroupName"] not in self.groups:
            raise NotFoundError
        for stream, moment, line in self.groups[asked["logGroupName"]]:
            if moment >= asked["startTime"]:
                yield {"events": [{"logStreamName": stream, "timestamp": moment, "message": f"{line}\n"}]}


def lab(**functions):
    api = Logs({f"/aws/lambda/{name}": lines for name, lines in functions.items()})
    return SimpleNamespace(client=lambda service: api)


CHAIN = {
    "first": [("a", 5_000, REPORT.format(id="one", ms=4000) + "Init Duration: 500.00 ms\t")],
    "second": [
        ("b", 4_900, REPORT.format(id="two", ms=3000)),
        ("b", 7_900, "[ERROR] ValueError: out of paper"),
        ("b", 8_000, REPORT.format(id="three", ms=50)),
        ("c", 9_000, REPORT.format(id="four", ms=3000) + "Status: timeout\t"),
    ],
}


@pytest.mark.parametrize(
    ("line", "failed"),
    [
        ('{"timestamp": "1", "level": "ERROR", "errorMessage": "x", "errorType": "E", "stackTrace": []}', True),
        ('{"timestamp":"1","level":"ERROR","requestId":"r","message":{"errorType":"E","stackTrace":[]}}', True),
        ('{"timestamp": "1", "level": "ERROR", "message": "oops", "errorType": "E", "stackTrace": []}', False),
        ('{"timestamp": "1", "level": "INFO", "message": {"errorType": "E", "stackTrace": []}}', False),
        ('{"timestamp": nonsense', False),
        ("2026-10-08T07:30:28.235Z\tr\tERROR\tInvoke Error \t{}", True),
    ],
)
def test_a_log_in_json_gives_the_same_bars(line, failed):
    """Lines as awslambdaric 4.2 and aws-lambda-nodejs-runtime-interface-client 3.3 write them."""
    report = (
        '{"time":"1","type":"platform.report","record":{"requestId":"one","metrics":{"durationMs":50.5,'
        '"billedDurationMs":51,"memorySizeMB":128,"maxMemoryUsedMB":40,"initDurationMs":500.0},"status":"success"}}'
    )
    (one,) = invocations.read(lab(first=[("a", 4_990, line), ("a", 5_000, report)]), "first")
    assert (one.init_start, one.end, one.failed) == (pytest.approx(4.4495), 5.0, failed)


def test_a_bar_ends_when_the_report_was_written_and_init_comes_before_it():
    (one,) = invocations.read(lab(**CHAIN), "first")
    assert (one.init_start, one.start, one.end) == pytest.approx((0.5, 1.0, 5.0))


def test_invocations_come_in_the_order_in_which_they_began():
    found = invocations.read(lab(**CHAIN), "second", "first")
    assert [one.report.request_id for one in found] == ["one", "two", "four", "three"]


def test_only_what_ended_after_a_time_is_read():
    found = invocations.read(lab(**CHAIN), "second", since=7.95)
    assert {one.report.request_id for one in found} == {"three", "four"}


def test_a_timeout_and_an_error_of_the_handler_count_as_failures():
    failed = {one.report.request_id: one.failed for one in invocations.read(lab(**CHAIN), "second")}
    assert failed == {"two": False, "three": True, "four": True}


def test_reading_waits_for_as_many_reports_as_asked_for_and_not_for_ever():
    now, waits = [0.0], []

    def sleep(seconds):
        waits.append(seconds)
        now[0] += seconds

    found = invocations.read(lab(**CHAIN), "first", reports=2, seconds=1, sleep=sleep, clock=lambda: now[0])
    assert len(found) == 1 and waits


def test_a_function_that_has_logged_nothing_has_no_invocations():
    assert invocations.read(lab(), "nobody", reports=0) == []
    assert repr(Timeline((), ("nobody",))) == "no invocations"


def test_the_text_has_a_line_for_each_environment_and_each_invocation():
    assert repr(timeline(lab(**CHAIN), "first", "second")).splitlines() == [
        "first · environment 1",
        "  INIT 500.00 ms, ran 4000.00 ms, succeeded",
        "second · environment 1",
        "  warm, ran 3000.00 ms, succeeded",
        "  warm, ran 50.00 ms, failed",
        "second · environment 2",
        "  warm, ran 3000.00 ms, timeout",
    ]


def test_the_picture_is_one_line_with_a_bar_for_each_invocation_and_each_init():
    svg = timeline(lab(**CHAIN), "first", "second").svg()
    assert "\n" not in svg
    colours = re.findall(r'height="20" rx="2" fill="(#\w+)"', svg)
    assert colours == ["#d98a00", "#2f6fb2", "#2f6fb2", "#c0392b", "#c0392b"]


def test_bars_lie_where_their_times_are():
    svg = timeline(lab(**CHAIN), "first", "second").svg()
    lefts = [float(x) for x in re.findall(r'<rect x="([\d.]+)" y="\d+" width="[\d.]+" height="20"', svg)]
    init, first, second, error, late = lefts
    assert init < first < second < late < error
    assert (first - init) / (second - init) == pytest.approx(0.5 / 1.4, abs=0.01)


def test_the_legend_explains_only_what_is_there():
    assert timeline(lab(**CHAIN), "first", "second").svg().count('width="12"') == 3
    assert timeline(lab(**{"warm": [CHAIN["second"][0]]}), "warm").svg().count('width="12"') == 1


def test_names_are_escaped():
    assert "<b>" not in timeline(lab(**{"<b>": CHAIN["first"]}), "<b>").svg()
