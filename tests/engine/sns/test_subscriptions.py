"""What SNS refuses of subscriptions and batches, and which messages a filter policy lets through."""

import json
import uuid

import pytest
from authorization_kit import refused
from kit import eventually

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f"
RAW = {"Attributes": {"RawMessageDelivery": "true"}}
NOT_RAW = "Delivery protocol [lambda] does not support raw message delivery."
# the topic's name, its subscription, AWS's sentence (public reports: `sns.subscriptions`)
REFUSED = [
    ("t", {"Protocol": "lambda", "Endpoint": FUNCTION, **RAW}, f"Attributes Reason: {NOT_RAW}"),
    ("t.fifo", {"Protocol": "lambda", "Endpoint": FUNCTION}, "Invalid protocol type: lambda"),
    ("t", {"Protocol": "lambda", "Endpoint": "notarn"}, "Lambda endpoint ARN"),
    ("t", {"Protocol": "sqs", "Endpoint": FUNCTION}, "SQS endpoint ARN"),
    ("t", {"Protocol": "email", "Endpoint": "notmail"}, "Email address"),
]


@pytest.fixture
def topic(client):
    sns, made = client("sns"), []

    def make(name="t"):
        first, dot, fifo = name.partition(".")
        attributes = {"FifoTopic": "true"} if fifo else {}
        name = f"{first}-{uuid.uuid4().hex[:8]}{dot}{fifo}"
        made.append(sns.create_topic(Name=name, Attributes=attributes)["TopicArn"])
        return made[-1]

    yield make
    for arn in made:
        sns.delete_topic(TopicArn=arn)


@pytest.mark.parametrize(("name", "subscription", "message"), REFUSED)
def test_a_subscription_that_cannot_be_is_refused(client, topic, name, subscription, message):
    with refused("InvalidParameter", f"Invalid parameter: {message}"):
        client("sns").subscribe(TopicArn=topic(name), **subscription)


def test_a_functions_subscription_does_not_become_raw(client, topic):
    sns = client("sns")
    arn = sns.subscribe(TopicArn=topic(), Protocol="lambda", Endpoint=FUNCTION)["SubscriptionArn"]
    change = {"SubscriptionArn": arn, "AttributeName": "RawMessageDelivery"}
    sns.set_subscription_attributes(**change, AttributeValue="false")
    with refused("InvalidParameter", f"Invalid parameter: {NOT_RAW}"):
        sns.set_subscription_attributes(**change, AttributeValue="true")


def test_a_batch_has_entries_whose_ids_are_letters_digits_hyphens_and_underscores(client, topic):
    """API Reference, PublishBatch (2026-11)."""
    sns, arn = client("sns"), topic()
    with refused("InvalidBatchEntryId", "doesn't abide by the specification"):
        sns.publish_batch(TopicArn=arn, PublishBatchRequestEntries=[{"Id": "a b", "Message": "m"}])
    with refused("EmptyBatchRequest", "doesn't contain any entries"):
        sns.publish_batch(TopicArn=arn, PublishBatchRequestEntries=[])
    answer = sns.publish_batch(TopicArn=arn, PublishBatchRequestEntries=[{"Id": "a_b-1", "Message": "m"}])
    assert [entry["Id"] for entry in answer["Successful"]] == ["a_b-1"]


# A condition, and which of the attributes below match it (SNS Developer Guide, "Numeric value matching": `sns.filters`)
SENT = {
    "number": {"DataType": "Number", "StringValue": "3.0"},
    "text": {"DataType": "String", "StringValue": "3"},
    "list": {"DataType": "String.Array", "StringValue": '["x", 3]'},
}
CONDITIONS = [
    (3, {"number", "list"}),
    ({"numeric": ["=", 3]}, {"number", "list"}),
    ("3", {"text"}),
    ({"prefix": "3"}, {"text"}),
    ({"anything-but": [3, "x"]}, {"text"}),
]


@pytest.mark.parametrize(("condition", "matching"), CONDITIONS)
def test_a_filter_policy_compares_numbers_with_numbers_and_text_with_text(client, topic, condition, matching):
    sns, sqs, arn = client("sns"), client("sqs"), topic()
    url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": queue}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    filtered = {"FilterPolicy": json.dumps({"a": [condition, "last"]}), "RawMessageDelivery": "true"}
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue, Attributes=filtered)
    for name, attribute in SENT.items():
        sns.publish(TopicArn=arn, Message=name, MessageAttributes={"a": attribute})
    sns.publish(TopicArn=arn, Message="last", MessageAttributes={"a": {"DataType": "String", "StringValue": "last"}})
    arrived = set()

    def all_arrived():
        asked = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        arrived.update(message["Body"] for message in asked.get("Messages", []))
        return "last" in arrived and len(arrived) > len(matching)

    eventually(all_arrived)
    sqs.delete_queue(QueueUrl=url)
    assert arrived == {*matching, "last"}
