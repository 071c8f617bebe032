"""Answers to tasks that wait with a token. Sources: helpers/engine/stepfunctions/task_tokens.py."""

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from kit import eventually


@pytest.fixture
def waiting(client, start):
    """An execution whose task waits, and the token it waits with."""
    sqs = client("sqs")
    queue = sqs.create_queue(QueueName=f"tokens-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue, "MessageBody": {"token.$": "$$.Task.Token"}},
        "End": True,
    }
    execution = start({"StartAt": "A", "States": {"A": task}})
    messages = eventually(lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5).get("Messages"), 20)
    yield execution, json.loads(messages[0]["Body"])["token"]
    sqs.delete_queue(QueueUrl=queue)


def refusal(call, **arguments):
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]


def test_an_answer_that_is_no_json_is_refused_and_the_task_goes_on_waiting(client, waiting, ended):
    states, (execution, token) = client("stepfunctions"), waiting
    assert refusal(states.send_task_success, taskToken=token, output="notjson")["Code"] == "InvalidOutput"
    states.send_task_heartbeat(taskToken=token)
    states.send_task_success(taskToken=token, output='{"a": 1}')
    assert json.loads(ended(execution)["output"]) == {"a": 1}


@pytest.mark.parametrize("end", ["answer", "stop"])
def test_a_task_that_has_ended_takes_no_answer(client, waiting, end):
    states, (execution, token) = client("stepfunctions"), waiting
    if end == "stop":
        states.stop_execution(executionArn=execution)
    else:
        states.send_task_failure(taskToken=token, error="E")
    gone = {"Code": "TaskTimedOut", "Message": "Task Timed Out: 'Provided task does not exist anymore'"}
    for call, more in (
        (states.send_task_success, {"output": "1"}),
        (states.send_task_failure, {}),
        (states.send_task_heartbeat, {}),
    ):
        said = refusal(call, taskToken=token, **more)
        assert {name: said[name] for name in gone} == gone


def test_a_token_that_was_never_given_is_invalid(client):
    said = refusal(client("stepfunctions").send_task_success, taskToken="none", output="no JSON")
    assert (said["Code"], said["Message"]) == ("InvalidToken", "Invalid Token: 'Invalid token'")


def test_an_execution_that_is_stopped_ends_at_once_though_its_task_waits(client, waiting, ended):
    states, (execution, _) = client("stepfunctions"), waiting
    states.stop_execution(executionArn=execution, error="E", cause="enough")
    assert ended(execution)["status"] == "ABORTED"
    *_, before, last = states.get_execution_history(executionArn=execution)["events"]
    assert (before["type"], last["type"]) == ("TaskSubmitted", "ExecutionAborted")
    assert last["executionAbortedEventDetails"] == {"error": "E", "cause": "enough"}
