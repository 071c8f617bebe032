"""API Gateway as AWS answers: reasons in the log, stages that are not there, deployments, bodies, usage plans."""

import datetime
import json
import urllib.error
import urllib.request

import pytest
from kit import ROLE, TRUST, eventually

TEXT = "def handler(event, context):\n    return 'Hello world'\n"
TELLS = """
import json
def handler(event, context):
    return {"body": json.dumps({"headers": event["headers"], "context": event["requestContext"]})}
"""
FAILS = "def handler(event, context):\n    raise ValueError('no')\n"


@pytest.fixture
def gateway(client):
    return client("apigateway")


@pytest.fixture
def api(gateway):
    """The id of a REST API with a resource /thing."""
    made = gateway.create_rest_api(name="engine-test")
    yield made["id"]
    gateway.delete_rest_api(restApiId=made["id"])


def resource(gateway, api, path="thing"):
    root = next(item["id"] for item in gateway.get_resources(restApiId=api)["items"] if item["path"] == "/")
    return gateway.create_resource(restApiId=api, parentId=root, pathPart=path)["id"]


def proxy(gateway, api, function, **integration):
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE")
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function.name}"
    gateway.put_integration(
        **where,
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations",
        **integration,
    )
    return where


def mock(gateway, api, **method):
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE", **method)
    gateway.put_integration(**where, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
    gateway.put_method_response(**where, statusCode="200")
    gateway.put_integration_response(**where, statusCode="200")


def test_a_method_is_not_replaced_by_another(gateway, api, function):
    where = proxy(gateway, api, function(TEXT))
    with pytest.raises(gateway.exceptions.ConflictException, match="Method already exists for this resource"):
        gateway.put_method(**where, authorizationType="AWS_IAM")
    method = gateway.get_method(**where)
    assert (method["authorizationType"], method["methodIntegration"]["type"]) == ("NONE", "AWS_PROXY")
    with pytest.raises(gateway.exceptions.NotFoundException):
        gateway.put_method(**{**where, "restApiId": "none"}, authorizationType="NONE")


def get(engine, api, path, *, data=None, **headers):
    host = f"{api}.execute-api.us-east-1.amazonaws.com"
    request = urllib.request.Request(f"{engine.endpoint}{path}", data=data, headers={"Host": host, **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def allow(client, function):
    """API Gateway may call it, whether or not the engine enforces IAM."""
    client("lambda").add_permission(
        FunctionName=function.name,
        StatementId="gateway",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
    )


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


def translated(gateway, api, function, **integration):
    """POST /thing, with an integration of type AWS instead of AWS_PROXY."""
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "POST"}
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function.name}"
    gateway.put_method(**where, authorizationType="NONE")
    gateway.put_integration(
        **where,
        type="AWS",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations",
        **integration,
    )
    gateway.put_method_response(**where, statusCode="200")
    gateway.put_integration_response(**where, statusCode="200")
    return where


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


@pytest.mark.parametrize("way", ["test", "stage"])
def test_a_proxys_event_says_when_with_a_zone_and_how_it_came_as_on_aws(engine, client, gateway, api, function, way):
    teller = function(TELLS)
    allow(client, teller)
    where = proxy(gateway, api, teller)
    if way == "test":
        told = json.loads(gateway.test_invoke_method(**where)["body"])
    else:
        gateway.create_deployment(restApiId=api, stageName="live")
        told = json.loads(get(engine, api, "/live/thing")[1])
        assert (told["headers"]["X-Forwarded-Proto"], told["headers"]["X-Forwarded-Port"]) == ("https", "443")
    when = datetime.datetime.strptime(told["context"]["requestTime"], "%d/%b/%Y:%H:%M:%S %z")
    assert told["context"]["requestTime"].endswith(" +0000")
    assert int(when.timestamp()) == told["context"]["requestTimeEpoch"] // 1000


def test_a_stage_that_is_not_there_is_forbidden(engine, gateway, api):
    mock(gateway, api)
    assert get(engine, api, "/test/thing") == (403, {"message": "Forbidden"})
    gateway.create_deployment(restApiId=api, stageName="test")
    assert get(engine, api, "/test/thing")[0] == 200
    assert get(engine, api, "/prod/thing") == (403, {"message": "Forbidden"})


def test_a_deployment_says_which_methods_it_holds(gateway, api):
    mock(gateway, api, apiKeyRequired=True)
    deployed = gateway.create_deployment(restApiId=api, stageName="test")["id"]
    resource(gateway, api, "later")
    summary = gateway.get_deployment(restApiId=api, deploymentId=deployed, embed=["apisummary"])["apiSummary"]
    assert summary == {"/thing": {"GET": {"authorizationType": "NONE", "apiKeyRequired": True}}}
    assert "apiSummary" not in gateway.get_deployment(restApiId=api, deploymentId=deployed)


@pytest.fixture
def validated(engine, gateway, api):
    """Ask for a status: what a method answers to a body, sent with a content type, when it has these models."""

    def ask(models, content_type, body):
        schema = json.dumps({"type": "object", "required": ["id"]})
        gateway.create_model(restApiId=api, name="Thing", contentType="application/json", schema=schema)
        validator = gateway.create_request_validator(restApiId=api, name="body", validateRequestBody=True)["id"]
        where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "POST"}
        gateway.put_method(
            **where,
            authorizationType="NONE",
            requestValidatorId=validator,
            requestModels=dict.fromkeys(models, "Thing"),
        )
        ok = dict.fromkeys(("application/json", "text/plain"), '{"statusCode": 200}')
        gateway.put_integration(**where, type="MOCK", requestTemplates=ok)
        gateway.put_method_response(**where, statusCode="200")
        gateway.put_integration_response(**where, statusCode="200")
        gateway.create_deployment(restApiId=api, stageName="test")
        return get(engine, api, "/test/thing", data=body.encode(), **{"Content-Type": content_type})[0]

    return ask


@pytest.mark.parametrize(
    ("models", "content_type", "body", "status"),
    [
        (["application/json"], "application/json", "{}", 400),
        (["application/json"], "application/json", '{"id": 1}', 200),
        (["application/json"], "text/plain", "{}", 200),
        (["$default"], "text/plain", "{}", 400),
        (["$default"], "text/plain", '{"id": 1}', 200),
    ],
)
def test_a_body_is_validated_against_the_model_for_its_content_type(validated, models, content_type, body, status):
    assert validated(models, content_type, body) == status


REFUSED_MODEL = "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]"


NO_SCHEMAS = (
    '{"type": "object", "additionalProperties": "false"}',
    '{"additionalProperties": False}',
    "{'type': 'object'}",
    "no JSON",
    '"text"',
    '{"required": []}',
    '{"enum": ["A", "A"]}',
    '{"properties": {"a": {"type": "text"}}}',
)


@pytest.mark.parametrize("schema", NO_SCHEMAS)
def test_a_model_that_is_no_json_schema_is_refused(gateway, api, schema):
    kind = {"contentType": "application/json"}
    with pytest.raises(gateway.exceptions.BadRequestException) as refused:
        gateway.create_model(restApiId=api, name="Thing", schema=schema, **kind)
    assert refused.value.response["Error"]["Message"] == REFUSED_MODEL
    gateway.create_model(restApiId=api, name="Thing", schema='{"type": "object", "required": ["a"]}', **kind)
    change = {"op": "replace", "path": "/schema", "value": schema}
    with pytest.raises(gateway.exceptions.BadRequestException) as refused:
        gateway.update_model(restApiId=api, modelName="Thing", patchOperations=[change])
    assert refused.value.response["Error"]["Message"] == REFUSED_MODEL
    change["value"] = '{"$schema": "http://json-schema.org/draft-04/schema#", "additionalProperties": false}'
    assert gateway.update_model(restApiId=api, modelName="Thing", patchOperations=[change])["schema"] == change["value"]


def test_a_model_for_other_content_than_json_is_kept_as_it_is(gateway, api):
    made = gateway.create_model(restApiId=api, name="Page", contentType="application/xml", schema="<page/>")
    assert made["schema"] == "<page/>"


def test_an_integration_response_takes_and_gives_up_headers_and_templates(engine, gateway, api):
    mock(gateway, api)
    there = {"restApiId": api, "resourceId": find(gateway, api), "httpMethod": "GET", "statusCode": "200"}
    header = {"op": "add", "path": "/responseParameters/method.response.header.X-Kind"}
    gateway.update_method_response(**there, patchOperations=[header | {"value": "false"}])

    def change(**operation):
        gateway.update_integration_response(**there, patchOperations=[operation])
        answer = gateway.test_invoke_method(**{key: there[key] for key in ("restApiId", "resourceId", "httpMethod")})
        return answer["headers"].get("X-Kind"), answer["body"]

    assert change(**header, value="'new'")[0] == "new"
    assert gateway.get_integration_response(**there)["responseParameters"] == {header["path"].split("/")[2]: "'new'"}
    assert change(op="replace", path=header["path"], value="'other'")[0] == "other"
    template = "/responseTemplates/application~1json"
    assert change(op="add", path=template, value='{"a": 1}') == ("other", '{"a": 1}')
    assert change(op="remove", path=header["path"]) == (None, '{"a": 1}')
    assert change(op="remove", path=template)[1] != '{"a": 1}'
    found = gateway.get_integration_response(**there)
    assert not found.get("responseParameters") and not found.get("responseTemplates")


def find(gateway, api, path="/thing"):
    return next(item["id"] for item in gateway.get_resources(restApiId=api)["items"] if item["path"] == path)


@pytest.fixture
def plan(gateway, api):
    """`plan(throttle=…, quota=…)` makes a usage plan for the stage test and returns the value of a key in it."""
    made = []

    def make(**limits):
        mock(gateway, api, apiKeyRequired=True)
        gateway.create_deployment(restApiId=api, stageName="test")
        stages = [{"apiId": api, "stage": "test"}]
        plan = gateway.create_usage_plan(name="engine-test", apiStages=stages, **limits)["id"]
        key = gateway.create_api_key(name="engine-test", enabled=True)
        gateway.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
        made.append((plan, key["id"]))
        return key["value"]

    yield make
    for plan_id, key_id in made:
        gateway.delete_usage_plan_key(usagePlanId=plan_id, keyId=key_id)
        gateway.delete_usage_plan(usagePlanId=plan_id)
        gateway.delete_api_key(apiKey=key_id)


def test_a_quota_ends_at_its_limit(engine, api, plan):
    key = plan(quota={"limit": 2, "period": "MONTH"})
    assert [get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(2)] == [200, 200]
    assert get(engine, api, "/test/thing", **{"X-API-Key": key}) == (429, {"message": "Limit Exceeded"})
    assert get(engine, api, "/test/thing") == (403, {"message": "Forbidden"})


def test_a_burst_over_the_rate_is_throttled(engine, api, plan):
    key = plan(throttle={"rateLimit": 0.01, "burstLimit": 3})
    assert [get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(3)] == [200, 200, 200]
    assert get(engine, api, "/test/thing", **{"X-API-Key": key}) == (429, {"message": "Too Many Requests"})


def test_a_plan_without_limits_limits_nothing(engine, api, plan):
    key = plan()
    assert {get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(5)} == {200}
