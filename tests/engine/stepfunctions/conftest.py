"""What tests of Step Functions share: a role, and executions that have ended."""

import json
import uuid

import pytest
from kit import eventually

TRUST = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}


@pytest.fixture(scope="module")
def states_role(client):
    """The ARN of a role of state machines that may do everything."""
    name = f"states-{uuid.uuid4().hex[:8]}"
    document = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
    role = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    client("iam").put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=policy)
    return role


@pytest.fixture(scope="module")
def start(client, states_role):
    """`start(definition, given)`: the ARN of an execution of a new state machine."""
    states, machines = client("stepfunctions"), []

    def begin(definition, given=None):
        machine = states.create_state_machine(
            name=f"m-{uuid.uuid4().hex[:8]}", definition=json.dumps(definition), roleArn=states_role
        )["stateMachineArn"]
        machines.append(machine)
        return states.start_execution(stateMachineArn=machine, input=json.dumps(given or {}))["executionArn"]

    yield begin
    for machine in machines:
        states.delete_state_machine(stateMachineArn=machine)


@pytest.fixture(scope="module")
def ended(client):
    """`ended(execution)`: an execution, described, once it has ended."""

    def finished(execution):
        found = client("stepfunctions").describe_execution(executionArn=execution)
        return found if found["status"] != "RUNNING" else None

    return lambda execution: eventually(lambda: finished(execution), 30)


@pytest.fixture(scope="module")
def execute(start, ended):
    """`execute(definition, given)`: an execution of a new state machine, described, once it has ended."""
    return lambda definition, given=None: ended(start(definition, given))
