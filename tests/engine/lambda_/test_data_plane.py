"""An `Invoke` takes a short way through the engine: its answers are those of the long one."""

import base64
import json
import threading

import boto3
import pytest
from botocore.exceptions import ClientError
from kit import ROLE, secret, wait_until_active, zipped

from helpers.backend.clients import client_config

FUNCTION = """
import time

def handler(event, context):
    print("Received", event)
    if event.get("fail"):
        raise ValueError("as told")
    time.sleep(event.get("sleep", 0))
    return {"arn": context.invoked_function_arn, "custom": context.client_context and context.client_context.custom}
"""
ARN = "arn:aws:lambda:us-east-1:000000000000:function:short-way"
CONTEXT = base64.b64encode(b'{"custom": {"a": "b"}}').decode()
ROWS = {
    "name": {},
    "arn": {"FunctionName": ARN},
    "partial arn": {"FunctionName": "000000000000:function:short-way"},
    "qualified name": {"FunctionName": "short-way:live"},
    "qualifier": {"Qualifier": "live"},
    "$LATEST": {"Qualifier": "$LATEST"},
    "type": {"InvocationType": "RequestResponse"},
    "context": {"ClientContext": CONTEXT},
    "error": {"Payload": b'{"fail": 1}'},
    "no payload": {"Payload": b""},
    "no json": {"Payload": b"{"},
    "nobody": {"FunctionName": "nobody"},
    "no such version": {"Qualifier": "7"},
    "no such alias": {"Qualifier": "nobody"},
    "two qualifiers": {"FunctionName": "short-way:live", "Qualifier": "1"},
    "another region": {"FunctionName": ARN.replace("us-east-1", "eu-west-1")},
    "no context": {"ClientContext": "no base64"},
    "dry run": {"InvocationType": "DryRun"},
    "no type": {"InvocationType": "Sometimes"},
    "no log type": {"LogType": "Head"},
}


def the_long_way(request, **_):
    request.headers["Content-Encoding"] = "identity"  # the short one does not look at bodies


@pytest.fixture(scope="module")
def short_way(client):
    lam = client("lambda")
    lam.create_function(
        FunctionName="short-way",
        Runtime="python3.13",
        Handler="index.handler",
        Role=ROLE,
        Code={"ZipFile": zipped({"index.py": FUNCTION})},
    )
    wait_until_active(lam, "short-way")
    version = lam.publish_version(FunctionName="short-way")["Version"]
    lam.create_alias(FunctionName="short-way", Name="live", FunctionVersion=version)
    wait_until_active(lam, f"short-way:{version}")
    yield "short-way"
    lam.delete_function(FunctionName="short-way")


@pytest.fixture(params=["", "a wrong secret"])
def ways(request, engine):
    """A client that takes the short way, and one that takes the long way."""

    def make():
        return boto3.client(
            "lambda",
            endpoint_url=engine.endpoint,
            config=client_config(local=True),
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key=request.param or secret(engine),
        )

    short, long = make(), make()
    long.meta.events.register("before-sign.lambda.Invoke", the_long_way)
    return short, long


def answer(client, **request):
    """What does not change from call to call."""
    try:
        response = client.invoke(**request)
        log = base64.b64decode(response.get("LogResult", "")).decode()
        said = {"Payload": response["Payload"].read(), "log": "START" in log}
    except ClientError as error:
        response, said = error.response, {}
    headers = response["ResponseMetadata"]["HTTPHeaders"].keys() - {"date"}
    kept = {name: value for name, value in response.items() if name not in ("ResponseMetadata", "LogResult", "Payload")}
    payload = said.get("Payload", b"")
    if b"requestId" in payload:
        said["Payload"] = {name: value for name, value in json.loads(payload).items() if name != "requestId"}
    return response["ResponseMetadata"]["HTTPStatusCode"], sorted(headers), kept, said


@pytest.mark.parametrize("row", ROWS)
def test_the_short_way_answers_as_the_long_one(row, short_way, ways):
    request = {"FunctionName": short_way, "Payload": b"{}", "LogType": "Tail"} | ROWS[row]
    short, long = (answer(client, **request) for client in ways)
    assert short == long


def test_invocations_that_wait_hold_no_other_up(short_way, client):
    """More of them than the machine has processors: each waits for its function, and another is answered meanwhile."""
    request = {"FunctionName": short_way, "Payload": b'{"sleep": 2}'}
    slow = [threading.Thread(target=client("lambda").invoke, kwargs=request) for _ in range(8)]
    for each in slow:
        each.start()
    assert client("lambda").invoke(FunctionName=short_way, Payload=b"{}")["StatusCode"] == 200
    assert any(each.is_alive() for each in slow)
    for each in slow:
        each.join()
