"""A state machine's log: every event of an execution reaches the log group that it names.

Source: AWS Step Functions Developer Guide, "Using CloudWatch Logs to log execution history" (2026-11).
"""

import json
import re
import uuid

import pytest
from kit import eventually


@pytest.fixture
def logging_machine(client, states_role):
    """The ARN of a state machine that logs all, its log group, and its name."""
    name = f"logs-{uuid.uuid4().hex[:8]}"
    logs, group = client("logs"), f"/aws/vendedlogs/states/{name}"
    logs.create_log_group(logGroupName=group)
    arn = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"][0]["arn"]
    made = client("stepfunctions").create_state_machine(
        name=name,
        roleArn=states_role,
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
