"""Recursive loops: Developer Guide, "Use Lambda recursive loop detection to prevent infinite loops" (2026-11)."""

import json
import uuid

import pytest
from event_source_kit import Mappings
from kit import eventually

from helpers.engine import lineage

TIMES = 16
# Says that it runs, and asks for what its environment names.
SOURCE = """
import json, os, boto3
myself = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
service, operation, parameters = json.loads(os.environ["NEXT"].replace("MYSELF", myself))
ask = getattr(boto3.client(service), operation)
def handler(event, context):
    print("RAN")
    ask(**parameters)
"""
AGAIN = {"FunctionName": "MYSELF", "InvocationType": "Event"}


class Loops:
    """Functions that ask for something when they run."""

    def __init__(self, client):
        self.client, self.mappings = client, Mappings(client)
        self.role = self.mappings.make_role("lambda:*", "sqs:*", "sns:*", "s3:*", "logs:*")

    def function(self, service, operation, parameters):
        variables = {"NEXT": json.dumps([service, operation, parameters])}
        return self.mappings.function(self.role, SOURCE, Environment={"Variables": variables})

    def admit(self, name, service):
        """Let a service invoke a function; returns its ARN."""
        lam = self.client("lambda")
        principal = f"{service}.amazonaws.com"
        lam.add_permission(FunctionName=name, StatementId="s", Action="lambda:InvokeFunction", Principal=principal)
        return lam.get_function_configuration(FunctionName=name)["FunctionArn"]

    def ran(self, name):
        logs = self.client("logs")
        try:
            return len(logs.filter_log_events(logGroupName=f"/aws/lambda/{name}", filterPattern="RAN")["events"])
        except logs.exceptions.ResourceNotFoundException:
            return 0

    def invoke_within(self, name, times):
        """Invoke a function in a chain of requests that has passed it so often."""
        lam, trace = self.client("lambda"), ""
        arn = lam.get_function_configuration(FunctionName=name)["FunctionArn"]
        for _ in range(times):
            trace, _ = lineage.passed(trace, arn)

        def add(request, **_):
            request.headers[lineage.HEADER] = f"Root=1-{'a' * 8}-{'b' * 24};Lineage={trace}"

        lam.meta.events.register("before-sign.lambda.Invoke", add)
        try:
            return lam.invoke(FunctionName=name)
        finally:
            lam.meta.events.unregister("before-sign.lambda.Invoke", add)


@pytest.fixture(scope="module")
def loops(client):
    made = Loops(client)
    yield made
    made.mappings.clean_up()


def through_itself(client, loops):
    name = loops.function("lambda", "invoke", AGAIN)
    client("lambda").invoke(FunctionName=name, InvocationType="Event")
    return name


def through_a_queue(client, loops):
    url, arn = loops.mappings.queue()
    name = loops.function("sqs", "send_message", {"QueueUrl": url, "MessageBody": "again"})
    loops.mappings.map(arn, name)
    client("sqs").send_message(QueueUrl=url, MessageBody="first")
    return name


def through_a_topic(client, loops):
    sns = client("sns")
    topic = sns.create_topic(Name=f"t-{uuid.uuid4().hex[:8]}")["TopicArn"]
    loops.mappings.undo.callback(sns.delete_topic, TopicArn=topic)
    name = loops.function("sns", "publish", {"TopicArn": topic, "Message": "again"})
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=loops.admit(name, "sns"))
    sns.publish(TopicArn=topic, Message="first")
    return name


def through_a_bucket(client, loops):
    s3, bucket = client("s3"), f"b-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket)
    loops.mappings.undo.callback(s3.delete_bucket, Bucket=bucket)
    loops.mappings.undo.callback(s3.delete_object, Bucket=bucket, Key="k")
    name = loops.function("s3", "put_object", {"Bucket": bucket, "Key": "k"})
    rule = {"LambdaFunctionArn": loops.admit(name, "s3"), "Events": ["s3:ObjectCreated:*"]}
    rules = {"LambdaFunctionConfigurations": [rule]}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=rules)
    s3.put_object(Bucket=bucket, Key="k")
    return name


@pytest.mark.parametrize("begin", [through_itself, through_a_queue, through_a_topic, through_a_bucket])
def test_a_loop_is_stopped_after_sixteen_times(client, loops, begin):
    name = begin(client, loops)
    assert eventually(lambda: loops.ran(name) >= TIMES, 30), loops.ran(name)
    assert not eventually(lambda: loops.ran(name) > TIMES, 1), loops.ran(name)


def test_the_event_that_would_have_gone_on_goes_to_the_destination(client, loops):
    lam, sqs = client("lambda"), client("sqs")
    url, queue = loops.mappings.queue()
    name = loops.function("lambda", "invoke", AGAIN)
    lam.put_function_event_invoke_config(FunctionName=name, DestinationConfig={"OnFailure": {"Destination": queue}})
    assert "FunctionError" not in loops.invoke_within(name, TIMES - 1)
    received = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages"), 30)
    record = json.loads(received[0]["Body"])
    assert record["requestContext"]["condition"] == "RecursiveInvocation"
    assert "responseContext" not in record


def test_a_caller_that_waits_is_told(client, loops):
    name = loops.function("sqs", "list_queues", {})
    assert "FunctionError" not in loops.invoke_within(name, TIMES - 1)
    with pytest.raises(client("lambda").exceptions.RecursiveInvocationException, match="detected your function being"):
        loops.invoke_within(name, TIMES)


def test_with_allow_a_loop_goes_on(client, loops):
    lam, name = client("lambda"), loops.function("sqs", "list_queues", {})
    assert lam.get_function_recursion_config(FunctionName=name)["RecursiveLoop"] == "Terminate"
    lam.put_function_recursion_config(FunctionName=name, RecursiveLoop="Allow")
    assert lam.get_function_recursion_config(FunctionName=name)["RecursiveLoop"] == "Allow"
    assert "FunctionError" not in loops.invoke_within(name, TIMES)
