"""What CloudWatch measured of a function."""

from datetime import UTC, datetime, timedelta

import pytest
from fake_lambda import MINUTE, Lab

from helpers.widgets.console import metrics
from helpers.widgets.shared.calls import Calls

NOW = MINUTE + timedelta(minutes=10, microseconds=5)


@pytest.fixture
def lab():
    return Lab()


def read(lab, **how):
    calls = Calls(lab)
    return metrics.read(calls, "HelloWorld", now=lambda: NOW, **how), calls.made


def test_the_figures_read_as_text(lab):
    found, _ = read(lab)
    assert repr(found).splitlines() == [
        "Monitor HelloWorld · last 3 h",
        "invocations  4",
        "errors       1 (success rate 75.0 %)",
        "throttles    0",
        "duration     2.50 ms at least, 2.50 ms on average, 2.50 ms at most",
    ]


def test_a_function_that_never_ran_has_no_figures(lab):
    lab.values = {}
    found, _ = read(lab)
    assert repr(found).splitlines()[1:] == ["invocations  0", "errors       0", "throttles    0", "duration     none"]
    assert found._repr_html_().count("no data") == 4


def test_the_average_is_that_of_all_invocations():
    one, two = MINUTE, MINUTE + timedelta(minutes=1)
    series = {which: [] for which in metrics.SHOWN}
    series["Invocations", "Sum"] = [(one, 3), (two, 1)]
    series["Duration", "Average"] = [(one, 10), (two, 50)]
    series["Duration", "Minimum"] = [(one, 4), (two, 50)]
    series["Duration", "Maximum"] = [(one, 20), (two, 50)]
    assert metrics.Metrics("f", one, two, 60, series).durations == (4, 20, 50)


def test_charts_need_no_kernel(lab):
    found, _ = read(lab)
    assert found._repr_html_().count('<svg class="lab-chart"') == 4
    assert '<pre class="lab-console-figures">Monitor HelloWorld' in found._repr_html_()


@pytest.mark.parametrize(("hours", "period"), [(1, 60), (3, 60), (12, 300), (24, 300), (72, 3600)])
def test_a_longer_time_has_longer_periods(lab, hours, period):
    _, (call,) = read(lab, hours=hours)
    assert call.parameters["MetricDataQueries"][0]["MetricStat"]["Period"] == period


def test_times_are_written_as_the_command_line_takes_them(lab):
    _, (call,) = read(lab, since=datetime(2026, 11, 21, 9, 20, 30, tzinfo=UTC).timestamp())
    assert "--start-time 2026-11-21T09:20:30.000Z --end-time 2026-11-21T09:40:01.000Z" in call.cli


def test_it_waits_for_what_is_still_to_come(lab):
    def sleep(seconds):
        lab.values["Invocations"] += 1

    found, calls = read(lab, invocations=6, sleep=sleep)
    assert (found.total("Invocations"), len(calls)) == (6, 3)


def test_it_does_not_wait_for_ever(lab):
    found, calls = read(lab, invocations=9, seconds=1, clock=iter([0, 0.5, 1.5]).__next__, sleep=lambda _: None)
    assert (found.total("Invocations"), len(calls)) == (4, 2)
