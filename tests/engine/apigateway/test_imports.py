"""APIs imported from OpenAPI documents: what the extensions for API Gateway say acts."""

import json

import pytest
from authorization_kit import Actors, allow, refused
from rest_api_kit import ECHO, House

MOCK = {
    "type": "mock",
    "requestTemplates": {"application/json": '{"statusCode": 200}'},
    "responses": {"default": {"statusCode": "200"}},
}
SCHEMES = {
    "sigv4": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
    "pool": {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools", "providerARNs": ["arn:aws:cognito-idp:x"]},
    },
}


def imported(house, paths, **document):
    body = {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths, **document}
    house.gateway.put_rest_api(restApiId=house.api, mode="overwrite", body=json.dumps(body).encode())
    house.deploy()


def mocked(**described):
    return {"responses": {"200": {}}, "x-amazon-apigateway-integration": MOCK, **described}


# "x-amazon-apigateway-authtype" and "x-amazon-apigateway-auth", API Gateway Developer Guide (2026-11): (a method, the
# document's default, the status for who does not sign)
AUTHORIZED = {
    "a scheme of the method": (mocked(security=[{"sigv4": []}]), None, 403),
    "a scheme of the document": (mocked(), [{"sigv4": []}], 403),
    "none of the method": (mocked(security=[]), [{"sigv4": []}], 200),
    "its own kind": (mocked(**{"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}), None, 403),
    "a user pool": (mocked(security=[{"pool": []}]), None, 401),
}


@pytest.mark.parametrize(("method", "default", "status"), AUTHORIZED.values(), ids=list(AUTHORIZED))
def test_authorization_is_imported(house, method, default, status):
    imported(house, {"/a": {"get": method}}, security=default or [], components={"securitySchemes": SCHEMES})
    assert house.ask("/a")[0] == status


def test_gateway_responses_are_imported(house):
    given = {"DEFAULT_4XX": {"statusCode": 418, "responseTemplates": {"application/json": '{"no": "tea"}'}}}
    imported(house, {"/a": {"get": mocked()}}, **{"x-amazon-apigateway-gateway-responses": given})
    assert house.ask("/b")[::2] == (418, {"no": "tea"})


def test_an_integrations_role_is_imported(house, engine, client):
    actors = Actors(engine, client)
    service = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = actors.role(allow("lambda:InvokeFunction"), trust=service)
    by_role = {"type": "aws_proxy", "httpMethod": "POST", "uri": house.function(ECHO), "credentials": role.arn}
    try:
        imported(house, {"/a": {"get": {"x-amazon-apigateway-integration": by_role}}})
        assert house.ask("/a")[0] == 200
        by_role.pop("credentials")
        imported(house, {"/a": {"get": {"x-amazon-apigateway-integration": by_role}}})
        assert house.ask("/a")[0] == 500
    finally:
        actors.clean_up()


def test_a_body_in_swagger_has_the_model_that_its_schema_refers_to(house):
    body = {"in": "body", "name": "anything", "schema": {"$ref": "#/definitions/Pet"}}
    document = {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": mocked(parameters=[body])}},
        "definitions": {"Pet": {"type": "object"}},
    }
    house.gateway.put_rest_api(restApiId=house.api, mode="overwrite", body=json.dumps(document).encode())
    where = next(item for item in house.gateway.get_resources(restApiId=house.api)["items"] if item["path"] == "/a")
    method = house.gateway.get_method(restApiId=house.api, resourceId=where["id"], httpMethod="POST")
    assert method["requestModels"] == {"application/json": "Pet"}


def test_what_an_integration_cannot_do_here_is_not_imported(house):
    with refused("BadRequestException", "part of this engine"):
        imported(house, {"/a": {"get": {"x-amazon-apigateway-integration": MOCK | {"responseTransferMode": "STREAM"}}}})


def test_merging_keeps_what_the_document_has_not_and_overwriting_does_not(engine, client):
    made = House(engine, client)
    try:
        paths = {name: {"get": mocked()} for name in ("/a", "/a/b", "/c")}
        for mode, given, statuses in (
            ("overwrite", {"/a/b": paths["/a/b"]}, [403, 200, 403]),
            ("merge", {"/a": paths["/a"]}, [200, 200, 403]),
            ("overwrite", {"/c": paths["/c"]}, [403, 403, 200]),
        ):
            document = {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": given}
            made.gateway.put_rest_api(restApiId=made.api, mode=mode, body=json.dumps(document).encode())
            made.deploy()
            assert [made.ask(path)[0] for path in paths] == statuses, mode
    finally:
        made.clean_up()


def imported_anew(gateway, document, **options):
    """ImportRestApi of a document; its resources' paths, each with its methods, and AWS's warnings."""
    made = gateway.import_rest_api(body=json.dumps(document).encode(), **options)
    try:
        items = gateway.get_resources(restApiId=made["id"])["items"]
        return {item["path"]: [*item.get("resourceMethods", {})] for item in items}, made.get("warnings", [])
    finally:
        gateway.delete_rest_api(restApiId=made["id"])


# "Set the OpenAPI basePath property for REST APIs", API Gateway Developer Guide (2026-11): (basepath, paths)
BASE_PATHS = [
    ("ignore", {"/": [], "/x": ["GET"]}),
    ("prepend", {"/": [], "/a": [], "/a/b": [], "/a/b/x": ["GET"]}),
    ("split", {"/": [], "/b": [], "/b/x": ["GET"]}),
]


@pytest.mark.parametrize(("mode", "paths"), BASE_PATHS)
@pytest.mark.parametrize("base", [{"swagger": "2.0", "basePath": "/a/b"}, {"openapi": "3.0.1"}], ids=["2.0", "3.0"])
def test_the_base_path_of_an_imported_document_is_put_where_the_caller_says(house, base, mode, paths):
    servers = {} if "basePath" in base else {"servers": [{"url": "https://example.com/a/b"}]}
    document = {**base, **servers, "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": mocked()}}}
    assert imported_anew(house.gateway, document, parameters={"basepath": mode})[0] == paths


@pytest.mark.parametrize("accepts", ["application/json", "application/yaml"])
@pytest.mark.parametrize("kind", ["oas30", "swagger"])
def test_what_is_exported_and_imported_again_asks_callers_for_the_same(house, kind, accepts):
    """Exports that people have published, and LocalStack's recordings of AWS's: `exported_documents`."""
    gateway, lambda_authorizer = (
        house.gateway,
        {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": house.function(ECHO)},
        },
    )
    key = {"type": "apiKey", "name": "x-api-key", "in": "header"}
    schemes = {**SCHEMES, "key": key, "asked": lambda_authorizer}
    needed = {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}
    paths = {
        "/a": {
            "get": mocked(security=[{"sigv4": []}, {"key": []}], parameters=[needed]),
            "x-amazon-apigateway-any-method": mocked(security=[{"asked": []}]),
        }
    }
    imported(house, paths, components={"securitySchemes": schemes})

    def methods(api):
        (item,) = (item for item in gateway.get_resources(restApiId=api)["items"] if item["path"] == "/a")
        every = [gateway.get_method(restApiId=api, resourceId=item["id"], httpMethod=name) for name in ("GET", "ANY")]
        return [[one.get(of) for of in ("authorizationType", "apiKeyRequired", "requestParameters")] for one in every]

    extensions = {"extensions": "apigateway"}
    exported = gateway.get_export(
        restApiId=house.api, stageName="live", exportType=kind, accepts=accepts, parameters=extensions
    )
    body = exported["body"].read()
    assert exported["contentDisposition"].endswith(f'.{accepts[-4:]}"')
    again = gateway.import_rest_api(body=body)["id"]
    required = {"method.request.querystring.q": True}
    try:
        assert methods(house.api) == methods(again) == [["AWS_IAM", True, required], ["CUSTOM", False, None]]
    finally:
        gateway.delete_rest_api(restApiId=again)
    host = f"{house.api}.execute-api.us-east-1.amazonaws.com"
    assert (f"https://{host}/{{basePath}}" if kind == "oas30" else host).encode() in body


NO_MODEL = "Reference to model 'Nope' not found. Ignoring."


@pytest.mark.parametrize(
    ("document", "schema"),
    [
        ({"openapi": "3.0.1"}, {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nope"}}}}),
        ({"swagger": "2.0"}, {"schema": {"$ref": "#/definitions/Nope"}}),
        ({"swagger": "2.0"}, {"schema": {"type": "array", "items": {"$ref": "#/definitions/Nope"}}}),
    ],
)
def test_a_model_that_a_document_does_not_have_is_ignored_with_a_warning(house, document, schema):
    """AWS's warning, from public reports: `imported_documents`."""
    paths = {"/x": {"get": mocked(responses={"200": {"description": "d", **schema}})}}
    body = {**document, "info": {"title": "t", "version": "1"}, "paths": paths}
    found, warnings = imported_anew(house.gateway, body)
    assert (found["/x"], warnings) == (["GET"], [NO_MODEL])
    with refused("BadRequestException", NO_MODEL):
        imported_anew(house.gateway, body, failOnWarnings=True)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"paths": {"/x": {"get": mocked(responses={"200": {"$ref": "#/components/responses/Nope"}})}}}, "Nope leads"),
        ({"components": {"schemas": {"a_b": {"type": "object"}}}}, "Model name must be alphanumeric: a_b"),
    ],
)
def test_a_document_that_cannot_be_imported_leaves_no_api(house, more, message):
    before = len(house.gateway.get_rest_apis()["items"])
    with refused("BadRequestException", message):
        imported_anew(house.gateway, {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}, **more})
    assert len(house.gateway.get_rest_apis()["items"]) == before
