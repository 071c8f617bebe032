"""What a queue does by itself, and what SQS refuses (SQS API Reference, 2026-11; texts as in helpers/engine/sqs)."""

import uuid

import pytest
from botocore.exceptions import ClientError
from kit import refusal


def test_a_queue_is_purged_once_a_minute(client):
    sqs = client("sqs")
    url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    sqs.purge_queue(QueueUrl=url)
    with pytest.raises(ClientError) as refused:
        sqs.purge_queue(QueueUrl=url)
    assert refused.value.response["Error"]["Code"] == "AWS.SimpleQueueService.PurgeQueueInProgress"


@pytest.fixture(scope="module")
def queue(client):
    return client("sqs").create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}")["QueueUrl"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VisibilityTimeout", "43201"),
        ("DelaySeconds", "901"),
        ("MaximumMessageSize", "1048577"),
        ("MessageRetentionPeriod", "59"),
        ("ReceiveMessageWaitTimeSeconds", "21"),
        ("VisibilityTimeout", "a minute"),
        ("Policy", "no JSON"),
        ("RedriveAllowPolicy", '{"redrivePermission": "some"}'),
    ],
)
def test_attributes_out_of_range_are_refused(client, queue, name, value):
    said = refusal(client("sqs").set_queue_attributes, QueueUrl=queue, Attributes={name: value})
    assert said == ("InvalidAttributeValue", f"Invalid value for the parameter {name}.")


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ('{"deadLetterTargetArn": "ARN"}', "Redrive policy does not contain mandatory attribute: maxReceiveCount."),
        ('{"deadLetterTargetArn": "ARNx", "maxReceiveCount": 1}', "Dead letter target does not exist."),
        (
            '{"deadLetterTargetArn": "ARN.fifo", "maxReceiveCount": 1}',
            "Dead-letter queue must be same type of queue as the source..",
        ),
    ],
)
def test_a_dead_letter_queue_has_to_be_one(client, queue, policy, why):
    sqs = client("sqs")
    name = queue.rpartition("/")[2]
    sqs.create_queue(QueueName=f"{name}.fifo", Attributes={"FifoQueue": "true"})
    policy = policy.replace("ARN", f"arn:aws:sqs:us-east-1:000000000000:{name}")
    said = refusal(sqs.set_queue_attributes, QueueUrl=queue, Attributes={"RedrivePolicy": policy})
    assert said == ("InvalidParameterValue", f"Value {policy} for parameter RedrivePolicy is invalid. Reason: {why}")


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (
            {"DelaySeconds": 901},
            "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
        ),
        (
            {"MessageAttributes": {"n": {"DataType": "Number", "StringValue": "many"}}},
            "Can't cast the value of message (user) attribute 'n' to a number.",
        ),
        (
            {"MessageAttributes": {f"n{i}": {"DataType": "String", "StringValue": "x"} for i in range(11)}},
            "Number of message attributes [11] exceeds the allowed maximum [10].",
        ),
    ],
)
def test_messages_that_no_queue_takes_are_refused(client, queue, message, why):
    said = refusal(client("sqs").send_message, QueueUrl=queue, MessageBody="x", **message)
    assert said == ("InvalidParameterValue", why)
