"""What an invocation gives back: payload, duration and log events."""

import re
import time

from fake_runtime_process import Process, answers, asks

from helpers.engine.execution.invoke import Event, serve

EVENT = Event("id", b'{"\xc3\xa9": 1}', "arn")


def started(*said):
    process = Process([asks(), *said])
    process.spawn()
    process.api.waiting = process.api.receive(0).connection
    return process


def test_the_payload_goes_to_the_runtime_byte_by_byte():
    process = started(answers(), asks())
    connection = process.api.waiting
    serve(process, EVENT, cold=False)
    assert connection.answers == [("200 OK", b'{"\xc3\xa9": 1}')]


def test_duration_is_the_number_that_report_shows():
    outcome = serve(started(answers(), asks()), EVENT, cold=False)
    report = outcome.events[-1].message
    assert re.search(r"\tDuration: ([\d.]+) ms\t", report)[1] == f"{outcome.duration_ms:.2f}"
    assert outcome.duration_ms == float(f"{outcome.duration_ms:.2f}")


def test_log_events_up_to_start_have_the_time_of_the_beginning_and_those_after_it_that_of_the_end():
    def late():
        time.sleep(0.05)
        return answers()

    process = started(late, asks())
    process.log(["printed in INIT", "START of a line of its own"])
    before = int(time.time() * 1000)
    events = serve(process, EVENT, cold=False).events
    assert [event.message.split()[0] for event in events] == ["printed", "START", "START", "END", "REPORT"]
    began, ended = events[0].timestamp, events[-1].timestamp
    assert [event.timestamp for event in events] == [began] * 3 + [ended] * 2
    assert began >= before and 50 <= ended - began < 5000
    assert process.events == []


def test_an_answer_to_another_request_is_refused():
    stray = answers(request_id="another")
    outcome = serve(started(stray, answers(), asks()), EVENT, cold=False)
    assert outcome.payload == b'"done"'
    assert stray.connection.answers[0][0] == "400 Bad Request"
