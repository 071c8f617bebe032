"""Requests to a REST API: the event of a proxy integration, validated bodies, usage plans."""

import datetime
import gzip
import json

import pytest
from authorization_kit import refused
from kit import eventually
from rest_api_kit import allow, get, mock, proxy, resource

TELLS = """
import json
def handler(event, context):
    return {"body": json.dumps({"headers": event["headers"], "context": event["requestContext"]})}
"""


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


@pytest.mark.parametrize("headers", [None, {"X-Given": "a"}])
def test_a_method_that_is_only_tried_is_called_from_a_stage_and_an_address_that_are_none(
    client, gateway, api, function, headers
):
    """Events of functions that people have published: `tried_methods`."""
    teller = function(TELLS)
    allow(client, teller)
    where = proxy(gateway, api, teller)
    tested = gateway.test_invoke_method(**where, **({"headers": headers} if headers else {}))
    told = json.loads(tested["body"])
    said, identity = told["context"], told["context"]["identity"]
    assert told["headers"] == headers
    assert (said["stage"], said["path"], said["domainPrefix"]) == ("test-invoke-stage", "/thing", "testPrefix")
    assert said["domainName"] == "testPrefix.testDomainName"
    assert (identity["sourceIp"], identity["apiKey"]) == ("test-invoke-source-ip", "test-invoke-api-key")
    assert (identity["userArn"], identity["caller"]) == ("arn:aws:iam::000000000000:root", "000000000000")
    assert identity["userAgent"].startswith("Boto3/")
    assert "None" not in tested["log"]


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
        with refused("BadRequestException", f"API Stages associated with it, including {api}:test"):
            gateway.delete_usage_plan(usagePlanId=plan_id)
        gateway.update_usage_plan(
            usagePlanId=plan_id, patchOperations=[{"op": "remove", "path": "/apiStages", "value": f"{api}:test"}]
        )
        gateway.delete_usage_plan(usagePlanId=plan_id)
        gateway.delete_api_key(apiKey=key_id)


def test_a_quota_ends_at_its_limit(engine, api, plan):
    key = plan(quota={"limit": 2, "period": "MONTH"})
    assert [get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(2)] == [200, 200]
    assert get(engine, api, "/test/thing", **{"X-API-Key": key}) == (429, {"message": "Limit Exceeded"})
    assert get(engine, api, "/test/thing") == (403, {"message": "Forbidden"})


@pytest.mark.parametrize("period", ["DAY", "WEEK", "MONTH"])
def test_what_a_key_used_is_told_and_more_is_granted(engine, gateway, api, plan, period):
    """API Reference, "GetUsage", "UpdateUsage" (2026-11): [used, remaining] of each day; more is granted."""
    key = plan(quota={"limit": 2, "period": period})
    known = next(item for item in gateway.get_usage_plans()["items"] if item["apiStages"][0]["apiId"] == api)["id"]
    key_id = gateway.get_usage_plan_keys(usagePlanId=known)["items"][0]["id"]
    today = datetime.datetime.now(datetime.UTC).date()
    dates = {"startDate": str(today - datetime.timedelta(days=1)), "endDate": str(today + datetime.timedelta(days=1))}

    def usage():
        return gateway.get_usage(usagePlanId=known, **dates)["items"]

    def ask(times):
        return [get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(times)]

    assert usage() == {key_id: [[0, 2], [0, 2]]}
    assert ask(3) == [200, 200, 429]
    assert usage() == {key_id: [[0, 2], [2, 0]]}
    more = [{"op": "replace", "path": "/remaining", "value": "3"}]
    granted = gateway.update_usage(usagePlanId=known, keyId=key_id, patchOperations=more)
    assert granted["items"] == {key_id: [[2, 3]]}
    assert ask(4) == [200, 200, 200, 429]
    assert usage() == {key_id: [[0, 2], [5, 0]]}
    with refused("NotFoundException", "Invalid Usage Plan ID specified"):
        gateway.get_usage(usagePlanId="none", **dates)
    with refused("BadRequestException", "/remaining"):
        gateway.update_usage(usagePlanId=known, keyId=key_id, patchOperations=[{**more[0], "path": "/used"}])


def test_a_burst_over_the_rate_is_throttled(engine, api, plan):
    key = plan(throttle={"rateLimit": 0.01, "burstLimit": 3})
    assert [get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(3)] == [200, 200, 200]
    assert get(engine, api, "/test/thing", **{"X-API-Key": key}) == (429, {"message": "Too Many Requests"})


# Paths: Terraform's provider for AWS writes the slashes of a resource as they are, a JSON Pointer has ~1.
@pytest.mark.parametrize("method", ["/thing/GET", "~1thing/GET"])
def test_a_plan_throttles_one_method_of_a_stage(engine, gateway, api, plan, method):
    key = plan(throttle={"rateLimit": 100, "burstLimit": 100})
    known = next(item for item in gateway.get_usage_plans()["items"] if item["apiStages"][0]["apiId"] == api)["id"]
    change = {"op": "replace", "path": f"/apiStages/{api}:test/throttle/{method}/rateLimit", "value": "0.01"}
    burst = change | {"path": change["path"].replace("rateLimit", "burstLimit"), "value": "1"}
    changed = gateway.update_usage_plan(usagePlanId=known, patchOperations=[change, burst])
    assert changed["apiStages"][0]["throttle"] == {"/thing/GET": {"rateLimit": 0.01, "burstLimit": 1}}
    assert changed["throttle"] == {"rateLimit": 100, "burstLimit": 100}
    assert [get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(2)] == [200, 429]


def test_a_plans_limits_that_were_updated_count(engine, gateway, api, plan):
    key = plan()
    known = next(item for item in gateway.get_usage_plans()["items"] if item["apiStages"][0]["apiId"] == api)["id"]
    changes = {"/throttle/rateLimit": "0.5", "/throttle/burstLimit": "9", "/quota/limit": "1", "/quota/period": "DAY"}
    operations = [{"op": "replace", "path": path, "value": value} for path, value in changes.items()]
    changed = gateway.update_usage_plan(usagePlanId=known, patchOperations=operations)
    assert (changed["throttle"], changed["quota"]["limit"]) == ({"rateLimit": 0.5, "burstLimit": 9}, 1)
    assert [get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(2)] == [200, 429]


# API Gateway Developer Guide, "Throttle requests to your REST APIs" (2026-11): a method's own setting wins.
@pytest.mark.parametrize(
    ("limits", "statuses"),
    [
        ({"/*/*": "2"}, [200, 200, 429]),
        ({"/~1thing/GET": "1"}, [200, 429, 429]),
        ({"/*/*": "0", "/~1thing/GET": "2"}, [200, 200, 429]),
        ({"/~1other/GET": "0"}, [200, 200, 200]),
    ],
)
def test_a_stage_throttles_its_methods(engine, gateway, api, limits, statuses):
    mock(gateway, api)
    gateway.create_deployment(restApiId=api, stageName="test")
    changes = [
        {"op": "replace", "path": f"{method}/throttling/{limit}", "value": value}
        for method, burst in limits.items()
        for limit, value in (("rateLimit", "0.01"), ("burstLimit", burst))
    ]
    gateway.update_stage(restApiId=api, stageName="test", patchOperations=changes)
    answers = [get(engine, api, "/test/thing") for _ in statuses]
    assert [status for status, _ in answers] == statuses
    assert 429 not in statuses or answers[-1][1] == {"message": "Too Many Requests"}


def test_a_plan_without_limits_limits_nothing(engine, api, plan):
    key = plan()
    assert {get(engine, api, "/test/thing", **{"X-API-Key": key})[0] for _ in range(5)} == {200}


def test_an_api_without_an_endpoint_of_its_own_is_forbidden(engine, gateway, api):
    mock(gateway, api)
    change = [{"op": "replace", "path": "/disableExecuteApiEndpoint", "value": "true"}]
    gateway.update_rest_api(restApiId=api, patchOperations=change)
    gateway.create_deployment(restApiId=api, stageName="test")
    assert get(engine, api, "/test/thing") == (403, {"message": "Forbidden"})


@pytest.mark.parametrize(
    ("least", "accepted", "compressed"),
    [(0, "gzip", True), (0, "br, gzip", True), (0, "br", False), (99, "gzip", False)],
)
def test_an_answer_is_compressed_for_who_accepts_it(
    engine, client, gateway, api, function, least, accepted, compressed
):
    greeter = function("def handler(event, context):\n    return {'body': 'Hello'}\n")
    allow(client, greeter)
    proxy(gateway, api, greeter)
    change = [{"op": "replace", "path": "/minimumCompressionSize", "value": str(least)}]
    gateway.update_rest_api(restApiId=api, patchOperations=change)
    gateway.create_deployment(restApiId=api, stageName="test")
    body = get(engine, api, "/test/thing", **{"Accept-Encoding": accepted})[1]
    assert (gzip.decompress(body) if compressed else body) == b"Hello"


def test_an_access_log_has_a_line_for_each_request_in_the_stages_format(engine, client, gateway, api):
    logs = client("logs")
    logs.create_log_group(logGroupName="access")
    mock(gateway, api)
    gateway.create_deployment(restApiId=api, stageName="test")
    settings = {
        "destinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:access",
        "format": '{"path":"$context.resourcePath","status":$context.status,"why":"$context.error.message"}',
    }
    changes = [
        {"op": "replace", "path": f"/accessLogSettings/{key}", "value": value} for key, value in settings.items()
    ]
    try:
        gateway.update_stage(restApiId=api, stageName="test", patchOperations=changes)
        assert [get(engine, api, path)[0] for path in ("/test/thing", "/test/none")] == [200, 403]
        lines = [event["message"] for event in logs.filter_log_events(logGroupName="access")["events"]]
        assert [json.loads(line) for line in lines] == [
            {"path": "/thing", "status": 200, "why": "-"},
            {"path": "-", "status": 403, "why": "Missing Authentication Token"},
        ]
        to_firehose = changes[0] | {
            "value": "arn:aws:firehose:us-east-1:000000000000:deliverystream/amazon-apigateway-x"
        }
        with refused("BadRequestException", "Firehose"):
            gateway.update_stage(restApiId=api, stageName="test", patchOperations=[to_firehose])
    finally:
        logs.delete_log_group(logGroupName="access")


@pytest.fixture
def role(client):
    """`role(action)`: a role that API Gateway may assume and that allows one action; deleted after the test."""
    iam, name = client("iam"), "gateway-test"
    service = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}

    def make(action):
        iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": service})
        )
        statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": statement})
        iam.put_role_policy(RoleName=name, PolicyName="one", PolicyDocument=document)
        return f"arn:aws:iam::000000000000:role/{name}"

    yield make
    iam.delete_role_policy(RoleName=name, PolicyName="one")
    iam.delete_role(RoleName=name)


@pytest.mark.parametrize(("action", "arrived"), [("sqs:SendMessage", ['{"tea": 2}']), ("sqs:GetQueueUrl", [])])
def test_an_integration_with_sqs_sends_what_its_role_may_send(client, gateway, api, role, action, arrived):
    sqs = client("sqs")
    queue = sqs.create_queue(QueueName="gateway-test")["QueueUrl"]
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "POST"}
    gateway.put_method(**where, authorizationType="NONE")
    gateway.put_integration(
        **where,
        type="AWS",
        integrationHttpMethod="POST",
        uri="arn:aws:apigateway:us-east-1:sqs:path/000000000000/gateway-test",
        credentials=role(action),
        requestParameters={"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"},
        requestTemplates={"application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"},
    )
    gateway.put_method_response(**where, statusCode="200")
    gateway.put_integration_response(**where, statusCode="200")
    answer = gateway.test_invoke_method(**where, body='{"tea": 2}')
    assert answer["status"] == 200  # the queue's refusal is data for the integration's response, as on AWS
    found = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1 if arrived else 0).get("Messages", [])
    sqs.delete_queue(QueueUrl=queue)
    assert [message["Body"] for message in found] == arrived


def test_a_role_that_was_deleted_and_made_anew_is_assumed_anew(client, gateway, api, function):
    """An integration of type AWS and a proxy's, each with `credentials` (API Reference, "PutIntegration")."""
    iam, sqs, name = client("iam"), client("sqs"), "gateway-test-again"
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    service = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}
    statement = {"Effect": "Allow", "Action": ["sqs:SendMessage", "lambda:InvokeFunction"], "Resource": "*"}
    trust, policy = (json.dumps({"Version": "2012-10-17", "Statement": one}) for one in (service, statement))
    role = f"arn:aws:iam::000000000000:role/{name}"
    sends = {"restApiId": api, "resourceId": resource(gateway, api, "send"), "httpMethod": "POST"}
    gateway.put_method(**sends, authorizationType="NONE")
    gateway.put_integration(
        **sends,
        type="AWS",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:us-east-1:sqs:path/000000000000/{name}",
        credentials=role,
        requestParameters={"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"},
        requestTemplates={"application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"},
    )
    gateway.put_method_response(**sends, statusCode="200")
    gateway.put_integration_response(**sends, statusCode="200")
    calls = proxy(gateway, api, function(TELLS), credentials=role)
    for body in ("one", "two"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        iam.put_role_policy(RoleName=name, PolicyName="one", PolicyDocument=policy)
        gateway.test_invoke_method(**sends, body=body)
        status = gateway.test_invoke_method(**calls)["status"]
        iam.delete_role_policy(RoleName=name, PolicyName="one")
        iam.delete_role(RoleName=name)
        assert [gateway.test_invoke_method(**where)["status"] for where in (sends, calls)] == [500, 500]
        found = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", [])
        assert ([message["Body"] for message in found], status) == ([body], 200)
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=found[0]["ReceiptHandle"])
    sqs.delete_queue(QueueUrl=queue)


def test_a_required_parameter_may_not_be_blank_and_the_api_may_say_what_a_body_lacks(engine, gateway, api):
    schema = {"type": "object", "required": ["name"], "properties": {"age": {"type": "integer", "minimum": 0}}}
    gateway.create_model(restApiId=api, name="Person", contentType="application/json", schema=json.dumps(schema))
    both = {"validateRequestBody": True, "validateRequestParameters": True}
    made = gateway.create_request_validator(restApiId=api, name="both", **both)["id"]
    parameters = {"method.request.querystring.q": True}
    mock(gateway, api, requestValidatorId=made, requestModels={"$default": "Person"}, requestParameters=parameters)
    why = {"application/json": '{"why": "$context.error.validationErrorString"}'}
    gateway.put_gateway_response(restApiId=api, responseType="BAD_REQUEST_BODY", responseTemplates=why)
    gateway.create_deployment(restApiId=api, stageName="test")
    for query in ("", "?q=", "?q=%20"):
        missing = {"message": "Missing required request parameters: [q]"}
        assert get(engine, api, f"/test/thing{query}") == (400, missing), query
    assert get(engine, api, "/test/thing?q=1") == (400, {"why": '[object has missing required properties (["name"])]'})


def test_a_bearer_token_for_a_path_that_is_not_there_is_no_signature(engine, gateway, api):
    mock(gateway, api)
    gateway.create_deployment(restApiId=api, stageName="test")
    status, body = get(engine, api, "/test/none", Authorization="Bearer abc")
    assert status == 403
    assert body["message"] == (
        "Invalid key=value pair (missing equal-sign) in Authorization header "
        "(hashed with SHA-256 and encoded with Base64): 'w1Xc6WwWEogNEZQP/dkBTThsJT4MNlKmzQanIm970rY='."
    )


@pytest.mark.parametrize("given", ["", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"])
def test_a_function_is_part_of_its_requests_trace_and_the_request_is_counted(
    engine, client, gateway, api, function, given
):
    source = "import json, os\ndef handler(event, context):\n    ours = os.environ['_X_AMZN_TRACE_ID']\n    return "
    called = function(source + "{'statusCode': 404, 'body': json.dumps([event['headers']['X-Amzn-Trace-Id'], ours])}")
    allow(client, called)
    proxy(gateway, api, called)
    gateway.update_rest_api(restApiId=api, patchOperations=[{"op": "replace", "path": "/name", "value": called.name}])
    gateway.create_deployment(restApiId=api, stageName="test")
    status, (told, ours) = get(engine, api, "/test/thing", **({"X-Amzn-Trace-Id": given} if given else {}))
    assert status == 404
    assert told.split(";")[0] == ours.split(";")[0]
    assert not given or (told == given and "Sampled=1" in ours)
    now = datetime.datetime.now(datetime.UTC)
    of = [{"Name": "ApiName", "Value": called.name}, {"Name": "Stage", "Value": "test"}]
    asked = {"Namespace": "AWS/ApiGateway", "Dimensions": of, "Period": 60, "Statistics": ["Sum"]}
    times = {"StartTime": now - datetime.timedelta(minutes=2), "EndTime": now + datetime.timedelta(minutes=2)}

    def sums(metric):
        points = client("cloudwatch").get_metric_statistics(MetricName=metric, **asked, **times)["Datapoints"]
        return sum(point["Sum"] for point in points)

    assert eventually(lambda: sums("Count") == 1, seconds=10)
    assert (sums("4XXError"), sums("5XXError")) == (1, 0)
    assert 0 < sums("IntegrationLatency") <= sums("Latency")
