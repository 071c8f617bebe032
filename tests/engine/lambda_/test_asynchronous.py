"""Events that nobody waits for: retries, ages, destinations, dead letters, and queues between functions."""

import base64
import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from kit import ROLE, eventually

FAIL = "def handler(event, context):\n    raise ValueError('out of paper')"


@pytest.fixture
def queue(client):
    """`queue()` makes a queue and returns its URL and ARN; the function's role may use every queue."""
    sqs = client("sqs")
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}],
    }
    client("iam").put_role_policy(
        RoleName=ROLE.rpartition("/")[2], PolicyName="queues", PolicyDocument=json.dumps(policy)
    )
    made = []

    def make(**attributes):
        url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:10]}", Attributes=attributes)["QueueUrl"]
        made.append(url)
        return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    yield make
    for url in made:
        sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def received(client):
    """`received(url)`: the next message of a queue, waited for."""

    def wait(url):
        answer = eventually(
            lambda: (
                client("sqs")
                .receive_message(QueueUrl=url, WaitTimeSeconds=1, MessageAttributeNames=["All"])
                .get("Messages")
            ),
            seconds=20,
        )
        assert answer, "nothing arrived"
        return answer[0]

    return wait


def send(client, call, event):
    response = client("lambda").invoke(FunctionName=call.name, InvocationType="Event", Payload=json.dumps(event))
    return response["ResponseMetadata"]["RequestId"]


def on_failure(client, call, target, **more):
    client("lambda").put_function_event_invoke_config(
        FunctionName=call.name, DestinationConfig={"OnFailure": {"Destination": target}}, **more
    )


def test_an_event_that_fails_is_tried_three_times_and_its_record_is_as_on_aws(function, client, queue, received):
    call, (url, arn) = function(FAIL), queue()
    on_failure(client, call, arn)
    request_id = send(client, call, {"order": 1})
    record = json.loads(received(url)["Body"])
    assert record.pop("timestamp")
    response = record.pop("responsePayload")
    assert (response["errorType"], response["errorMessage"]) == ("ValueError", "out of paper")
    assert record == {
        "version": "1.0",
        "requestContext": {
            "requestId": request_id,
            "functionArn": f"arn:aws:lambda:us-east-1:000000000000:function:{call.name}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": 3,
        },
        "requestPayload": {"order": 1},
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
    }


def test_an_event_that_would_be_too_old_at_its_next_attempt_is_given_up(function, client, queue, received):
    call, (url, arn) = function(FAIL), queue()
    on_failure(client, call, arn, MaximumEventAgeInSeconds=60)
    send(client, call, {})
    context = json.loads(received(url)["Body"])["requestContext"]
    assert (context["condition"], context["approximateInvokeCount"]) == ("EventAgeExceeded", 1)


def test_a_dead_letter_is_the_event_with_the_invocations_request_id(function, client, queue, received):
    url, arn = queue()
    call = function(FAIL, DeadLetterConfig={"TargetArn": arn})
    client("lambda").put_function_event_invoke_config(FunctionName=call.name, MaximumRetryAttempts=0)
    request_id = send(client, call, {"order": 1})
    message = received(url)
    assert json.loads(message["Body"]) == {"order": 1}
    assert {name: (a["DataType"], a["StringValue"]) for name, a in message["MessageAttributes"].items()} == {
        "RequestID": ("String", request_id),
        "ErrorCode": ("Number", "200"),
        "ErrorMessage": ("String", "out of paper"),
    }


def test_an_event_sent_right_after_a_change_of_configuration_is_not_left_behind(function, client, queue, received):
    call, (url, arn) = function("def handler(event, context): return event"), queue()
    client("lambda").put_function_event_invoke_config(
        FunctionName=call.name, DestinationConfig={"OnSuccess": {"Destination": arn}}
    )
    client("lambda").update_function_configuration(FunctionName=call.name, Timeout=5)
    client("lambda").get_waiter("function_updated_v2").wait(
        FunctionName=call.name, WaiterConfig={"Delay": 0.05, "MaxAttempts": 200}
    )
    send(client, call, {"order": 2})
    assert json.loads(received(url)["Body"])["responsePayload"] == {"order": 2}


def test_only_what_a_batch_reports_as_failed_comes_back_and_ends_in_the_dead_letter_queue(
    function, client, queue, received
):
    source = """
def handler(event, context):
    bad = [r["messageId"] for r in event["Records"] if r["body"] == "bad"]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in bad]}
"""
    dead, dead_arn = queue()
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": "2"})
    work, work_arn = queue(VisibilityTimeout="1", RedrivePolicy=redrive)
    call, sqs = function(source, Timeout=1), client("sqs")
    mapping = client("lambda").create_event_source_mapping(
        EventSourceArn=work_arn, FunctionName=call.name, FunctionResponseTypes=["ReportBatchItemFailures"]
    )
    entries = [{"Id": body, "MessageBody": body} for body in ("good", "bad", "better")]
    sqs.send_message_batch(QueueUrl=work, Entries=entries)
    assert received(dead)["Body"] == "bad"
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    assert set(sqs.get_queue_attributes(QueueUrl=work, AttributeNames=counts)["Attributes"].values()) == {"0"}
    client("lambda").delete_event_source_mapping(UUID=mapping["UUID"])


def test_no_event_waits_for_a_change_of_its_function(function, client, queue):
    calls, (url, arn) = [function(FAIL) for _ in range(4)], queue()
    for call in calls:
        on_failure(client, call, arn)

    def change_and_send(call):
        name, sent = {"FunctionName": call.name}, []
        for number in range(15):
            client("lambda").update_function_configuration(**name, Environment={"Variables": {"NUMBER": str(number)}})
            client("lambda").get_waiter("function_updated_v2").wait(**name, WaiterConfig={"Delay": 0.05})
            sent += [send(client, call, {}) for _ in range(2)]
        return sent

    with ThreadPoolExecutor(len(calls)) as pool:
        sent = {request_id for found in pool.map(change_and_send, calls) for request_id in found}
    failed = set()

    def all_have_failed():
        answer = client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        bodies = [json.loads(message["Body"]) for message in answer.get("Messages", ())]
        failed.update(body["requestContext"]["requestId"] for body in bodies)
        return failed == sent

    assert eventually(all_have_failed, seconds=40), f"{len(failed)} of {len(sent)} events"


def test_the_client_context_of_an_event_does_not_reach_the_function(function, client, queue, received):
    """It does "for synchronous invocations only" (Lambda API Reference, "Invoke", 2026-11)."""
    url, arn = queue()
    source = "def handler(event, context): raise ValueError(str(context.client_context))"
    call = function(source, DeadLetterConfig={"TargetArn": arn})
    context = base64.b64encode(b'{"custom": {"a": 1}}').decode()
    client("lambda").put_function_event_invoke_config(FunctionName=call.name, MaximumRetryAttempts=0)
    client("lambda").invoke(FunctionName=call.name, InvocationType="Event", ClientContext=context)
    assert received(url)["MessageAttributes"]["ErrorMessage"]["StringValue"] == "None"
