"""Execution logs of a stage: API-Gateway-Execution-Logs_{api}/{stage}.

Source: execution logs recorded on AWS for a parser's tests (2019; `execution_log_lines` says which), AWS re:Post, "How
can I use Amazon API Gateway logs for troubleshooting?", and the Developer Guide, "Set up CloudWatch logging" (2026-11).
"""

import re

import pytest
from rest_api_kit import get

SOURCE = """
import json
def handler(event, context):
    if event["path"] == "/broken":
        raise ValueError("no")
    return {"body": json.dumps({"tea": event["queryStringParameters"]})}
"""
BEGINNING = [
    "Extended Request Id: ",
    "Verifying Usage Plan for request: ID. API Key:  API Stage: API/live",
    "API Key  authorized because method 'GET /tea' does not require API Key. Request will not contribute",
    "Usage Plan check succeeded for API Key  and API Stage API/live",
    "Starting execution for request: ID",
    "HTTP Method: GET, Resource Path: /tea",
]
END = ["Successfully completed execution", "Method completed with status: 200"]
CALLED = "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:"
TRACE = [
    "Method request path: {}",
    "Method request query string: {kind=green}",
    "Method request headers: {",
    "Method request body before transformations: ",
    f"Endpoint request URI: {CALLED}",
    "Endpoint request headers: {",
    "Endpoint request body after transformations: {",
    f"Sending request to {CALLED}",
    "Received response. Status: 200, Integration latency: ",
    "Endpoint response headers: {",
    'Endpoint response body before transformations: {"body"',
    'Method response body after transformations: {"tea": {"kind": "green"}}',
    "Method response headers: {",
]
FAILED = ["Lambda execution failed with status 200 due to customer function error", "Method completed with status: 502"]
BROKEN = [line.replace("/tea", "/broken") for line in BEGINNING]


@pytest.fixture(scope="module")
def house(house):
    uri = house.function(SOURCE)
    house.permit(uri, "*")
    for path in ("tea", "broken"):
        house.method(path, uri)
    house.deploy()
    return house


@pytest.mark.parametrize(
    ("level", "trace", "path", "status", "expected"),
    [
        ("OFF", "false", "tea?kind=green", 200, None),
        ("INFO", "false", "tea?kind=green", 200, [*BEGINNING, *END]),
        ("INFO", "true", "tea?kind=green", 200, [*BEGINNING, *TRACE, *END]),
        ("INFO", "false", "broken", 502, [*BROKEN, *FAILED]),
        ("ERROR", "false", "broken", 502, FAILED),
        ("ERROR", "false", "tea", 200, None),
        ("INFO", "true", "nowhere", 403, None),
    ],
)
def test_a_stages_level_says_what_of_a_request_is_logged(house, client, level, trace, path, status, expected):
    logs, group = client("logs"), f"API-Gateway-Execution-Logs_{house.api}/live"
    changes = {"loglevel": level, "dataTrace": trace}
    house.gateway.update_stage(
        restApiId=house.api,
        stageName="live",
        patchOperations=[
            {"op": "replace", "path": f"/*/*/logging/{key}", "value": value} for key, value in changes.items()
        ],
    )
    assert get(house.engine, house.api, f"/live/{path}")[0] == status
    found = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    if expected is None:
        assert found == []
        return
    lines = [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]
    logs.delete_log_group(logGroupName=group)
    (request,) = {re.match(r"\(([0-9a-f-]{36})\) ", line)[1] for line in lines}
    told = [line.removeprefix(f"({request}) ").replace(request, "ID").replace(house.api, "API") for line in lines]
    assert [line[: len(start)] for line, start in zip(told, expected, strict=False)] == expected
    assert len(told) == len(expected)
    assert not any("Credential=" in line or "x-localstack" in line for line in told)
