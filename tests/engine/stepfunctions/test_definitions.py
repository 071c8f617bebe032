"""Definitions: what is refused, and that one that was refused changes nothing for the next.

Sources: Amazon States Language, "States" (2026-11); the texts as in helpers/engine/stepfunctions/transitions.py.
"""

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from kit import eventually

TRUST = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
PASS = {"Type": "Pass", "End": True}


@pytest.fixture(scope="module")
def create(client):
    """`create(definition)`: the ARN of a new state machine."""
    name = f"definitions-{uuid.uuid4().hex[:8]}"
    document = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
    role = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]

    def make(definition):
        return client("stepfunctions").create_state_machine(
            name=f"m-{uuid.uuid4().hex[:8]}", definition=json.dumps(definition), roleArn=role
        )["stateMachineArn"]

    return make


def machine(start="A", **states):
    return {"StartAt": start, "States": states}


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        ({"StartAt": "A"}, "SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /"),
        (machine("B", A=PASS), "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt"),
        (machine(A={"Type": "Pass", "Next": "Z"}), "Missing 'Next' target: Z at /States/A/Next"),
        (machine(A=PASS, B=PASS), 'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B'),
        (machine(A={"Type": "Pass"}), "SCHEMA_VALIDATION_FAILED: One of these fields is required: [Next, End]"),
        (
            machine(A={"Type": "Parallel", "End": True, "Branches": [machine("X", Y=PASS)]}),
            "Missing 'Next' target: X at /States/A/Branches[0]/StartAt",
        ),
    ],
)
def test_a_definition_has_to_lead_somewhere(create, definition, why):
    with pytest.raises(ClientError) as refused:
        create(definition)
    said = refused.value.response["Error"]
    assert said["Code"] == "InvalidDefinition"
    assert said["Message"].startswith("Invalid State Machine Definition: '")
    assert why in said["Message"]


def test_a_definition_in_jsonata_that_is_refused_leaves_jsonpath_alone(create):
    with pytest.raises(ClientError):
        create({"QueryLanguage": "JSONata", **machine(A={**PASS, "ResultPath": "$"})})
    assert create(machine(A={**PASS, "ResultPath": "$"}))


def test_a_choice_that_no_rule_makes_ends_the_execution(client, create):
    states = client("stepfunctions")
    rule = {"Variable": "$.a", "NumericEquals": 1, "Next": "B"}
    arn = create(machine(A={"Type": "Choice", "Choices": [rule]}, B={"Type": "Succeed"}))
    execution = states.start_execution(stateMachineArn=arn, input='{"a": 2}')["executionArn"]
    done = eventually(lambda: (d := states.describe_execution(executionArn=execution))["status"] != "RUNNING" and d, 10)
    assert done["error"] == "States.Runtime"
    assert done["cause"].endswith("Failed to transition out of the state. The state does not point to a next state.")
