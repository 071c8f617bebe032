"""Dead-letter queues of subscriptions (SNS Developer Guide, "Configuring an Amazon SNS dead-letter queue", 2026-11)."""

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from kit import eventually


def queue(client, source=None):
    """A queue that SNS may send to for `source`, a topic's ARN: URL and ARN."""
    sqs = client("sqs")
    url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": source}},
    }
    if source:
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return url, arn


def test_a_message_that_cannot_be_delivered_goes_to_the_queue_that_lets_the_topic_in(client):
    sns, sqs = client("sns"), client("sqs")
    topic = sns.create_topic(Name=f"t-{uuid.uuid4().hex[:8]}")["TopicArn"]
    (gone, gone_arn), (dead, dead_arn) = queue(client, topic), queue(client, topic)
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=gone_arn,
        Attributes={"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_arn}), "RawMessageDelivery": "true"},
    )
    sqs.delete_queue(QueueUrl=gone)
    sns.publish(TopicArn=topic, Message="lost?")
    message = eventually(lambda: sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=1).get("Messages"))[0]
    assert message["Body"] == "lost?"


@pytest.mark.parametrize("operation", ["publish", "subscribe", "get_topic_attributes"])
def test_what_is_no_arn_is_refused_in_snss_words(client, operation):
    """Recorded on AWS: test_sns.py's snapshots "invalid-topic-arn", "get-attrs-malformed-topic" at v4.9.2."""
    more = {"publish": {"Message": "m"}, "subscribe": {"Protocol": "sqs"}}.get(operation, {})
    with pytest.raises(ClientError) as refused:
        getattr(client("sns"), operation)(TopicArn="not-an-arn", **more)
    error = refused.value.response["Error"]
    assert (error["Code"], error["Message"]) == (
        "InvalidParameter",
        "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1",
    )
