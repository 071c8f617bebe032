"""Methods, models, integration responses and deployments of a REST API, as AWS keeps them."""

import json

import pytest
from authorization_kit import refused
from rest_api_kit import TEXT, find, get, mock, proxy, resource

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


def test_a_method_is_not_replaced_by_another(gateway, api, function):
    where = proxy(gateway, api, function(TEXT))
    with pytest.raises(gateway.exceptions.ConflictException, match="Method already exists for this resource"):
        gateway.put_method(**where, authorizationType="AWS_IAM")
    method = gateway.get_method(**where)
    assert (method["authorizationType"], method["methodIntegration"]["type"]) == ("NONE", "AWS_PROXY")
    with pytest.raises(gateway.exceptions.NotFoundException):
        gateway.put_method(**{**where, "restApiId": "none"}, authorizationType="NONE")


def test_a_deployment_says_which_methods_it_holds(gateway, api):
    mock(gateway, api, apiKeyRequired=True)
    deployed = gateway.create_deployment(restApiId=api, stageName="test")["id"]
    resource(gateway, api, "later")
    summary = gateway.get_deployment(restApiId=api, deploymentId=deployed, embed=["apisummary"])["apiSummary"]
    assert summary == {"/thing": {"GET": {"authorizationType": "NONE", "apiKeyRequired": True}}}
    assert "apiSummary" not in gateway.get_deployment(restApiId=api, deploymentId=deployed)


@pytest.mark.parametrize("schema", NO_SCHEMAS)
def test_a_model_that_is_no_json_schema_is_refused(gateway, api, schema):
    kind = {"contentType": "application/json"}
    with pytest.raises(gateway.exceptions.BadRequestException) as error:
        gateway.create_model(restApiId=api, name="Thing", schema=schema, **kind)
    assert error.value.response["Error"]["Message"] == REFUSED_MODEL
    gateway.create_model(restApiId=api, name="Thing", schema='{"type": "object", "required": ["a"]}', **kind)
    change = {"op": "replace", "path": "/schema", "value": schema}
    with pytest.raises(gateway.exceptions.BadRequestException) as error:
        gateway.update_model(restApiId=api, modelName="Thing", patchOperations=[change])
    assert error.value.response["Error"]["Message"] == REFUSED_MODEL
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


def test_documentation_that_is_imported_is_merged_or_overwrites_and_is_found_by_what_it_is_of(gateway, api):
    """API Reference, "ImportDocumentationParts" (mode, merge by default) and "GetDocumentationParts" (2026-11)."""

    def part(text, kind="METHOD", **place):
        return {"location": {"type": kind, **place}, "properties": {"description": text}}

    def bring(*parts, **options):
        body = json.dumps({"swagger": "2.0", "x-amazon-apigateway-documentation": {"documentationParts": parts}})
        return gateway.import_documentation_parts(restApiId=api, body=body, **options)["ids"]

    def found(**options):
        items = gateway.get_documentation_parts(restApiId=api, **options)["items"]
        return {item["id"]: item["properties"] for item in items}

    tea, name = part("tea", path="/tea", method="GET"), part("key", "QUERY_PARAMETER", path="/tea", name="kind")
    first, second = bring(tea, name)
    assert bring(part("green tea", path="/tea", method="GET"), part("all", "API")) == [
        first,
        *({*found()} - {first, second}),
    ]
    assert len(found()) == 3
    assert "green tea" in str(found()[first])
    assert [*found(type="QUERY_PARAMETER")] == [*found(nameQuery="kind")] == [second]
    assert {*found(path="/tea")} == {first, second}
    (only,) = bring(tea, mode="overwrite")
    assert [*found()] == [only]


NOT_DECLARED = "errors : [Invalid mapping expression parameter specified: method."
FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f"
URI = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
MAPPING = "Validation Result: warnings : [], errors : [Invalid mapping expression specified: "
KINDS = "Valid options are NONE,AWS_IAM,CUSTOM,COGNITO_USER_POOLS"


def patch(path, value=None, op="replace"):
    return {"patchOperations": [{"op": op, "path": path} | ({} if value is None else {"value": value})]}


# operation, what it is given beside the API, the resource and the method GET, AWS's code, part of its sentence
REFUSED = [
    # API Reference, "PutMethod", "PutMethodResponse", "PatchOperation"; sentences: `methods`, `rest_apis`, `models`.
    ("put_method", {"httpMethod": "POST", "authorizationType": "JWT"}, "BadRequestException", KINDS),
    ("put_method", {"httpMethod": "POST", "authorizationType": ""}, "BadRequestException", KINDS),
    ("update_method", patch("/authorizationType", "FOO"), "BadRequestException", KINDS),
    (
        "put_method",
        {"httpMethod": "POST", "authorizationType": "NONE", "requestParameters": {"foo.bar": True}},
        "BadRequestException",
        MAPPING + "foo.bar]",
    ),
    (
        "put_method_response",
        {"statusCode": "201", "responseParameters": {"foo": True}},
        "BadRequestException",
        MAPPING + "foo]",
    ),
    (
        "put_method_response",
        {"statusCode": "201", "responseModels": {"application/json": "Nope"}},
        "BadRequestException",
        "Invalid model identifier specified: Nope",
    ),
    (
        "create_model",
        {"name": "a-b", "contentType": "application/json", "schema": "{}"},
        "BadRequestException",
        "Model name must be alphanumeric: a-b",
    ),
    ("create_rest_api", {"name": ""}, "BadRequestException", "non-empty"),
    ("update_rest_api", patch("/foo", "a"), "BadRequestException", "Invalid patch path /foo"),
    ("update_rest_api", patch("/name", "a", "add"), "BadRequestException", "Must be one of: [replace]"),
    (
        "update_stage",
        patch("/*/*/throttling/rateLimit", "abc"),
        "BadRequestException",
        "rateLimit: abc. Must be a number",
    ),
    ("update_stage", patch("/*/*/caching/ttlInSeconds", "1.5"), "BadRequestException", "Must be an integer"),
    (
        "update_usage_plan",
        {"usagePlanId": "PLAN", **patch("/throttle/rateLimit", "abc")},
        "BadRequestException",
        "Must be a number",
    ),
    (
        "update_usage_plan",
        {"usagePlanId": "PLAN", **patch("/quota/offset", "7")},
        "BadRequestException",
        "Usage Plan quota offset must be between 0 and 6 inclusive in the WEEK period",
    ),
    (
        "create_usage_plan",
        {"name": "p", "quota": {"limit": 1, "period": "DAY", "offset": 1}},
        "BadRequestException",
        "Usage Plan quota offset must be zero in the DAY period",
    ),
    ("create_resource", {"parentId": "ROOT", "pathPart": "thing"}, "ConflictException", "already has this name: thing"),
    ("delete_resource", {"resourceId": "ROOT"}, "BadRequestException", "root"),
    ("get_deployment", {"deploymentId": "none"}, "NotFoundException", "Invalid Deployment identifier specified"),
    ("create_stage", {"stageName": "a", "deploymentId": "none"}, "BadRequestException", "Deployment id does not exist"),
    ("create_deployment", {"stageName": "a b"}, "BadRequestException", "Stage name only allows a-zA-Z0-9_"),
    ("create_deployment", {"variables": {"a-b": "c"}}, "BadRequestException", "Invalid stage variable name: a-b."),
    ("create_deployment", {"variables": {"a": "$"}}, "BadRequestException", "Invalid stage variable value: $."),
    ("get_export", {"stageName": "none", "exportType": "oas30"}, "NotFoundException", "Invalid stage identifier"),
    ("get_rest_api", {"restApiId": "none"}, "NotFoundException", "API identifier specified 000000000000:none"),
    ("import_rest_api", {"body": b"none"}, "BadRequestException", "Invalid OpenAPI input."),
    ("put_method_response", {"statusCode": "200"}, "ConflictException", "Response already exists for this resource"),
    (
        "put_integration_response",
        {"statusCode": "200", "responseParameters": {"method.response.header.X": "'1'"}},
        "BadRequestException",
        NOT_DECLARED + "response.header.X]",
    ),
    (
        "put_integration",
        {"type": "MOCK", "requestParameters": {"integration.request.header.X": "method.request.path.x"}},
        "BadRequestException",
        NOT_DECLARED + "request.path.x]",
    ),
    (
        "create_authorizer",
        {"name": "a", "type": "TOKEN", "authorizerUri": FUNCTION},
        "BadRequestException",
        "Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.",
    ),
    (
        "create_authorizer",
        {"name": "known", "type": "TOKEN", "authorizerUri": URI, "identitySource": "method.request.header.A"},
        "BadRequestException",
        "Authorizer name must be unique. Authorizer known already exists in this RestApi.",
    ),
    ("delete_authorizer", {}, "ConflictException", "Cannot delete authorizer 'known', is referenced in method: PUT/"),
    (
        "create_usage_plan",
        {"name": "p", "apiStages": [{"apiId": "none", "stage": "a"}]},
        "NotFoundException",
        "API Stage not found: none:a",
    ),
]


@pytest.fixture(scope="module")
def configured(client):
    """A REST API with a method of /thing, and another that asks an authorizer: `configured(operation, **options)`."""
    gateway = client("apigateway")
    api = gateway.create_rest_api(name="engine-test")["id"]
    mock(gateway, api)
    source = {"type": "TOKEN", "authorizerUri": URI, "identitySource": "method.request.header.A"}
    asked = gateway.create_authorizer(restApiId=api, name="known", **source)["id"]
    where = {"restApiId": api, "resourceId": find(gateway, api)}
    gateway.put_method(**where, httpMethod="PUT", authorizationType="CUSTOM", authorizerId=asked)
    gateway.create_deployment(restApiId=api, stageName="live")
    known = {**where, "httpMethod": "GET", "authorizerId": asked, "stageName": "live"}
    plan = gateway.create_usage_plan(name="p", quota={"limit": 1, "period": "WEEK", "offset": 6})["id"]
    stands_for = {"ROOT": find(gateway, api, "/"), "PLAN": plan}

    def call(operation, **options):
        model = gateway.meta.service_model.operation_model(gateway.meta.method_to_api_mapping[operation])
        required = {name: known[name] for name in model.input_shape.required_members if name in known}
        given = {name: stands_for.get(str(value), value) for name, value in options.items()}
        return getattr(gateway, operation)(**{**required, **given})

    yield call
    gateway.delete_usage_plan(usagePlanId=plan)
    gateway.delete_rest_api(restApiId=api)


@pytest.mark.parametrize(("operation", "options", "code", "message"), REFUSED)
def test_what_cannot_be_is_refused(configured, operation, options, code, message):
    with refused(code, message):
        configured(operation, **options)


def test_a_mapping_may_name_a_parameter_that_is_declared_in_another_place(gateway, api):
    """Recorded on AWS: test_invoke_with_query_parameters of LocalStack's tests of Step Functions."""
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE", requestParameters={"method.request.path.p": False})
    mapping = {"integration.request.querystring.p": "method.request.querystring.p"}
    assert gateway.put_integration(**where, type="MOCK", requestParameters=mapping)["requestParameters"] == mapping


def test_reading_gateway_responses_changes_no_answer(engine, gateway, api, function):
    proxy(gateway, api, function(TEXT))  # which nobody lets API Gateway call
    gateway.create_deployment(restApiId=api, stageName="live")
    responses = {one["responseType"]: one for one in gateway.get_gateway_responses(restApiId=api)["items"]}
    assert responses["INTEGRATION_FAILURE"]["statusCode"] == "504"
    assert get(engine, api, "/live/thing") == (500, {"message": "Internal server error"})


def test_a_list_comes_in_pages_that_are_asked_for(gateway, api):
    for name in ("one", "two", "three"):
        gateway.create_request_validator(restApiId=api, name=name)
    first = gateway.get_request_validators(restApiId=api, limit=2)
    rest = gateway.get_request_validators(restApiId=api, limit=2, position=first["position"])
    assert [item["name"] for item in first["items"] + rest["items"]] == ["one", "two", "three"]
    assert "position" not in rest


def test_a_private_api_is_deployed_with_a_policy_and_called_by_nobody_here(engine, gateway):
    private = gateway.create_rest_api(name="engine-test", endpointConfiguration={"types": ["PRIVATE"]})["id"]
    mock(gateway, private)
    with refused("BadRequestException", "Private REST API doesn't have a resource policy attached to it"):
        gateway.create_deployment(restApiId=private, stageName="live")
    every = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    given = {"op": "replace", "path": "/policy", "value": json.dumps({"Version": "2012-10-17", "Statement": [every]})}
    gateway.update_rest_api(restApiId=private, patchOperations=[given])
    gateway.create_deployment(restApiId=private, stageName="live")
    assert get(engine, private, "/live/thing") == (403, {"message": "Forbidden"})
    gateway.delete_rest_api(restApiId=private)
