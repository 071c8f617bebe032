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


TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True}
FUNCTION = {"FunctionName": "f"}
CALL = "must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters"
LONG = "n" * 81


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        *(
            (machine(A={**PASS, "Parameters": {"b.$": value}}), f"The value for the field 'b.$' {CALL}")
            for value in (
                "foo",
                "$.a[",
                "States.Foo(1)",
                "States.Format('a'",
                r"States.Format('He said, \"Hello, {}!\"', 'x')",
                "States.Base64Encode()",
            )
        ),
        (
            machine(A={**TASK, "Parameters": {"Payload": 1}}),
            "The field 'FunctionName' is required but was missing at /States/A/Parameters",
        ),
        (
            machine(A={**TASK, "Parameters": {**FUNCTION, "Foo": 1}}),
            'The field "Foo" is not supported by Step Functions at /States/A/Parameters',
        ),
        (machine(A={"Type": "Task", "End": True}), "These fields are required: [Resource] at /States/A"),
        (machine(A={"End": True}), "These fields are required: [Type] at /States/A"),
        (machine(A={**PASS, "Retry": []}), "Field 'Retry' is not supported at /States/A"),
        (machine(A={"Type": "Fail", "End": True}), "Field 'End' is not supported at /States/A"),
        (machine(A={**PASS, "Foo": 1}), "Field 'Foo' is not supported at /States/A"),
        (
            machine(
                A={
                    **TASK,
                    "Parameters": FUNCTION,
                    "Retry": [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["E"]}],
                }
            ),
            "States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals[0]",
        ),
        (
            machine(A={**TASK, "Resource": "arn:aws:states:::dynamodb:query"}),
            "The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid "
            "resource ARN, or the resource is not available in this region. at /States/A/Resource",
        ),
        (
            machine(A={"Type": "Wait", "Seconds": "x", "End": True}),
            "Expected value of type Integer at /States/A/Seconds",
        ),
        (
            machine(A={"Type": "Wait", "Timestamp": "x", "End": True}),
            "String does not match RFC3339 timestamp at /States/A/Timestamp",
        ),
        (
            machine(A={**TASK, "Parameters": FUNCTION, "Credentials": {}}),
            "The field 'RoleArn' is required but was missing at /States/A/Credentials",
        ),
        (
            machine(A={"Type": "Parallel", "End": True, "Branches": [machine("B", B={**PASS, "InputPath": 1})]}),
            "The value is not valid at /States/A/Branches[0]/States/B/InputPath",
        ),
        ({**machine(A=PASS), "TimeoutSeconds": "x"}, "The value is not valid at /TimeoutSeconds"),
        (["A"], "Definition must be a valid JSON object at /"),
    ],
)
def test_a_definition_that_is_not_one_is_refused_in_the_words_of_step_functions(create, definition, why):
    assert refusal(create, definition) == f"SCHEMA_VALIDATION_FAILED: {why}"


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        (
            machine(A={"Type": "Parallel", "End": True, "Branches": [machine(A=PASS)]}),
            "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A",
        ),
        (
            machine(LONG, **{LONG: PASS}),
            f"INVALID_STATE_NAME: The name has more than 80 characters at /States/{LONG}",
        ),
        (
            {"QueryLanguage": "JSONata", **machine(A={**PASS, "Output": {"v": "{% 1 + %}"}})},
            "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/A/Output/v",
        ),
    ],
)
def test_names_and_expressions_have_codes_of_their_own(create, definition, why):
    assert refusal(create, definition) == why


@pytest.mark.parametrize("name", ["a b", "a:b", "n" * 81])
def test_the_name_of_a_state_machine_is_one(client, states_role, name):
    with pytest.raises(ClientError) as refused:
        client("stepfunctions").create_state_machine(
            name=name, definition=json.dumps(machine(A=PASS)), roleArn=states_role
        )
    said = refused.value.response["Error"]
    assert (said["Code"], said["Message"]) == ("InvalidName", f"Invalid Name: '{name}'")


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        (
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Express state machine does not support '.waitForTaskToken' service integration ",
        ),
        (
            "arn:aws:states:::states:startExecution.sync",
            "Express state machine does not support '.sync' service integration",
        ),
        ("arn:aws:states:us-east-1:123456789012:activity:a", "Express state machine does not support Activity ARN"),
    ],
)
def test_what_express_state_machines_do_not_wait_for_is_named(client, resource, why):
    """Recorded on AWS: test_sfn_api_express of LocalStack's tests, and test_sfn_api_validation."""
    definition = json.dumps(machine(A={"Type": "Task", "Resource": resource, "End": True}))
    found = client("stepfunctions").validate_state_machine_definition(definition=definition, type="EXPRESS")
    assert (found["result"], found["diagnostics"]) == (
        "FAIL",
        [
            {
                "severity": "ERROR",
                "code": "SCHEMA_VALIDATION_FAILED",
                "message": why,
                "location": "/States/A/Resource",
            }
        ],
    )


def refusal(create, definition):
    """What a definition is refused for."""
    with pytest.raises(ClientError) as refused:
        create(definition)
    said = refused.value.response["Error"]
    assert said["Code"] == "InvalidDefinition"
    return said["Message"].removeprefix("Invalid State Machine Definition: '").removesuffix("'")
