"""The live timeline: it reads on while a load runs, shows what came, and leaves no thread behind."""

import threading
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from helpers.widgets import LiveTimeline
from helpers.widgets.timeline.invocations import Follower


class Logs:
    """CloudWatch Logs of one function; tests append (stream, milliseconds, line) to `lines`, or set `error`."""

    exceptions = SimpleNamespace(ResourceNotFoundException=KeyError)

    def __init__(self):
        self.lines = []
        self.asked = []
        self.error = None
        self.backend = "embedded"

    def client(self, service):
        assert service == "logs"
        return self

    def get_paginator(self, operation):
        assert operation == "filter_log_events"
        return self

    def paginate(self, logGroupName, startTime):  # noqa: N803
        self.asked.append(startTime)
        if self.error:
            raise ClientError({"Error": {"Code": self.error, "Message": "<Rate> exceeded"}}, "FilterLogEvents")
        for stream, moment, line in list(self.lines):
            if moment >= startTime:
                yield {"events": [{"logStreamName": stream, "timestamp": moment, "message": f"{line}\n"}]}

    def report(self, request, stream, moment, ms=100, init=""):
        init = f"Init Duration: {init} ms\t" if init else ""
        line = f"REPORT RequestId: {request}\tDuration: {ms:.2f} ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\t"
        self.lines.append((stream, moment, f"{line}Max Memory Used: 40 MB\t{init}"))


@pytest.fixture
def logs():
    return Logs()


@pytest.fixture
def live(logs):
    made = LiveTimeline(logs, "Hello", since=0)
    yield made
    made.close()


@pytest.fixture
def drawn(live):
    """An event that is set when the thread has drawn the timeline with a number of invocations."""

    def when(count: int) -> threading.Event:
        event = threading.Event()
        fill = live._fill

        def filling():
            fill()
            if len(live.timeline.invocations) == count:
                event.set()

        live._fill = filling
        return event

    assert live._view  # shown
    return when


def test_a_reading_asks_only_for_what_may_be_new_and_keeps_the_rest(logs):
    follower = Follower(logs, ["Hello"])
    logs.report("one", "a", 100_000)
    follower.read()
    logs.report("two", "a", 101_000)
    assert [one.report.request_id for one in follower.read()] == ["one", "two"]
    logs.lines.clear()
    assert len(follower.read()) == 2
    assert logs.asked == [0, 90_000, 91_000]


def test_a_line_that_comes_late_is_read_all_the_same(logs):
    follower = Follower(logs, ["Hello"])
    logs.report("one", "a", 100_000)
    follower.read()
    logs.report("late", "b", 95_000)
    assert [one.report.request_id for one in follower.read()] == ["late", "one"]
    logs.report("later", "c", 50_000)
    assert len(follower.read()) == 2
    assert len(follower.read(anew=True)) == 3


def test_attempts_under_one_request_id_are_three_invocations(logs):
    follower = Follower(logs, ["Hello"])
    for moment in (1_000, 2_000, 3_000):
        logs.report("same", "a", moment)
    assert len(follower.read()) == len(follower.read()) == 3


def test_it_draws_what_came_while_it_watches(live, logs, drawn):
    done = drawn(2)
    live.start()
    logs.report("one", "a", 1_000, init="50.00")
    logs.report("two", "a", 2_000)
    assert done.wait(10)
    assert live.watching
    assert "Hello (watching): 2 invocations in 1 execution environment, 1 cold start" in live._status.value
    assert live._picture.value.startswith('<svg class="lab-timeline"')


def test_stop_returns_the_picture_and_leaves_no_thread(live, logs):
    live.start()
    logs.report("one", "a", 1_000)
    assert repr(live.stop(reports=1)) == "Hello · environment 1\n  warm, ran 100.00 ms, succeeded"
    assert not live.watching
    assert not [thread for thread in threading.enumerate() if thread.name == "timeline of Hello"]


def test_nothing_is_drawn_twice(live, logs):
    logs.report("one", "a", 1_000)
    live.refresh()
    assert live._view
    fills = []
    live._fill = lambda: fills.append(1)
    live._polling = SimpleNamespace(alive=True, stop=lambda: None)
    live.refresh()
    assert fills == []
    logs.report("two", "a", 2_000)
    live.refresh()
    assert fills == [1]


def test_watching_ends_when_nothing_has_come_for_a_while(logs):
    now = [0.0]
    live = LiveTimeline(logs, "Hello", since=0, idle=60, clock=lambda: now[0])
    now[0] = 50
    logs.report("one", "a", 1_000)
    assert live._step()
    now[0] = 110
    assert live._step()
    now[0] = 111
    assert not live._step()


def test_closing_the_widget_ends_watching(live):
    live._view.close()
    assert not live._step()
    live.start()
    live.close()
    assert not live.watching


def test_an_error_is_awss_words_in_the_widget_and_passes(live, logs):
    assert live._view
    logs.error = "ThrottlingException"
    assert live._step()
    assert "ThrottlingException (&lt;Rate&gt; exceeded)" in live._status.value
    assert "ThrottlingException" in repr(live)
    logs.error = None
    assert live._step()
    assert "Throttling" not in live._status.value


def test_the_buttons_start_and_stop_it(live, logs):
    start, stop, _ = live._view.children[1].children
    start.click()
    assert live.watching
    start.click()
    logs.error = "ThrottlingException"
    stop.click()
    assert not live.watching
    assert "Hello (not watching)" in live._status.value and "Throttling" in live._status.value


def test_code_is_told_of_an_error(live, logs):
    logs.error = "ThrottlingException"
    with pytest.raises(ClientError):
        live.stop()


def test_the_text_is_state_and_picture(live):
    assert repr(live) == (
        "Hello (not watching): 0 invocations in 0 execution environments, 0 cold starts\nno invocations"
    )
    assert "<p>no invocations</p>" in live.html()


def test_on_aws_it_asks_less_often(logs):
    logs.backend = "aws"
    assert LiveTimeline(logs, "Hello")._polling._interval == 1


def test_styles_follow_the_theme(live):
    assert "var(--jp-layout-color1" in live._view.children[0].value
