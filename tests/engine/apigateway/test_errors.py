"""The status of requests to a REST API that fail, and the log of a test invocation."""

import datetime
import json

import pytest
from kit import ROLE, TRUST, eventually
from rest_api_kit import TEXT, allow, get, mock, proxy, translated

FAILS = "def handler(event, context):\n    raise ValueError('no')\n"


def test_the_log_of_a_test_invocation_names_a_malformed_proxy_response(client, gateway, api, function):
    greeter = function(TEXT)
    allow(client, greeter)
    tested = gateway.test_invoke_method(**proxy(gateway, api, greeter))
    assert tested["status"] == 502
    assert 'Endpoint response body before transformations: "Hello world"\n' in tested["log"]
    assert "Execution failed due to configuration error: Malformed Lambda proxy response\n" in tested["log"]


def test_the_log_of_a_test_invocation_tells_a_function_error_from_a_malformed_response(client, gateway, api, function):
    broken = function(FAILS)
    allow(client, broken)
    tested = gateway.test_invoke_method(**proxy(gateway, api, broken))
    assert tested["status"] == 502
    assert "customer function error" in tested["log"] and "Malformed" not in tested["log"]


def test_a_role_that_does_not_trust_the_gateway_is_an_error_of_the_api(client, gateway, api, function):
    where = proxy(gateway, api, function(TEXT))
    integration = gateway.get_integration(**where)
    kept = {key: integration[key] for key in ("type", "uri")}
    gateway.put_integration(**where, **kept, integrationHttpMethod="POST", credentials=ROLE)
    tested = gateway.test_invoke_method(**where)
    assert tested["status"] == 500
    assert "API Gateway does not have permission to assume the provided role\n" in tested["log"]


def test_a_refusal_by_lambda_is_an_error_of_the_api_without_a_proxy_too(client, gateway, api, function):
    greeter = function(TEXT)
    where = translated(gateway, api, greeter)
    refused = gateway.test_invoke_method(**where, body="{}")
    assert (refused["status"], json.loads(refused["body"])) == (500, {"message": "Internal server error"})
    assert "Execution failed due to configuration error: Invalid permissions on Lambda function\n" in refused["log"]
    allow(client, greeter)
    assert gateway.test_invoke_method(**where, body="{}")["status"] == 200


@pytest.fixture
def calling(client):
    """The ARN of a role by which API Gateway may invoke every function: no function's own policy is asked."""
    iam = client("iam")
    trust = TRUST["Statement"][0] | {"Principal": {"Service": "apigateway.amazonaws.com"}}
    made = iam.create_role(RoleName="calling", AssumeRolePolicyDocument=json.dumps(TRUST | {"Statement": [trust]}))
    may = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [may]})
    iam.put_role_policy(RoleName="calling", PolicyName="invoke", PolicyDocument=document)
    yield made["Role"]["Arn"]
    iam.delete_role_policy(RoleName="calling", PolicyName="invoke")
    iam.delete_role(RoleName="calling")


@pytest.mark.parametrize("integrated", [proxy, translated])
def test_a_function_that_is_gone_is_an_error_of_the_api(client, gateway, api, function, integrated, calling):
    greeter = function(TEXT)
    where = integrated(gateway, api, greeter, credentials=calling)
    assert gateway.test_invoke_method(**where, body="{}")["status"] != 500
    client("lambda").delete_function(FunctionName=greeter.name)
    refused = gateway.test_invoke_method(**where, body="{}")
    assert (refused["status"], json.loads(refused["body"])) == (500, {"message": "Internal server error"})


@pytest.mark.parametrize("integrated", [proxy, translated])
def test_a_throttled_function_is_an_error_of_the_api_asked_once(client, gateway, api, function, integrated):
    greeter = function(TEXT)
    allow(client, greeter)
    where = integrated(gateway, api, greeter)
    client("lambda").put_function_concurrency(FunctionName=greeter.name, ReservedConcurrentExecutions=0)
    refused = gateway.test_invoke_method(**where, body="{}")
    assert (refused["status"], json.loads(refused["body"])) == (500, {"message": "Internal server error"})
    assert "Rate Exceeded" in refused["log"]
    client("lambda").delete_function_concurrency(FunctionName=greeter.name)
    assert gateway.test_invoke_method(**where, body="{}")["status"] != 500
    assert throttles(client, greeter) == 1


def throttles(client, function) -> float:
    """The sum of the function's metric Throttles, once there is one."""
    now = datetime.datetime.now(datetime.UTC)

    def asked():
        found = client("cloudwatch").get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName="Throttles",
            Dimensions=[{"Name": "FunctionName", "Value": function.name}],
            StartTime=now - datetime.timedelta(minutes=10),
            EndTime=now + datetime.timedelta(minutes=10),
            Period=3600,
            Statistics=["Sum"],
        )
        return sum(point["Sum"] for point in found["Datapoints"])

    return eventually(asked)


def test_a_role_that_cannot_be_assumed_is_an_error_of_the_api_without_a_proxy_too(gateway, api, function):
    where = translated(gateway, api, function(TEXT), credentials=ROLE)
    refused = gateway.test_invoke_method(**where, body="{}")
    assert (refused["status"], json.loads(refused["body"])) == (500, {"message": "Internal server error"})
    assert "API Gateway does not have permission to assume the provided role\n" in refused["log"]


def test_the_log_of_a_test_invocation_shows_no_credentials_of_the_engine(client, gateway, api, function):
    greeter = function(TEXT)
    allow(client, greeter)
    where = translated(gateway, api, greeter)
    log = gateway.test_invoke_method(**where, body="{}")["log"]
    assert "Endpoint request headers: {" in log and "Host=" in log
    assert "x-localstack-data" not in log and "Credential=" not in log


def test_a_stage_that_is_not_there_is_forbidden(engine, gateway, api):
    mock(gateway, api)
    assert get(engine, api, "/test/thing") == (403, {"message": "Forbidden"})
    gateway.create_deployment(restApiId=api, stageName="test")
    assert get(engine, api, "/test/thing")[0] == 200
    assert get(engine, api, "/prod/thing") == (403, {"message": "Forbidden"})
