"""Events of S3: what they say of an object, and which configurations S3 refuses.

Sources: S3 User Guide, "Event message structure", "EventBridge event message structure", "Configuring event
notifications using object key name filtering" (2026-11); the sentences of the refusals: minio #2472, aws-cli #2387.
"""

import json
import time
import uuid

import pytest
from botocore.exceptions import ClientError


@pytest.fixture(scope="module")
def destinations(client):
    """Two queues that S3 and EventBridge may send to, by name: URL and ARN."""
    sqs, made = client("sqs"), {}
    for name in ("records", "bridge"):
        url = sqs.create_queue(QueueName=f"{name}-{uuid.uuid4().hex[:8]}")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        services = {"Service": ["s3.amazonaws.com", "events.amazonaws.com"]}
        allow = {"Effect": "Allow", "Principal": services, "Action": "sqs:SendMessage", "Resource": arn}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        made[name] = (url, arn)
    return made


@pytest.fixture(scope="module")
def bucket(client, destinations):
    """A bucket that sends to both, by a rule of EventBridge's to the second."""
    name = f"events-{uuid.uuid4().hex[:8]}"
    client("s3").create_bucket(Bucket=name)
    pattern = {"source": ["aws.s3"], "detail": {"bucket": {"name": [name]}}}
    client("events").put_rule(Name=name, EventPattern=json.dumps(pattern))
    client("events").put_targets(Rule=name, Targets=[{"Id": "1", "Arn": destinations["bridge"][1]}])
    client("s3").put_bucket_notification_configuration(
        Bucket=name,
        NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": destinations["records"][1], "Events": ["s3:ObjectCreated:*"]}],
            "EventBridgeConfiguration": {},
        },
    )
    receive(client, destinations["records"][0])  # s3:TestEvent
    return name


def receive(client, url):
    """The next message's body; the queue forgets it."""
    for _ in range(10):
        for message in client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=2).get("Messages", []):
            client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            return json.loads(message["Body"])
    raise AssertionError("no message")


@pytest.mark.parametrize(
    ("key", "encoded"),
    [
        ("in/a b ü+.csv", "in/a+b+%C3%BC%2B.csv"),
        ("plain-key_1.txt", "plain-key_1.txt"),
        ("a@b&c=d?e", "a%40b%26c%3Dd%3Fe"),
        ("star*tilde~", "star*tilde%7E"),
        ("100%", "100%25"),
    ],
)
def test_a_key_is_encoded_as_in_forms_and_not_at_all_for_eventbridge(client, bucket, destinations, key, encoded):
    before = time.time()
    client("s3").put_object(Bucket=bucket, Key=key, Body=b"12345")
    record = receive(client, destinations["records"][0])["Records"][0]
    assert record["s3"]["object"]["key"] == encoded
    detail = receive(client, destinations["bridge"][0])["detail"]
    assert (detail["object"]["key"], detail["reason"], detail["requester"]) == (key, "PutObject", "000000000000")
    assert record["eventTime"][:13] in (time.strftime("%Y-%m-%dT%H", time.gmtime(at)) for at in (before, time.time()))
    assert detail["object"]["sequencer"] == record["s3"]["object"]["sequencer"]


def test_a_later_event_has_the_greater_sequencer(client, bucket, destinations):
    found = []
    for body in (b"1", b"2", b"3"):
        client("s3").put_object(Bucket=bucket, Key="again", Body=body)
        found.append(receive(client, destinations["records"][0])["Records"][0]["s3"]["object"]["sequencer"])
        receive(client, destinations["bridge"][0])
    assert found == sorted(set(found))


OVERLAP = "Configurations overlap. Configurations on the same bucket cannot share a common event type."
AMBIGUOUS = (
    "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are "
    "overlapping for the same event type."
)


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ({}, {}, OVERLAP),
        ({"events": ["s3:ObjectCreated:Put"]}, {}, OVERLAP),
        ({"prefix": "in/"}, {}, AMBIGUOUS),
        ({"prefix": "in/"}, {"prefix": "in/a"}, AMBIGUOUS),
        ({"prefix": "in/", "suffix": ".jpg"}, {"suffix": "x.jpg"}, AMBIGUOUS),
        ({"events": ["s3:ObjectRemoved:*"]}, {}, None),
        ({"prefix": "in/"}, {"prefix": "out/"}, None),
        ({"prefix": "in/", "suffix": ".jpg"}, {"prefix": "in/", "suffix": ".png"}, None),
    ],
)
def test_no_two_rules_may_be_for_one_object(client, destinations, one, other, message):
    name = f"rules-{uuid.uuid4().hex[:8]}"
    client("s3").create_bucket(Bucket=name)

    def put():
        rules = [rule(destinations["records"][1], **given) for given in (one, other)]
        configuration = {"QueueConfigurations": rules}
        client("s3").put_bucket_notification_configuration(Bucket=name, NotificationConfiguration=configuration)

    if message is None:
        put()
        return
    with pytest.raises(ClientError) as refused:
        put()
    assert (refused.value.response["Error"]["Code"], refused.value.response["Error"]["Message"]) == (
        "InvalidArgument",
        message,
    )


def rule(arn, events=("s3:ObjectCreated:*",), **filters):
    rules = [{"Name": name, "Value": value} for name, value in filters.items()]
    return {"QueueArn": arn, "Events": list(events), **({"Filter": {"Key": {"FilterRules": rules}}} if rules else {})}
