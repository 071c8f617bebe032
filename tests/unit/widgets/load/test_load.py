"""A load: how many at once, what is counted, and what is left when it ends early."""

import io
import json
import threading
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from helpers.errors import LabError
from helpers.widgets import Load


class Lab:
    """A function that logs each call; `at` is {number of a call: what is done then}, which may raise or answer."""

    backend = "embedded"
    exceptions = SimpleNamespace(ResourceNotFoundException=KeyError)

    def __init__(self):
        self.at, self.calls, self.running, self.most, self.lines = {}, 0, 0, 0, []
        self.lock = threading.Lock()

    def client(self, service):
        return self

    def invoke(self, FunctionName, Payload):  # noqa: N803
        with self.lock:
            self.calls += 1
            number = self.calls
            self.running += 1
            self.most = max(self.most, self.running)
        try:
            answer = self.at.get(number, lambda: None)() or {}
        finally:
            with self.lock:
                self.running -= 1
        line = f"REPORT RequestId: {number}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\t"
        with self.lock:
            self.lines.append((1_000 * number, f"{line}Max Memory Used: 40 MB\t\n"))
        return {"StatusCode": 200, "Payload": io.BytesIO(json.dumps(json.loads(Payload)).encode()), **answer}

    def get_paginator(self, operation):
        return self

    def paginate(self, logGroupName, startTime):  # noqa: N803
        for moment, line in list(self.lines):
            yield {"events": [{"logStreamName": "stream", "timestamp": moment, "message": line}]}


@pytest.fixture
def lab():
    return Lab()


def refusal(status, code):
    def refuse():
        meta = {"HTTPStatusCode": status}
        raise ClientError({"Error": {"Code": code, "Message": ""}, "ResponseMetadata": meta}, "Invoke")

    return refuse


def left():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(("load on", "timeline of"))]


def test_every_request_is_sent_and_counted_and_the_log_is_complete(lab):
    load = Load(lab, "Hello", requests=30, at_once=3, since=0)
    found = load.run()
    assert (lab.calls, len(found.answers), found.succeeded) == (30, 30, 30)
    assert len(found.timeline.invocations) == 30
    assert repr(found).splitlines()[0] == "Hello: 30 of 30 requests answered, 30 succeeded"
    assert load.state == "done" and left() == []


def test_no_more_run_at_once_than_asked_for(lab):
    together = threading.Barrier(3, timeout=10)
    lab.at = {number: lambda: together.wait() and None for number in range(1, 7)}
    Load(lab, "Hello", requests=6, at_once=3, since=0).run()
    assert lab.most == 3


def test_throttles_errors_and_no_answer_are_told_apart(lab):
    def no_answer():
        raise EndpointConnectionError(endpoint_url="x")

    body = {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorType": "ValueError"}')}
    throttle = refusal(429, "TooManyRequestsException")
    lab.at = {1: throttle, 2: throttle, 3: lambda: body, 4: no_answer}
    found = Load(lab, "Hello", requests=6, at_once=1, since=0).run()
    assert (found.succeeded, found.failed, found.throttled) == (2, 1, 2)
    assert found.errors == {"TooManyRequestsException": 2, "ValueError": 1, "EndpointConnectionError": 1}
    assert [answer.status for answer in found.answers] == [429, 429, 200, None, 200, 200]
    assert found.summary == (
        "Hello: 6 of 6 requests answered, 2 succeeded, 2 TooManyRequestsException, 1 ValueError, "
        "1 EndpointConnectionError"
    )


def test_after_cancel_nothing_more_is_sent_and_what_was_answered_is_kept(lab):
    load = Load(lab, "Hello", requests=50, at_once=1, since=0)
    lab.at = {3: load.cancel}
    found = load.run()
    assert (lab.calls, len(found.answers), len(found.timeline.invocations)) == (3, 3, 3)
    assert found.summary == "Hello: 3 of 50 requests answered, 3 succeeded"
    assert load.state == "cancelled" and left() == []


def test_an_interrupt_does_not_wait_for_answers_and_no_thread_is_left_when_they_have_come(lab):
    arrived, gate = threading.Event(), threading.Event()
    lab.at = {2: lambda: arrived.set() or (gate.wait(20) and None)}
    load = Load(lab, "Hello", requests=50, at_once=1, since=0)
    load.advance = lambda by: arrived.wait(10) and interrupt()

    def interrupt():
        raise KeyboardInterrupt

    assert load._view
    with pytest.raises(KeyboardInterrupt):
        load.run()
    assert not load.live.watching
    assert (load._place.children, load._place.layout.display) == ((load.live._view,), None)
    gate.set()
    for thread in threading.enumerate():
        if thread.name.startswith("load on"):
            thread.join(10)
    assert lab.calls == 2 and left() == []


def test_the_timeline_is_shown_while_it_runs_and_left_to_the_cell_at_the_end(lab):
    # Not taken out: in JupyterLab, a part that goes while its views are made ends in errors of the console.
    shown = []
    load = Load(lab, "Hello", requests=2, at_once=1, since=0)
    assert load._view and load._place.children == ()
    lab.at = {2: lambda: shown.append((load._place.children, load._place.layout.display))}
    found = load.run()
    assert shown == [((load.live._view,), None)] and load._place.layout.display == "none"
    assert found._repr_html_().startswith("<p>Hello: 2 of 2 requests answered, 2 succeeded</p><svg")


def test_its_timeline_has_no_buttons_of_its_own(lab):
    load = Load(lab, "Hello", requests=1)
    assert len(load.live._view.children[1].children) == 1  # the status


def test_run_again_it_begins_anew(lab):
    load = Load(lab, "Hello", requests=4, at_once=2, since=0)
    lab.at = {1: load.cancel}
    assert len(load.run().answers) < 4
    lab.at = {}
    assert len(load.run().answers) == 4


def test_what_was_there_before_does_not_count_as_the_loads(lab):
    Load(lab, "Hello", requests=4, at_once=2, since=0).run()
    found = Load(lab, "Hello", requests=3, at_once=2, since=0).run()
    assert (len(found.answers), len(found.timeline.invocations)) == (3, 7)


def test_many_invocations_are_summed_up_in_the_text(lab):
    found = Load(lab, "Hello", requests=41, at_once=8, since=0).run()
    assert repr(found).splitlines()[1:] == ["41 invocations in 1 execution environment, 0 cold starts"]


@pytest.mark.parametrize("wrong", [{"requests": 0}, {"requests": 1, "at_once": 0}, {"requests": 1, "at_once": 65}])
def test_an_invalid_load_is_one_sentence(wrong, lab):
    with pytest.raises(LabError, match="at least one request"):
        Load(lab, "Hello", **wrong)
