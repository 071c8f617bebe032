"""Recursive loops: Lambda Developer Guide, "Use Lambda recursive loop detection to prevent infinite loops" (2026-11).

| what the page says | shown by |
|---|---|
| after about 16 in a chain the next is stopped; Lambda, SQS, SNS and S3 hand the count on | `a_loop_is` |
| loops of functions only, by synchronous calls too | `each_function`, `a_caller_that_waits` |
| SDKs hand it on: boto3 from 1.24.46, that for JavaScript from 3.105.0 | `a_loop_is` (`javascript`) |
| other services do not, such as EventBridge | `a_loop_through_another_service` |
| a stopped event goes to the on-failure destination and the dead-letter queue | `the_event_that_would` |
| a stopped message comes back until its queue gives it up | `a_message_that_would` |
| `RecursiveInvocationsDropped` counts, but for functions that may loop | `what_is_stopped_is_counted` |
| `PutFunctionRecursionConfig` lets a function loop | `with_allow` |
"""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from event_source_kit import Mappings
from kit import eventually, wait_until_active, zipped

from helpers.engine import lineage

TIMES = 16
BEFORE = 12  # how often a chain has passed a function before a loop begins here: the whole of one is in labs 06 and 09
# Says that it runs, and asks for what its environment names.
SOURCE = """
import json, os, boto3
myself = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
service, operation, parameters = json.loads(os.environ["NEXT"].replace("MYSELF", myself))
ask = getattr(boto3.client(service), operation)
def handler(event, context):
    print("RAN")
    if event.get("source") != "end":
        ask(**parameters)
"""
JAVASCRIPT = """
const { LambdaClient, InvokeCommand } = require("@aws-sdk/client-lambda");
const client = new LambdaClient({});
exports.handler = async (event, context) => {
  process.stdout.write("RAN\\n");
  await client.send(new InvokeCommand({ FunctionName: context.functionName, InvocationType: "Event" }));
};
"""
AGAIN = {"FunctionName": "MYSELF", "InvocationType": "Event"}


class Loops:
    """Functions that ask for something when they run."""

    def __init__(self, client):
        self.client, self.mappings = client, Mappings(client)
        self.role = self.mappings.make_role("lambda:*", "sqs:*", "sns:*", "s3:*", "logs:*", "events:*")

    def function(self, service, operation, parameters, **configuration):
        variables = {"NEXT": json.dumps([service, operation, parameters])}
        return self.mappings.function(self.role, SOURCE, Environment={"Variables": variables}, **configuration)

    def quiet(self, **configuration):
        """A function that calls nobody who could call it."""
        return self.function("sqs", "list_queues", {}, **configuration)

    def javascript(self):
        lam, name = self.client("lambda"), f"f-{uuid.uuid4().hex[:8]}"
        code = {"ZipFile": zipped({"index.js": JAVASCRIPT})}
        lam.create_function(
            FunctionName=name, Runtime="nodejs24.x", Handler="index.handler", Role=self.role, Code=code, Timeout=20
        )
        self.mappings.undo.callback(lam.delete_function, FunctionName=name)
        wait_until_active(lam, name)
        return name

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

    def header(self, times, *names):
        """The trace header of a chain of requests that has passed each of some functions so often."""
        lam, trace = self.client("lambda"), ""
        for name in names:
            arn = lam.get_function_configuration(FunctionName=name)["FunctionArn"]
            for _ in range(times):
                trace, _ = lineage.passed(trace, arn)
        return f"Root=1-{'a' * 8}-{'b' * 24};Lineage={trace}"

    def within(self, header, service, operation, **parameters):
        """Ask for something in a chain of requests."""
        client = self.client(service)

        def add(request, **_):
            request.headers[lineage.HEADER] = header

        client.meta.events.register("before-sign", add)
        try:
            return getattr(client, operation)(**parameters)
        finally:
            client.meta.events.unregister("before-sign", add)

    def invoke_within(self, name, times, **parameters):
        """Invoke a function in a chain of requests that has passed it so often."""
        return self.within(self.header(times, name), "lambda", "invoke", FunctionName=name, **parameters)


@pytest.fixture(scope="module")
def loops(client):
    made = Loops(client)
    yield made
    made.mappings.clean_up()


def through_itself(loops):
    name = loops.function("lambda", "invoke", AGAIN)
    loops.invoke_within(name, BEFORE, InvocationType="Event")
    return name


def javascript(loops):
    name = loops.javascript()
    loops.invoke_within(name, BEFORE, InvocationType="Event")
    return name


def through_a_queue(loops):
    url, arn = loops.mappings.queue()
    name = loops.function("sqs", "send_message", {"QueueUrl": url, "MessageBody": "again"})
    loops.mappings.map(arn, name)
    loops.within(loops.header(BEFORE, name), "sqs", "send_message", QueueUrl=url, MessageBody="first")
    return name


def through_a_topic(loops):
    sns = loops.client("sns")
    topic = sns.create_topic(Name=f"t-{uuid.uuid4().hex[:8]}")["TopicArn"]
    loops.mappings.undo.callback(sns.delete_topic, TopicArn=topic)
    name = loops.function("sns", "publish", {"TopicArn": topic, "Message": "again"})
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=loops.admit(name, "sns"))
    loops.within(loops.header(BEFORE, name), "sns", "publish", TopicArn=topic, Message="first")
    return name


def through_a_bucket(loops):
    s3, bucket = loops.client("s3"), f"b-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket)
    loops.mappings.undo.callback(s3.delete_bucket, Bucket=bucket)
    loops.mappings.undo.callback(s3.delete_object, Bucket=bucket, Key="k")
    name = loops.function("s3", "put_object", {"Bucket": bucket, "Key": "k"})
    rule = {"LambdaFunctionArn": loops.admit(name, "s3"), "Events": ["s3:ObjectCreated:*"]}
    rules = {"LambdaFunctionConfigurations": [rule]}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=rules)
    loops.within(loops.header(BEFORE, name), "s3", "put_object", Bucket=bucket, Key="k")
    return name


WAYS = [through_itself, javascript, through_a_queue, through_a_topic, through_a_bucket]


@pytest.mark.parametrize("begin", WAYS)
def test_a_loop_is_stopped_after_sixteen_times(loops, begin):
    name, left = begin(loops), TIMES - BEFORE
    assert eventually(lambda: loops.ran(name) >= left, 30), loops.ran(name)
    assert not eventually(lambda: loops.ran(name) > left, 1), loops.ran(name)


def test_each_function_of_a_loop_is_counted_for_itself(client, loops):
    lam = client("lambda")
    one = loops.function("lambda", "invoke", AGAIN)
    other = loops.function("lambda", "invoke", {"FunctionName": one})
    variables = {"NEXT": json.dumps(["lambda", "invoke", {"FunctionName": other}])}
    lam.update_function_configuration(FunctionName=one, Environment={"Variables": variables})
    wait_until_active(lam, one)
    loops.within(loops.header(TIMES - 1, one, other), "lambda", "invoke", FunctionName=one)
    assert eventually(lambda: (loops.ran(one), loops.ran(other)) == (1, 1)), (loops.ran(one), loops.ran(other))
    assert not eventually(lambda: loops.ran(one) > 1, 0.5)  # it was the 16th, and that of `other` would be the 17th


def test_a_loop_through_another_service_is_not_seen(client, loops):
    events, rule = client("events"), f"r-{uuid.uuid4().hex[:8]}"
    entry = {"Source": "end", "DetailType": rule, "Detail": "{}"}
    name = loops.function("events", "put_events", {"Entries": [entry]})
    events.put_rule(Name=rule, EventPattern=json.dumps({"detail-type": [rule]}))
    events.put_targets(Rule=rule, Targets=[{"Id": "t", "Arn": loops.admit(name, "events")}])
    try:
        loops.invoke_within(name, TIMES - 1)
        assert eventually(lambda: loops.ran(name) == 2, 10), loops.ran(name)  # else the second would be the 17th
    finally:
        events.remove_targets(Rule=rule, Ids=["t"])
        events.delete_rule(Name=rule)


def test_the_event_that_would_have_gone_on_goes_to_destination_and_dead_letter_queue(client, loops):
    lam, sqs = client("lambda"), client("sqs")
    url, queue = loops.mappings.queue()
    letters, dead = loops.mappings.queue()
    name = loops.function("lambda", "invoke", AGAIN, DeadLetterConfig={"TargetArn": dead})
    lam.put_function_event_invoke_config(FunctionName=name, DestinationConfig={"OnFailure": {"Destination": queue}})
    assert "FunctionError" not in loops.invoke_within(name, TIMES - 1)
    received = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages"), 30)
    record = json.loads(received[0]["Body"])
    assert record["requestContext"]["condition"] == "RecursiveInvocation"
    assert "responseContext" not in record
    received = sqs.receive_message(QueueUrl=letters, WaitTimeSeconds=10, MessageAttributeNames=["All"])["Messages"]
    assert received[0]["MessageAttributes"]["RequestID"]["StringValue"] == record["requestContext"]["requestId"]


def test_a_message_that_would_have_gone_on_comes_back_until_its_queue_gives_it_up(client, loops):
    sqs = client("sqs")
    given_up, dead = loops.mappings.queue()
    redrive = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 2})
    url, queue = loops.mappings.queue(RedrivePolicy=redrive, VisibilityTimeout="1")
    name = loops.quiet(Timeout=1)
    loops.mappings.map(queue, name)
    loops.within(loops.header(TIMES, name), "sqs", "send_message", QueueUrl=url, MessageBody="again")
    received = sqs.receive_message(QueueUrl=given_up, WaitTimeSeconds=20, AttributeNames=["All"])["Messages"]
    assert received[0]["Body"] == "again" and loops.ran(name) == 0


def test_what_is_stopped_is_counted(client, loops):
    lam, cloudwatch, stopped, allowed = client("lambda"), client("cloudwatch"), loops.quiet(), loops.quiet()
    lam.put_function_recursion_config(FunctionName=allowed, RecursiveLoop="Allow")
    for name, kind in ((stopped, "RequestResponse"), (stopped, "Event"), (allowed, "RequestResponse")):
        try:
            loops.invoke_within(name, TIMES, InvocationType=kind)
        except lam.exceptions.RecursiveInvocationException:
            pass

    def total(metric, name):
        points = cloudwatch.get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName=metric,
            Dimensions=[{"Name": "FunctionName", "Value": name}],
            StartTime=datetime.now(UTC) - timedelta(hours=1),
            EndTime=datetime.now(UTC) + timedelta(hours=1),
            Period=7200,
            Statistics=["Sum"],
        )["Datapoints"]
        return points[0]["Sum"] if points else None

    assert eventually(lambda: total("RecursiveInvocationsDropped", stopped) == 2, 15)
    assert eventually(lambda: total("Invocations", allowed) == 1, 15)
    assert total("RecursiveInvocationsDropped", allowed) is None
    assert total("Invocations", stopped) is None


def test_a_caller_that_waits_is_told(client, loops):
    name = loops.quiet()
    assert "FunctionError" not in loops.invoke_within(name, TIMES - 1)
    with pytest.raises(client("lambda").exceptions.RecursiveInvocationException, match="detected your function being"):
        loops.invoke_within(name, TIMES)


def test_with_allow_a_loop_goes_on(client, loops):
    lam, name = client("lambda"), loops.quiet()
    assert lam.get_function_recursion_config(FunctionName=name)["RecursiveLoop"] == "Terminate"
    lam.put_function_recursion_config(FunctionName=name, RecursiveLoop="Allow")
    assert lam.get_function_recursion_config(FunctionName=name)["RecursiveLoop"] == "Allow"
    assert "FunctionError" not in loops.invoke_within(name, TIMES)
