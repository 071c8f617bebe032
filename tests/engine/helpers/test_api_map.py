"""The API map against a real API: what its form sends, the gateway answers, and the commands it shows do the same."""

import shutil
import subprocess
import uuid
from types import SimpleNamespace

import pytest

from helpers.errors import LabError
from helpers.widgets import ApiMap

TELL = """
import json
def handler(event, context):
    told = {key: event[key] for key in ("httpMethod", "path", "queryStringParameters", "body")}
    return {"statusCode": 201, "headers": {"Content-Type": "application/json"}, "body": json.dumps(told)}
"""


@pytest.fixture
def shown(engine, client, function):
    """The map of an API whose method ANY on /{hello+} calls a function; not deployed."""
    lab = SimpleNamespace(client=client, endpoint=engine.endpoint, region="us-east-1")
    call, gateway, lam = function(TELL), client("apigateway"), client("lambda")
    api = gateway.create_rest_api(name=f"map-{uuid.uuid4().hex[:8]}")["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    resource = gateway.create_resource(restApiId=api, parentId=root, pathPart="{hello+}")["id"]
    method = {"restApiId": api, "resourceId": resource, "httpMethod": "ANY"}
    gateway.put_method(**method, authorizationType="NONE")
    arn = lam.get_function_configuration(FunctionName=call.name)["FunctionArn"]
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations"
    gateway.put_integration(**method, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    who = {"Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com"}
    lam.add_permission(FunctionName=call.name, StatementId="gateway", **who)
    yield ApiMap(lab, api)
    gateway.delete_rest_api(restApiId=api)


def test_a_method_is_tested_before_it_is_deployed(shown):
    with pytest.raises(LabError, match="create a deployment, or use test"):
        shown.send("POST", "/you")
    answer = shown.test("POST", "/you/there", query={"a": "1"}, body="b")
    told = '{"httpMethod": "POST", "path": "/you/there", "queryStringParameters": {"a": "1"}, "body": "b"}'
    assert repr(answer) == f"POST /you/there?a=1\n201 Created\nContent-Type: application/json\n\n{told}"
    assert "Starting execution for request" in answer.log


def test_the_form_follows_a_deployment_and_sends_through_its_stage(shown, client):
    assert "application/vnd.jupyter.widget-view+json" in shown._repr_mimebundle_()
    form = shown._form
    form.open.value = form.follow.value = True
    assert "dasharray" in form.picture.value
    client("apigateway").create_deployment(restApiId=shown.api.id, stageName="test")
    assert "dasharray" not in form.picture.value and form.stage.value == "test"
    form.verb.value, form.query.value = "PUT", "a=ø"
    form.buttons["Send"].click()
    assert (shown.answer.status, shown.answer.call.target) == (201, "/hello?a=ø")
    assert '"queryStringParameters": {"a": "\\u00f8"}' in shown.answer.body
    assert "201 Created" in form.answer.value
    form.path.value = "/"
    form.buttons["Send"].click()
    assert "403 Forbidden" in form.answer.value and "Missing Authentication Token" in form.answer.value
    form.box.close()
    client("apigateway").create_deployment(restApiId=shown.api.id, stageName="test")
    assert shown._following == []


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on this machine")
def test_the_curl_command_that_is_shown_gets_the_same_answer(shown, client):
    client("apigateway").create_deployment(restApiId=shown.api.id, stageName="test")
    answer = shown.send("POST", "/you", query={"a": "it's"}, body='{"b": "ø"}', headers={"X-B": "c d"})
    done = subprocess.run(answer.how["curl"], shell=True, capture_output=True, text=True, check=True)
    head, _, body = done.stdout.partition("\n\n")
    assert head.splitlines()[0].split()[1] == "201"
    assert body == answer.body
