"""EventBridge Scheduler: its User Guide and API reference (2026-11), where no other source is named."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from kit import ROLE, eventually

OFF = {"Mode": "OFF"}
NO_RETRIES = {"MaximumRetryAttempts": 0}
BUS = "arn:aws:events:us-east-1:000000000000:event-bus/default"


@pytest.fixture
def name():
    return f"s-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def role(client, name):
    """`role(actions)`: the ARN of a role that Scheduler may assume, for its default group."""
    iam, made = client("iam"), []

    def make(*actions, **condition):
        made.append(f"{name}-{len(made)}")
        allow = {"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole"}
        trust = {"Version": "2012-10-17", "Statement": [allow | ({"Condition": condition} if condition else {})]}
        arn = iam.create_role(RoleName=made[-1], AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        may = {"Effect": "Allow", "Action": [*actions, "sqs:SendMessage"], "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [may]})
        iam.put_role_policy(RoleName=made[-1], PolicyName="p", PolicyDocument=document)
        return arn

    yield make
    for one in made:
        iam.delete_role_policy(RoleName=one, PolicyName="p")
        iam.delete_role(RoleName=one)


@pytest.fixture
def queue(client, name):
    """(its ARN, what has arrived so far)."""
    sqs = client("sqs")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    there = []

    def arrived(count=1, seconds=20):
        def read():
            there.extend(sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"]).get("Messages", []))
            return len(there) >= count

        assert eventually(read, seconds), there
        return there

    yield arn, arrived, url
    sqs.delete_queue(QueueUrl=url)


def soon(seconds=2):
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("at(%Y-%m-%dT%H:%M:%S)")


def test_a_schedule_fires_once_with_its_context_and_is_deleted_if_it_is_to_be(client, role, queue, name):
    scheduler, (arn, arrived, _) = client("scheduler"), queue
    when = soon()
    # "Confused deputy prevention": Scheduler says that it acts for the schedule's group.
    group = {"aws:SourceArn": "arn:aws:scheduler:us-east-1:000000000000:schedule-group/default"}
    asked = {"at": "<aws.scheduler.scheduled-time>", "which": "<aws.scheduler.schedule-arn>",
             "try": "<aws.scheduler.attempt-number>", "id": "<aws.scheduler.execution-id>"}  # fmt: skip
    target = {"Arn": arn, "RoleArn": role(StringEquals=group), "Input": json.dumps(asked)}
    made = scheduler.create_schedule(
        Name=name, ScheduleExpression=when, FlexibleTimeWindow=OFF, Target=target, ActionAfterCompletion="DELETE"
    )
    body = json.loads(arrived()[0]["Body"])
    assert len(body.pop("id")) == 16
    assert body == {"at": f"{when[3:-1]}Z", "which": made["ScheduleArn"], "try": "1"}
    with pytest.raises(scheduler.exceptions.ResourceNotFoundException):
        scheduler.get_schedule(Name=name)


def test_every_kind_of_target_gets_the_input(client, role, queue, function, name):
    scheduler, (arn, arrived, url) = client("scheduler"), queue
    sns, states, events, iam = client("sns"), client("stepfunctions"), client("events"), client("iam")
    topic = sns.create_topic(Name=name)["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": arn, "InputPath": "$.detail"}])
    trust = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    machine_role = iam.create_role(RoleName=f"{name}-m", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    machine = states.create_state_machine(
        name=name,
        roleArn=machine_role,
        definition=json.dumps({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}),
    )["stateMachineArn"]
    called = function("def handler(event, context):\n    print('GOT', event)\n")
    invoked = client("lambda").get_function(FunctionName=called.name)["Configuration"]["FunctionArn"]
    sent = json.dumps({"MessageBody": "universal", "QueueUrl": url})
    arns = role("sns:Publish", "states:StartExecution", "events:PutEvents", "lambda:InvokeFunction")
    targets = {
        "sqs": {"Arn": arn, "Input": '"sqs"'},
        "sns": {"Arn": topic, "Input": '"sns"'},
        "events": {
            "Arn": BUS,
            "Input": '{"to": "events"}',
            "EventBridgeParameters": {"Source": name, "DetailType": "d"},
        },
        "universal": {"Arn": "arn:aws:scheduler:::aws-sdk:sqs:sendMessage", "Input": sent},
        "states": {"Arn": machine, "Input": '{"to": "states"}'},
        "lambda": {"Arn": invoked},
    }
    for kind, target in targets.items():
        scheduler.create_schedule(Name=f"{name}-{kind}", ScheduleExpression=soon(), FlexibleTimeWindow=OFF,
                                  Target={"RoleArn": arns, **target})  # fmt: skip
    assert sorted(message["Body"] for message in arrived(4)) == ['"sns"', '"sqs"', "universal", '{"to":"events"}']
    started = eventually(lambda: states.list_executions(stateMachineArn=machine)["executions"], 20)
    execution = states.describe_execution(executionArn=started[0]["executionArn"])
    assert json.loads(execution["input"]) == {"to": "states"}
    # Without an Input the event says whose time it is.
    said = eventually(lambda: lines(client, called.name), 20)[0]
    assert "'source': 'aws.scheduler'" in said
    assert f"'resources': ['arn:aws:scheduler:us-east-1:000000000000:schedule/default/{name}-lambda']" in said
    for kind in targets:
        scheduler.delete_schedule(Name=f"{name}-{kind}")


def lines(client, function):
    logs = client("logs")
    try:
        found = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}", filterPattern="GOT")
    except logs.exceptions.ResourceNotFoundException:
        return []
    return [event["message"] for event in found["events"]]


@pytest.mark.parametrize(
    ("arn", "actions", "code", "exhausted"),
    [
        ("arn:aws:lambda:us-east-1:000000000000:function:none-such", ("lambda:InvokeFunction",),
         "ResourceNotFoundException", None),
        ("arn:aws:sns:us-east-1:000000000000:t", (), "AuthorizationError", None),
    ],
)  # fmt: skip
def test_what_cannot_be_delivered_goes_to_the_dead_letter_queue(
    client, role, queue, name, arn, actions, code, exhausted
):
    scheduler, (dead, arrived, _) = client("scheduler"), queue
    made = scheduler.create_schedule(
        Name=name, ScheduleExpression=soon(), FlexibleTimeWindow=OFF,
        Target={"Arn": arn, "RoleArn": role(*actions), "Input": '{"a": 1}', "DeadLetterConfig": {"Arn": dead},
                "RetryPolicy": NO_RETRIES},
    )  # fmt: skip
    message = arrived()[0]
    said = {key: value["StringValue"] for key, value in message["MessageAttributes"].items()}
    assert message["Body"] == '{"a": 1}'
    assert said.keys() >= {"ERROR_CODE", "ERROR_MESSAGE", "EXECUTION_ID", "IS_PAYLOAD_TRUNCATED", "RETRY_ATTEMPTS",
                           "SCHEDULED_TIME", "SCHEDULE_ARN", "TARGET_ARN"}  # fmt: skip
    assert (said["ERROR_CODE"], said["TARGET_ARN"], said["SCHEDULE_ARN"]) == (code, arn, made["ScheduleArn"])
    assert (said["RETRY_ATTEMPTS"], said.get("EXHAUSTED_RETRY_CONDITION")) == ("0", exhausted)
    scheduler.delete_schedule(Name=name)


def test_a_disabled_or_deleted_schedule_does_not_fire_and_a_rate_begins_at_once(client, role, queue, name):
    scheduler, (arn, arrived, _) = client("scheduler"), queue
    target = {"Arn": arn, "RoleArn": role()}
    for suffix, more in (("off", {"State": "DISABLED"}), ("gone", {})):
        scheduler.create_schedule(Name=f"{name}-{suffix}", ScheduleExpression=soon(), FlexibleTimeWindow=OFF,
                                  Target={**target, "Input": suffix}, **more)  # fmt: skip
    scheduler.delete_schedule(Name=f"{name}-gone")
    scheduler.create_schedule(Name=f"{name}-last", ScheduleExpression=soon(3), FlexibleTimeWindow=OFF,
                              Target={**target, "Input": "last"})  # fmt: skip
    scheduler.create_schedule(Name=f"{name}-rate", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow=OFF,
                              Target={**target, "Input": "rate"})  # fmt: skip
    assert [message["Body"] for message in arrived(2)] == ["rate", "last"]
    for suffix in ("off", "last", "rate"):
        scheduler.delete_schedule(Name=f"{name}-{suffix}")


def test_what_is_asked_for_is_kept_listed_and_changed(client, role, queue, name):
    scheduler, (arn, _, _) = client("scheduler"), queue
    target = {"Arn": arn, "RoleArn": role()}
    scheduler.create_schedule_group(Name=name)
    for number in range(3):
        scheduler.create_schedule(Name=f"{name}-{number}", GroupName=name, ScheduleExpression="rate(1 day)",
                                  State="DISABLED", FlexibleTimeWindow=OFF, Target=target)  # fmt: skip
    first = scheduler.list_schedules(GroupName=name, MaxResults=2)
    rest = scheduler.list_schedules(GroupName=name, MaxResults=2, NextToken=first["NextToken"])
    assert [s["Name"] for s in first["Schedules"] + rest["Schedules"]] == [f"{name}-{number}" for number in range(3)]
    assert "NextToken" not in rest
    found = scheduler.list_schedules(NamePrefix=f"{name}-1")["Schedules"]
    assert [(s["Name"], s["GroupName"], s["State"]) for s in found] == [(f"{name}-1", name, "DISABLED")]
    # "UpdateSchedule uses all values, including empty values": what is not given is as it is by default.
    scheduler.update_schedule(Name=f"{name}-1", GroupName=name, ScheduleExpression="cron(0 0 1 1 ? 2199)",
                              FlexibleTimeWindow=OFF, Target=target, ActionAfterCompletion="DELETE")  # fmt: skip
    changed = scheduler.get_schedule(Name=f"{name}-1", GroupName=name)
    assert (changed["State"], changed["ActionAfterCompletion"]) == ("ENABLED", "DELETE")
    scheduler.delete_schedule_group(Name=name)
    assert scheduler.list_schedules(NamePrefix=name)["Schedules"] == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        # Recorded on AWS by LocalStack 4.9.2's tests (scheduler/test_scheduler, 2025).
        ({"ScheduleExpression": "cron(0 1 * * * *)"}, "Invalid Schedule Expression cron.0 1 . . . .."),
        ({"ScheduleExpressionTimezone": "Mars/Base"}, "Invalid Schedule Expression Timezone Mars/Base"),
        ({"GroupName": "none-such"}, "ResourceNotFoundException.*Schedule group none-such does not exist"),
        ({"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}}, "ValidationException.*MaximumWindowInMinutes"),
        # aws/aws-sdk-js-v3#6494 (2024)
        ({"RoleArn": ROLE}, "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."),
        ({"Arn": "queue"}, "Provided Arn is not in correct format."),
        ({"Arn": "arn:aws:ecs:us-east-1:000000000000:cluster/c"}, "This engine cannot invoke targets of ecs"),
        ({"Arn": "arn:aws:scheduler:::aws-sdk:s3:getObject"}, "universal targets do not read"),
        ({"Arn": BUS}, "EventBridgeParameters are needed"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(client, role, name, change, error):
    request = {"ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": OFF}
    target = {"Arn": "arn:aws:sqs:us-east-1:000000000000:q", "RoleArn": role()}
    for key, value in change.items():
        (target if key in target else request)[key] = value
    with pytest.raises(ClientError, match=error):
        client("scheduler").create_schedule(Name=name, Target=target, **request)


def test_a_rule_fires_on_time_once_for_each_target_and_not_when_it_is_disabled_or_gone(client, queue, name):
    """EventBridge User Guide, "Creating a rule that runs on a schedule" (2026-11)."""
    events, sqs, (arn, arrived, url) = client("events"), client("sqs"), queue
    allow = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:*", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    for suffix in ("on", "off", "gone"):
        # localstack/localstack#13572 (2025): valid on AWS
        events.put_rule(Name=f"{name}-{suffix}", ScheduleExpression="cron(0-59/1 * ? * 1,2,3,4,5,6,7 *)")
        for _ in range(2):
            events.put_targets(Rule=f"{name}-{suffix}", Targets=[{"Id": "1", "Arn": arn, "Input": json.dumps(suffix)}])
    events.disable_rule(Name=f"{name}-off")
    events.remove_targets(Rule=f"{name}-gone", Ids=["1"])
    events.delete_rule(Name=f"{name}-gone")
    assert [message["Body"] for message in arrived(1, 75)] == ['"on"']
    assert "Messages" not in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)
    for suffix in ("on", "off"):
        events.remove_targets(Rule=f"{name}-{suffix}", Ids=["1"])
        events.delete_rule(Name=f"{name}-{suffix}")
