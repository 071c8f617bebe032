"""A state machine's log: every event of an execution reaches the log group that it names.

Source: AWS Step Functions Developer Guide, "Using CloudWatch Logs to log execution history" (2026-11).
"""

import json
import re
import uuid

import pytest
from kit import eventually

TRUST = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
LOG = {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}


@pytest.fixture
def logging_machine(client):
    """The ARN of a state machine that logs all, its log group, and its name."""
    name = f"logs-{uuid.uuid4().hex[:8]}"
    iam, logs, group = client("iam"), client("logs"), f"/aws/vendedlogs/states/{name}"
    trust, may = (json.dumps({"Version": "2012-10-17", "Statement": [one]}) for one in (TRUST, LOG))
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="log", PolicyDocument=may)
    logs.create_log_group(logGroupName=group)
    arn = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"][0]["arn"]
    made = client("stepfunctions").create_state_machine(
        name=name,
        roleArn=role,
        definition=json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}),
        loggingConfiguration={
            "level": "ALL",
            "includeExecutionData": True,
            "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": arn}}],
        },
    )
    yield made["stateMachineArn"], group, name
    client("stepfunctions").delete_state_machine(stateMachineArn=made["stateMachineArn"])
    logs.delete_log_group(logGroupName=group)


def test_every_event_of_an_execution_is_logged_in_a_stream_named_after_the_machine(client, logging_machine):
    machine, group, name = logging_machine
    client("stepfunctions").start_execution(stateMachineArn=machine, input='{"a": 1}')

    def logged():
        events = client("logs").filter_log_events(logGroupName=group)["events"]
        return events if len(events) == 4 else None

    events = eventually(logged)
    kinds = [json.loads(event["message"])["type"] for event in events]
    assert kinds == ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]
    (stream,) = {event["logStreamName"] for event in events}
    assert re.fullmatch(rf"states/{name}/\d{{4}}(-\d\d){{4}}/[0-9a-f]{{8}}", stream)
