"""Methods, models, integration responses and deployments of a REST API, as AWS keeps them."""

import json

import pytest
from rest_api_kit import TEXT, find, mock, proxy, resource

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
