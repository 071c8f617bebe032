"""Archives and replays (EventBridge User Guide, "Archiving and replaying events", 2026-11)."""

import json
import uuid
from datetime import UTC, datetime, timedelta

from kit import eventually


def test_an_archive_keeps_what_its_newest_pattern_lets_in(client):
    events, name = client("events"), f"archive-{uuid.uuid4().hex[:8]}"
    bus = events.create_event_bus(Name=name)["EventBusArn"]
    events.create_archive(ArchiveName=name, EventSourceArn=bus, EventPattern=json.dumps({"source": ["one"]}))

    def send(*sources):
        entries = [{"EventBusName": name, "Source": one, "DetailType": "t", "Detail": "{}"} for one in sources]
        assert events.put_events(Entries=entries)["FailedEntryCount"] == 0

    def kept():
        return events.describe_archive(ArchiveName=name)["EventCount"]

    send("one", "two")
    assert eventually(lambda: kept() == 1)
    events.update_archive(ArchiveName=name, EventPattern=json.dumps({"source": ["two"]}))
    send("one", "two", "two")
    assert eventually(lambda: kept() == 3)
    events.delete_archive(ArchiveName=name)
    events.delete_event_bus(Name=name)


def test_a_replay_sends_what_was_archived_to_the_rules_that_it_names(client):
    events, sqs, name = client("events"), client("sqs"), f"replay-{uuid.uuid4().hex[:8]}"
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    bus = events.create_event_bus(Name=name)["EventBusArn"]
    archive = events.create_archive(ArchiveName=name, EventSourceArn=bus)["ArchiveArn"]
    start = datetime.now(UTC) - timedelta(minutes=1)
    events.put_events(Entries=[{"EventBusName": name, "Source": "s", "DetailType": "t", "Detail": '{"n": 1}'}])
    events.put_rule(Name=name, EventBusName=name, EventPattern=json.dumps({"source": ["s"]}))
    rule = events.put_rule(Name=f"{name}-2", EventBusName=name, EventPattern=json.dumps({"source": ["s"]}))["RuleArn"]
    for one in (name, f"{name}-2"):
        target = {
            "Id": "1",
            "Arn": queue,
            "InputTransformer": {"InputTemplate": f'{{"rule": "{one}", "event": <aws.events.event.json>}}'},
        }
        events.put_targets(Rule=one, EventBusName=name, Targets=[target])
    events.start_replay(
        ReplayName=name,
        EventSourceArn=archive,
        EventStartTime=start,
        EventEndTime=datetime.now(UTC) + timedelta(minutes=1),
        Destination={"Arn": bus, "FilterArns": [rule]},
    )
    messages = eventually(
        lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1, MaxNumberOfMessages=10).get("Messages")
    )
    replayed = [json.loads(message["Body"]) for message in messages]
    assert [(one["rule"], one["event"]["detail"], one["event"]["replay-name"]) for one in replayed] == [
        (f"{name}-2", {"n": 1}, name)
    ]
