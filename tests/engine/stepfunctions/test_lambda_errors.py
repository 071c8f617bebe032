"""Tasks that invoke a function and are refused. Sources: helpers/engine/stepfunctions/lambda_errors.py."""

import json
import uuid

import pytest
from kit import eventually

TRUST = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}


@pytest.fixture
def run(client):
    """`run(resource, parameters, allow)`: the execution of one task, once it has ended."""

    def start(resource, parameters, *allow):
        iam, states, name = client("iam"), client("stepfunctions"), f"errors-{uuid.uuid4().hex[:8]}"
        document = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
        if allow:
            statement = {"Effect": "Allow", "Action": list(allow), "Resource": "*"}
            policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=policy)
        task = {"Type": "Task", "Resource": resource, "End": True, **parameters}
        definition = json.dumps({"StartAt": "A", "States": {"A": task}})
        machine = states.create_state_machine(name=name, definition=definition, roleArn=role)["stateMachineArn"]
        execution = states.start_execution(stateMachineArn=machine)["executionArn"]
        return eventually(
            lambda: (found := states.describe_execution(executionArn=execution))["status"] != "RUNNING" and found, 20
        )

    return start


@pytest.mark.parametrize("by", ["integration", "arn"])
def test_a_task_whose_role_may_not_invoke_fails_as_with_any_error_that_lambda_does_not_name(run, function, client, by):
    call = function("def handler(event, context): return 1")
    arn = client("lambda").get_function_configuration(FunctionName=call.name)["FunctionArn"]
    invoke = ("arn:aws:states:::lambda:invoke", {"Parameters": {"FunctionName": call.name}})
    failed = run(*(invoke if by == "integration" else (arn, {})))
    assert (failed["status"], failed["error"]) == ("FAILED", "Lambda.AWSLambdaException")
    assert "is not authorized to perform: lambda:InvokeFunction" in failed["cause"]


@pytest.mark.parametrize("by", ["integration", "arn"])
def test_an_error_that_lambda_names_keeps_its_name(run, client, by):
    invoke = ("arn:aws:states:::lambda:invoke", {"Parameters": {"FunctionName": "none-such"}})
    arn = (f"arn:aws:lambda:{client('lambda').meta.region_name}:000000000000:function:none-such", {})
    failed = run(*(invoke if by == "integration" else arn), "lambda:InvokeFunction")
    assert failed["error"] == "Lambda.ResourceNotFoundException"
