"""What EventBridge and its Scheduler refuse (API References, 2026-11; texts as in helpers/engine/events)."""

import json
import uuid

import pytest
from kit import refusal

HERE = "us-east-1:000000000000"
WRONG = "Event pattern is not valid. Reason: "


@pytest.fixture(scope="module")
def events(client):
    return client("events")


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("{}", "Empty objects are not allowed"),
        ('{"a": []}', "Empty arrays are not allowed"),
        ('{"a": "x"}', '"a" must be an object or an array'),
        ('{"a": [{"near": 1}]}', "Unrecognized match type near"),
        ('{"$or": [{"a": ["x"]}]}', "There must have at least 2 Objects in $or relationship."),
        ('{"a": [{"numeric": [">", 6e9]}]}', "Value must be between -5.0E9 and 5.0E9, inclusive"),
        ('{"a": [{"anything-but": [1, 5000000001]}]}', "Value must be between -5.0E9 and 5.0E9, inclusive"),
        (
            '{"a": [{"anything-but": []}]}',
            "Inside anything but list, either all values are number or string, mixed type is not supported",
        ),
        (
            '{"a": [{"anything-but": [1, "x"]}]}',
            "Inside anything but list, either all values are number or string, mixed type is not supported",
        ),
        ('{"a": [{"anything-but": [null]}]}', "Inside anything but list, start|null|boolean is not supported."),
        ('{"a": [{"anything-but": true}]}', "Value of anything-but must be an array or single string/number value."),
        (r'{"a": [{"wildcard": "x\\y*"}]}', "Invalid escape character at pos 2"),
    ],
)
def test_a_pattern_that_is_none_makes_no_rule(events, pattern, why):
    """A rule with such a pattern would have every later event of the bus refused."""
    event = json.dumps(dict.fromkeys(("id", "account", "source", "time", "region", "detail-type"), "x"))
    said = refusal(events.test_event_pattern, EventPattern=pattern, Event=event)
    assert said == ("InvalidEventPatternException", WRONG + why)
    said = refusal(events.put_rule, Name=f"r-{uuid.uuid4().hex[:8]}", EventPattern=pattern)
    assert said == ("InvalidEventPatternException", WRONG + why)
    assert events.put_events(Entries=[{"Source": "s", "DetailType": "t", "Detail": "{}"}])["FailedEntryCount"] == 0


def test_what_an_event_has_not_is_not_anything_but(events):
    event = {
        "id": "1",
        "source": "s",
        "detail-type": "t",
        "account": "1",
        "time": "2026-01-01T00:00:00Z",
        "region": "r",
    }
    pattern = {"detail": {"gone": [{"anything-but": "x"}]}}
    assert not events.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))["Result"]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ({"Input": "no JSON"}, "JSON syntax error in input for target t"),
        (
            {"Input": "{}", "InputPath": "$"},
            "Only one of Input, InputPath, or InputTransformer must be provided for target t.",
        ),
        (
            {"RetryPolicy": {"MaximumRetryAttempts": 186}},
            "1 validation error detected: Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts' failed to "
            "satisfy constraint: Member must have value less than or equal to 185",
        ),
        ({"Arn": "notanarn"}, "Parameter notanarn is not valid. Reason: Provided Arn is not in correct format."),
        *(
            ({"Arn": arn}, f"RoleArn is required for target {arn}.")
            for arn in (f"arn:aws:states:{HERE}:stateMachine:m", f"arn:aws:kinesis:{HERE}:stream/s")
        ),
    ],
)
def test_targets_are_checked(events, target, why):
    name = f"r-{uuid.uuid4().hex[:8]}"
    events.put_rule(Name=name, EventPattern='{"source": ["s"]}')
    arn = "arn:aws:sqs:us-east-1:000000000000:q"
    assert refusal(events.put_targets, Rule=name, Targets=[{"Id": "t", "Arn": arn, **target}])[1] == why
    assert events.list_targets_by_rule(Rule=name)["Targets"] == []


def test_a_slash_is_for_the_buses_of_partners(events):
    said = refusal(events.create_event_bus, Name="a/b")
    assert said == ("ValidationException", "Event bus name must not contain '/'.")


def test_a_connection_has_what_its_kind_of_authorization_needs(events):
    basic = {"BasicAuthParameters": {"Username": "u", "Password": "p"}}
    request = {"Name": f"c-{uuid.uuid4().hex[:8]}", "AuthParameters": basic}
    said = refusal(events.create_connection, AuthorizationType="API_KEY", **request)
    assert said == (
        "ValidationException",
        "Parameter ApiKeyAuthParameters is not valid. Reason: Missing required field(s).",
    )
    events.create_connection(AuthorizationType="BASIC", **request)
    events.delete_connection(Name=request["Name"])


def test_an_event_has_a_mebibyte_and_no_source_of_awss(events):
    def put(source, size):
        entry = {"Source": source, "DetailType": "t", "Detail": json.dumps({"text": "x" * size})}
        return events.put_events(Entries=[entry])

    assert put("s", 1_000_000)["FailedEntryCount"] == 0
    assert put("aws.s", 1)["Entries"][0]["ErrorCode"] == "NotAuthorizedForSourceException"
    assert refusal(put, source="s", size=1_048_576)[0] == "ValidationException"


def test_names_and_choices_are_those_of_the_model(events, client):
    said = refusal(events.put_rule, Name="a b", EventPattern='{"source": ["s"]}')
    assert said == (
        "ValidationException",
        "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular "
        "expression pattern: [\\.\\-_A-Za-z0-9]+",
    )
    target = {"Arn": "arn:aws:sqs:us-east-1:000000000000:q", "RoleArn": "arn:aws:iam::000000000000:role/r"}
    said = refusal(
        client("scheduler").create_schedule,
        Name="s",
        ScheduleExpression="rate(1 hour)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target=target,
        State="ON",
    )
    assert "Member must satisfy enum value set: [ENABLED, DISABLED]" in said[1]


def test_a_schedule_group_is_made_once(client):
    scheduler, name = client("scheduler"), f"g-{uuid.uuid4().hex[:8]}"
    scheduler.create_schedule_group(Name=name)
    said = refusal(scheduler.create_schedule_group, Name=name)
    assert said == ("ConflictException", f"Schedule group {name} already exists.")


def test_a_whole_event_may_be_a_targets_input(client, events):
    """`<aws.events.event.json>` alone is the event (User Guide, "Amazon EventBridge input transformation")."""
    sqs, name = client("sqs"), f"q-{uuid.uuid4().hex[:8]}"
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:000000000000:{name}"
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
    sqs.set_queue_attributes(
        QueueUrl=url, Attributes={"Policy": json.dumps({"Version": "2012-10-17", "Statement": [allow]})}
    )
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    target = {"Id": "t", "Arn": arn, "InputTransformer": {"InputTemplate": "<aws.events.event.json>"}}
    events.put_targets(Rule=name, Targets=[target])
    events.put_events(Entries=[{"Source": name, "DetailType": "t", "Detail": '{"list": [1, "x"]}'}])
    message = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"][0]
    assert json.loads(message["Body"])["detail"] == {"list": [1, "x"]}
