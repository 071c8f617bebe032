"""What durable executions do: Lambda Developer Guide, "Lambda durable functions" (2026-11)."""

import json
import os
import signal
from datetime import timedelta

import pytest
from durable_kit import ACTIONS
from kit import eventually, refusal, status


def environments(durable):
    return [one for one in status(durable.engine)["environments"] if one["function"] == durable.name]


def test_a_wait_holds_no_environment_and_no_step_runs_twice(durable):
    arn = durable.start(mark="a")
    (wait,) = durable.waits(arn)

    assert wait["WaitStartedDetails"]["Duration"] == 300
    assert eventually(lambda: [one["state"] for one in environments(durable)] == ["idle"])
    durable.skip(300)
    assert json.loads(durable.ended(arn)["Result"]) == ["a first", "a second"]
    assert durable.ran("a") == ["first", "second"]
    assert len(durable.events(arn, "InvocationCompleted")) == 2


def test_an_execution_goes_on_in_another_process_when_its_own_was_killed(durable):
    arn = durable.start(mark="b")
    durable.waits(arn)
    killed = {one["pid"]: os.kill(one["pid"], signal.SIGKILL) for one in environments(durable)}

    durable.skip(300)

    assert json.loads(durable.ended(arn)["Result"]) == ["b first", "b second"]
    assert durable.ran("b") == ["first", "second"]
    assert killed and killed.keys().isdisjoint(one["pid"] for one in environments(durable))


def test_a_step_is_tried_again_when_its_delay_is_over(durable):
    arn = durable.start(do="retried")
    durable.waits(arn, "StepFailed")
    durable.skip(60)
    durable.waits(arn, "StepFailed", times=2)
    durable.skip(120)

    assert json.loads(durable.ended(arn)["Result"]) == "done"
    steps = durable.events(arn, "Step")
    assert [event["EventType"] for event in steps] == ["StepStarted", "StepFailed"] * 2 + [
        "StepStarted",
        "StepSucceeded",
    ]
    details = [event.get("StepFailedDetails") or event.get("StepSucceededDetails") for event in steps[1::2]]
    assert [one["RetryDetails"]["CurrentAttempt"] for one in details] == [1, 2, 3]


CALLBACKS = {
    "success": (
        lambda lam, callback: lam.send_durable_execution_callback_success(CallbackId=callback, Result=b"yes"),
        "SUCCEEDED",
        "CallbackSucceeded",
    ),
    "failure": (
        lambda lam, callback: lam.send_durable_execution_callback_failure(
            CallbackId=callback, Error={"ErrorType": "Refused", "ErrorMessage": "no"}
        ),
        "FAILED",
        "CallbackFailed",
    ),
}


@pytest.mark.parametrize("case", CALLBACKS)
def test_a_callback_ends_when_somebody_answers(durable, case):
    answer, state, event = CALLBACKS[case]
    arn = durable.start(do="callback")
    (started,) = durable.waits(arn, "CallbackStarted")

    answer(durable.lam, started["CallbackStartedDetails"]["CallbackId"])

    said = durable.ended(arn, state)
    assert durable.events(arn, event)
    if state == "SUCCEEDED":
        assert json.loads(said["Result"]) == {"answer": "yes"}
    else:
        assert said["Error"]["ErrorMessage"] == "no"


def test_heartbeats_keep_a_callback_and_without_them_it_times_out(durable):
    arn = durable.start(do="callback")
    (started,) = durable.waits(arn, "CallbackStarted")
    details = started["CallbackStartedDetails"]
    callback = details["CallbackId"]
    assert (details["Timeout"], details["HeartbeatTimeout"]) == (14 * 60, 5 * 60)

    durable.skip(200)
    durable.lam.send_durable_execution_callback_heartbeat(CallbackId=callback)
    durable.skip(200)
    assert durable.get(arn)["Status"] == "RUNNING"
    durable.skip(300)

    durable.ended(arn, "FAILED")
    assert durable.events(arn, "CallbackTimedOut")


def test_an_execution_that_is_stopped_ends_with_the_error_that_is_given(durable):
    arn = durable.start()
    durable.waits(arn)

    error = {"ErrorType": "Enough", "ErrorMessage": "not needed any more"}
    stopped = durable.lam.stop_durable_execution(DurableExecutionArn=arn, Error=error)

    said = durable.ended(arn, "STOPPED")
    assert said["EndTimestamp"] == stopped["StopTimestamp"] and said["Error"] == error
    durable.skip(300)
    assert not durable.events(arn, "WaitSucceeded")


def test_an_execution_times_out_as_a_whole(durables):
    short = durables.make(ExecutionTimeout=60)
    arn = short.start()
    short.waits(arn)

    short.skip(61)

    assert "timed out" in short.ended(arn, "TIMED_OUT")["Error"]["ErrorMessage"]


def test_an_error_of_the_handler_ends_the_execution_and_is_the_callers_answer(durable):
    answer = durable.invoke(do="fails")

    said = json.loads(answer["Payload"].read())
    assert answer["FunctionError"] == "Unhandled"
    assert "no such order" in said["errorMessage"] and "KeyError" in said["errorType"]
    assert durable.get(answer["DurableExecutionArn"])["Status"] == "FAILED"


def test_a_durable_function_that_is_called_is_an_execution_of_its_own(durable):
    arn = durable.start(do="calls", target=f"{durable.name}:live")

    assert json.loads(durable.ended(arn)["Result"]) == 2
    (call,) = durable.events(arn, "ChainedInvokeStarted")
    child = call["ChainedInvokeStartedDetails"]["DurableExecutionArn"]
    assert json.loads(durable.get(child)["Result"]) == 2


def test_another_function_that_is_called_runs_once(durable, function):
    plain = function("def handler(event, context):\n    return event['number'] * 10")

    arn = durable.start(do="calls", target=plain.name)

    assert json.loads(durable.ended(arn)["Result"]) == 10


CALLS_REFUSED = {
    "what is not there": (
        "nobody",
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody:$LATEST",
    ),
    "without a qualifier": (None, "You cannot invoke a durable function using an unqualified ARN."),
}


@pytest.mark.parametrize("case", CALLS_REFUSED)
def test_a_call_that_cannot_succeed_fails_at_once(durable, case):
    target, message = CALLS_REFUSED[case]

    arn = durable.start(do="calls", target=target or durable.name)

    assert durable.ended(arn, "FAILED")["Error"]["ErrorMessage"] == message


def test_a_role_that_may_not_invoke_calls_nothing(durables):
    meek = durables.make(durables.mappings.make_role(*ACTIONS[:2], "logs:*"))

    arn = meek.start(do="calls", target=f"{meek.name}:1")

    said = meek.ended(arn, "FAILED")["Error"]["ErrorMessage"]
    assert "is not authorized to perform: lambda:InvokeFunction" in said


def test_a_role_without_checkpoints_gets_nowhere(durables):
    powerless = durables.make(durables.mappings.make_role("logs:*"))

    arn = powerless.start()

    said = powerless.ended(arn, "FAILED")["Error"]["ErrorMessage"]
    assert "lambda:CheckpointDurableExecution" in said and arn in said


def test_what_has_ended_is_kept_for_as_many_days_as_the_function_says(durable):
    arn = durable.invoke(do="adds", number=1)["DurableExecutionArn"]
    ended = durable.get(arn)["EndTimestamp"]

    now = durable.skip(timedelta(days=1).total_seconds())["now"]
    assert durable.get(arn)["EndTimestamp"] == ended and now > ended.isoformat()
    durable.skip(timedelta(days=1, minutes=1).total_seconds())

    code, message = refusal(durable.get, arn=arn)
    assert code == "ResourceNotFoundException" and arn in message
