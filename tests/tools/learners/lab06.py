"""Lab 06: chaining. A function that calls another, events and destinations, a queue, a topic, a state machine."""

import json

from helpers import logs
from helpers.state.home import ROOT
from tests.tools.learners.learner import NODE, PYTHON, Learner, require, wait_for

FUNCTIONS = ROOT / "labs" / "functions"
CHARGE = """
import boto3

table = boto3.resource("dynamodb").Table("lab06-bills")


def handler(event, context):
    table.update_item(
        Key={"id": f"bill of {event['customer']}"},
        UpdateExpression="ADD #total :amount",
        ExpressionAttributeNames={"#total": "total"},
        ExpressionAttributeValues={":amount": event["amount"]},
    )
    return f"{event['order']} charged"
"""
PACK = """
import json


def handler(event, context):
    gifts = [record["messageId"] for record in event["Records"] if json.loads(record["body"])["gift"]]
    return {"batchItemFailures": [{"itemIdentifier": gift} for gift in gifts]}
"""
HEAR = """
def handler(event, context):
    for record in event["Records"]:
        print(context.function_name, "heard of", record["Sns"]["Message"])
"""
DEFINITION = {
    "StartAt": "Second",
    "States": {
        "Second": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "secondFunction", "Payload.$": "$"},
            "End": True,
        }
    },
}
SLOW = {"waitingPeriodSeconds": 3.5}


def play(learner: Learner) -> None:
    """Raises: what is not as in the lab."""
    first, second = learner.make_role("lab06-first"), learner.make_role("lab06-second")
    arn = learner.deploy("secondFunction", _source("second_function.mjs"), Role=second, Timeout=8, **NODE)
    variables = {"Variables": {"SECOND_FUNCTION": "secondFunction"}}
    learner.deploy("firstFunction", _source("first_function.mjs"), Role=first, Environment=variables, **NODE)
    require("AccessDenied" in learner.call("firstFunction", {})["errorType"], "it may not call yet")
    learner.allow("lab06-first", "call-second", "lambda:InvokeFunction", arn)
    wait_for(lambda: "errorType" not in learner.call("firstFunction", {}))
    require("timed out" in learner.call("firstFunction", SLOW)["errorMessage"], "3 s are over")
    learner.configure("firstFunction", Timeout=10)
    require(learner.call("firstFunction", SLOW)["answer"] == {"waited": 3.5}, "10 s suffice")
    learner.call("firstFunction", {"waitingPeriodSeconds": 2, "invocationType": "Event"})
    _python(learner, first, second)
    _destinations(learner)
    _table(learner)
    _queue(learner)
    _topic(learner, second)
    _state_machine(learner, arn)


def _source(name: str) -> str:
    return (FUNCTIONS / name).read_text(encoding="utf-8")


def _python(learner: Learner, first: str, second: str) -> None:
    arn = learner.deploy("secondFunctionPython", _source("second_function.py"), Role=second, **PYTHON)
    learner.allow("lab06-first", "call-second-python", "lambda:InvokeFunction", arn)
    variables = {"Variables": {"SECOND_FUNCTION": "secondFunctionPython"}}
    learner.deploy(
        "firstFunctionPython", _source("first_function.py"), Role=first, Timeout=10, Environment=variables, **PYTHON
    )
    require(learner.call("firstFunctionPython", {})["answer"] == {"waited": 0}, "Python calls, too")


def _destinations(learner: Learner) -> None:
    """What an event becomes that fails, and one that does not."""
    api = learner.client("lambda")
    failed, succeeded, dead = (learner.make_queue(f"lab06-{name}") for name in ("failed", "succeeded", "dead"))
    learner.allow("lab06-second", "send", "sqs:SendMessage", [failed.arn, succeeded.arn, dead.arn])
    api.put_function_event_invoke_config(
        FunctionName="secondFunction",
        MaximumRetryAttempts=0,
        DestinationConfig={"OnFailure": {"Destination": failed.arn}, "OnSuccess": {"Destination": succeeded.arn}},
    )
    empty = {"Variables": {"PAPER": "empty"}}
    learner.configure("secondFunction", DeadLetterConfig={"TargetArn": dead.arn}, Environment=empty)
    event = {"FunctionName": "secondFunction", "InvocationType": "Event", "Payload": '{"order": 7}'}
    api.invoke(**event)
    record = json.loads(learner.receive(failed)["Body"])
    require(record["requestContext"]["condition"] == "RetriesExhausted", record)
    require(json.loads(learner.receive(dead)["Body"]) == {"order": 7}, "a dead letter")
    learner.configure("secondFunction", Environment={"Variables": {"PAPER": "full"}})
    api.invoke(**event)
    require(json.loads(learner.receive(succeeded)["Body"])["requestPayload"] == {"order": 7}, "delivered")


def _table(learner: Learner) -> None:
    """A bill, charged twice for one order."""
    dynamodb = learner.client("dynamodb")
    table = dynamodb.create_table(
        TableName="lab06-bills",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )["TableDescription"]
    role = learner.make_role("lab06-orders")
    learner.allow("lab06-orders", "write-bills", ["dynamodb:PutItem", "dynamodb:UpdateItem"], table["TableArn"])
    learner.deploy("chargeOrder", CHARGE, Role=role, Timeout=10, **PYTHON)
    for _ in range(2):
        learner.call("chargeOrder", {"order": "order 1", "customer": "Ada", "amount": 10})
    item = dynamodb.get_item(TableName="lab06-bills", Key={"id": {"S": "bill of Ada"}})["Item"]
    require(item["total"]["N"] == "20", item)


def _queue(learner: Learner) -> None:
    """A batch of which one message is given up."""
    sqs, api = learner.client("sqs"), learner.client("lambda")
    dead = learner.make_queue("lab06-orders-dead")
    redrive = json.dumps({"deadLetterTargetArn": dead.arn, "maxReceiveCount": "2"})
    orders = learner.make_queue("lab06-orders", VisibilityTimeout="3", RedrivePolicy=redrive)
    poll = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    learner.allow("lab06-orders", "poll-orders", poll, orders.arn)
    role = learner.client("iam").get_role(RoleName="lab06-orders")["Role"]["Arn"]
    learner.deploy("packOrders", PACK, Role=role, Timeout=3, **PYTHON)
    mapping = api.create_event_source_mapping(
        FunctionName="packOrders",
        EventSourceArn=orders.arn,
        BatchSize=5,
        MaximumBatchingWindowInSeconds=1,
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )["UUID"]
    wait_for(lambda: api.get_event_source_mapping(UUID=mapping)["State"] == "Enabled")
    batch = [{"order": number, "gift": number == 3} for number in range(1, 6)]
    entries = [{"Id": str(order["order"]), "MessageBody": json.dumps(order)} for order in batch]
    sqs.send_message_batch(QueueUrl=orders.url, Entries=entries)
    require(json.loads(learner.receive(dead)["Body"])["order"] == 3, "the gift is given up")
    api.delete_event_source_mapping(UUID=mapping)


def _topic(learner: Learner, role: str) -> None:
    """One message, two functions."""
    sns, api = learner.client("sns"), learner.client("lambda")
    topic = sns.create_topic(Name="lab06-orders-placed")["TopicArn"]
    names = ("mailCustomer", "updateStock")
    for name in names:
        arn = learner.deploy(name, HEAR, Role=role, **PYTHON)
        api.add_permission(
            FunctionName=name,
            StatementId="topic",
            Action="lambda:InvokeFunction",
            Principal="sns.amazonaws.com",
            SourceArn=topic,
        )
        sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=arn)
    sns.publish(TopicArn=topic, Message="order 11")
    for name in names:
        lines = logs.fetch(learner, name, seconds=60)
        require(any("heard of order 11" in line for line in lines), (name, lines))


def _state_machine(learner: Learner, second: str) -> None:
    states = learner.client("stepfunctions")
    trust = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = learner.make_role("lab06-states", {"Version": "2012-10-17", "Statement": [trust]})
    learner.allow("lab06-states", "call", "lambda:InvokeFunction", second)
    machine = states.create_state_machine(name="lab06-chain", definition=json.dumps(DEFINITION), roleArn=role)
    execution = states.start_execution(
        stateMachineArn=machine["stateMachineArn"], input=json.dumps({"waitingPeriodSeconds": 0.5})
    )["executionArn"]
    wait_for(lambda: states.describe_execution(executionArn=execution)["status"] != "RUNNING")
    require(states.describe_execution(executionArn=execution)["status"] == "SUCCEEDED", "the state machine")
    states.get_execution_history(executionArn=execution)
