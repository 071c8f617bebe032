"""Subscription filters: which destinations are accepted, and what a function gets.

Sources: CloudWatch Logs User Guide, "Subscription filters with AWS Lambda" (2026-11); API Reference,
"PutSubscriptionFilter"; messages from issues, named in the rows.
"""

import json
import time
import uuid

import pytest
from botocore.exceptions import ClientError
from kit import eventually

NOT_ALLOWED = (
    "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your "
    "function."
)
SINK = """
import base64, gzip, json

def handler(event, context):
    print("SINK", gzip.decompress(base64.b64decode(event["awslogs"]["data"])).decode())
"""


@pytest.fixture
def group(client):
    logs, name = client("logs"), f"/test/{uuid.uuid4().hex}"
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="one")
    yield name
    logs.delete_log_group(logGroupName=name)


@pytest.fixture
def subscribe(client, group):
    """`subscribe(function)` puts a subscription filter."""

    def put(function, pattern="", name="f", **more):
        arn = function if function.startswith("arn:") else f"arn:aws:lambda:us-east-1:000000000000:function:{function}"
        client("logs").put_subscription_filter(
            logGroupName=group, filterName=name, filterPattern=pattern, destinationArn=arn, **more
        )

    return put


def write(client, group, *messages):
    now = int(time.time() * 1000)
    events = [{"timestamp": now, "message": message} for message in messages]
    client("logs").put_log_events(logGroupName=group, logStreamName="one", logEvents=events)


def received(client, sink):
    try:
        events = client("logs").filter_log_events(logGroupName=f"/aws/lambda/{sink.name}", filterPattern="SINK")[
            "events"
        ]
    except ClientError:
        return []
    return [json.loads(event["message"].partition("SINK ")[2]) for event in events]


def allow(client, function, principal="logs.amazonaws.com", **conditions):
    client("lambda").add_permission(
        FunctionName=function,
        StatementId=uuid.uuid4().hex,
        Action="lambda:InvokeFunction",
        Principal=principal,
        **conditions,
    )


def test_a_function_gets_the_events_that_pass_as_aws_packs_them(client, function, group, subscribe):
    sink = function(SINK)
    allow(
        client,
        sink.name,
        "logs.us-east-1.amazonaws.com",
        SourceArn=f"arn:aws:logs:us-east-1:000000000000:log-group:{group}:*",
        SourceAccount="000000000000",
    )
    subscribe(sink.name, '{ $.level = "ERROR" }', "errors")
    write(client, group, '{"level": "ERROR", "n": 1}', '{"level": "INFO"}', "ERROR as text")
    (message,) = eventually(lambda: received(client, sink), 20)
    (event,) = message.pop("logEvents")
    assert message == {
        "messageType": "DATA_MESSAGE",
        "owner": "000000000000",
        "logGroup": group,
        "logStream": "one",
        "subscriptionFilters": ["errors"],
    }
    assert event["message"] == '{"level": "ERROR", "n": 1}' and event["id"].isdigit() and event["timestamp"] > 1e12
    (described,) = client("logs").describe_subscription_filters(logGroupName=group)["subscriptionFilters"]
    assert "roleArn" not in described and described["distribution"] == "ByLogStream"  # recorded on AWS, 2023-03


def refusal(call):
    with pytest.raises(ClientError) as error:
        call()
    return error.value.response["Error"]["Code"], error.value.response["Error"]["Message"]


def test_a_destination_is_refused_that_could_not_be_delivered_to(client, function, group, subscribe):
    sink = function(SINK)
    assert refusal(lambda: subscribe(sink.name)) == ("InvalidParameterException", NOT_ALLOWED)
    assert refusal(lambda: subscribe("nobody")) == ("InvalidParameterException", NOT_ALLOWED)
    allow(client, sink.name, SourceArn="arn:aws:logs:us-east-1:000000000000:log-group:other:*")
    assert refusal(lambda: subscribe(sink.name)) == ("InvalidParameterException", NOT_ALLOWED)
    allow(client, sink.name)
    role = {"roleArn": "arn:aws:iam::000000000000:role/function"}
    assert refusal(lambda: subscribe(sink.name, **role))[1] == (
        "destinationArn for vendor lambda cannot be used with roleArn"
    )
    assert refusal(lambda: subscribe("arn:aws:kinesis:us-east-1:000000000000:stream/s"))[1] == (
        "destinationArn for vendor kinesis cannot be used without roleArn"
    )
    assert refusal(lambda: subscribe("arn:aws:sqs:us-east-1:000000000000:q"))[1] == (
        "PutSubscriptionFilter operation cannot work with destinationArn for vendor sqs"
    )
    assert refusal(lambda: subscribe(sink.name, "{ $.a"))[0] == "InvalidParameterException"
    for name in ("one", "two", "one"):
        subscribe(sink.name, name=name)
    assert refusal(lambda: subscribe(sink.name, name="three")) == ("LimitExceededException", "Resource limit exceeded.")


def test_a_function_is_not_called_for_its_own_lines(client, function):
    # amplify-education/serverless-log-forwarding, issue 13 (AWS's message).
    sink = function(SINK)
    allow(client, sink.name)
    own = f"/aws/lambda/{sink.name}"
    client("logs").create_log_group(logGroupName=own)
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{sink.name}"
    put = client("logs").put_subscription_filter
    assert refusal(lambda: put(logGroupName=own, filterName="f", filterPattern="", destinationArn=arn)) == (
        "InvalidParameterException",
        "The log group provided is reserved for the function logs of the destination function.",
    )
