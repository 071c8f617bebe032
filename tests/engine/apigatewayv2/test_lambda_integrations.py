"""The event that a function gets from an HTTP API, and what becomes of what it returns.

Source, where a row has no other: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"
(2026-11).
"""

import base64
import json
import time

import pytest
from authorization_kit import allow
from http_api_kit import allow_gateway, arn_of, ask

ERROR = b'{"message":"Internal Server Error"}'
JSON, TEXT = "application/json", "text/plain; charset=utf-8"


@pytest.fixture(scope="module")
def url(make_api, v2, integrate):
    """An API with a route for each format: /two/{id}/{rest+}, /one/{id}, and stages $default and dev."""
    api = make_api()
    api_id = api["ApiId"]
    v2.create_route(ApiId=api_id, RouteKey="ANY /two/{id}/{rest+}", Target=integrate(api_id))
    one = integrate(api_id, PayloadFormatVersion="1.0")
    v2.create_route(ApiId=api_id, RouteKey="POST /one/{id}", Target=one)
    v2.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    v2.create_stage(ApiId=api_id, StageName="dev", AutoDeploy=True, StageVariables={"color": "red"})
    return api["ApiEndpoint"]


def test_an_event_of_format_2_0_has_what_aws_sends(url):
    sent = {"X-One": "1", "Cookie": "a=1; b=2", "User-Agent": "test", "Content-Type": "application/json"}
    event = ask(f"{url}/two/7/b%20c/d?x=1&x=2&y=%20z", "POST", b'{"k": 1}', **sent).json
    context, headers = event["requestContext"], event["headers"]
    api_id = context["apiId"]
    assert url.endswith(f"/{api_id}")
    host = f"{api_id}.execute-api.us-east-1.amazonaws.com"
    # Paths are decoded: github.com/middleapi/standard-server/pull/93, with recordings (2026-09).
    path = "/two/7/b c/d"
    assert {**event, "headers": None, "requestContext": None} == {
        "version": "2.0",
        "routeKey": "ANY /two/{id}/{rest+}",
        "rawPath": path,
        "rawQueryString": "x=1&x=2&y=%20z",
        "cookies": ["a=1", "b=2"],
        "headers": None,
        "queryStringParameters": {"x": "1,2", "y": " z"},
        "requestContext": None,
        "pathParameters": {"id": "7", "rest": "b c/d"},
        "body": '{"k": 1}',
        "isBase64Encoded": False,
    }
    assert headers == {name: value for name, value in headers.items() if name == name.lower() and name != "cookie"}
    assert (headers["x-one"], headers["content-length"], headers["x-forwarded-proto"]) == ("1", "8", "https")
    moment = (context.pop("requestId"), context.pop("time"), context.pop("timeEpoch"))
    assert len(moment[0]) == 16 and moment[1].endswith(" +0000") and abs(moment[2] / 1000 - time.time()) < 60
    assert context == {
        "accountId": "000000000000",
        "apiId": api_id,
        "domainName": host,
        "domainPrefix": api_id,
        "http": {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "test"},
        "routeKey": "ANY /two/{id}/{rest+}",
        "stage": "$default",
    }


def test_a_named_stage_is_part_of_the_path_and_has_its_variables(url):
    # github.com/aws-powertools/powertools-lambda-python/issues/621 (2021-08)
    event = ask(f"{url}/dev/two/7/x").json
    assert event["rawPath"] == event["requestContext"]["http"]["path"] == "/dev/two/7/x"
    assert (event["requestContext"]["stage"], event["stageVariables"]) == ("dev", {"color": "red"})


def test_an_event_of_format_1_0_has_what_aws_sends(url):
    event = ask(f"{url}/dev/one/7?x=1&x=2", "POST", b"text", Content_Type="text/plain", X_A="1").json
    parts = {name: event[name] for name in event if name not in ("headers", "multiValueHeaders", "requestContext")}
    assert parts == {
        "version": "1.0",
        "resource": "/one/{id}",
        "path": "/dev/one/7",
        "httpMethod": "POST",
        "queryStringParameters": {"x": "2"},
        "multiValueQueryStringParameters": {"x": ["1", "2"]},
        "pathParameters": {"id": "7"},
        "stageVariables": {"color": "red"},
        "body": "text",
        "isBase64Encoded": False,
    }
    # gist.github.com/metaskills/1eee9da3baaa5df9ac8426cc5fe12ca0: a recording (2020-06)
    assert {"Host", "User-Agent", "Content-Length", "X-Amzn-Trace-Id", "X-Forwarded-For"} <= set(event["headers"])
    assert event["multiValueHeaders"]["X-Forwarded-Port"] == ["443"]
    context = event["requestContext"]
    assert (context["resourcePath"], context["path"], context["httpMethod"]) == ("/one/{id}", "/dev/one/7", "POST")
    assert context["identity"]["sourceIp"] == "127.0.0.1" and context["requestTime"].endswith(" +0000")


BODIES = [  # content-type, body, as the function gets it
    ("application/json; charset=utf-8", b"{}", ("{}", False)),
    ("application/javascript", b"1", ("1", False)),
    # github.com/ministackorg/ministack/pull/766: what AWS takes for text, and nothing else (2026-06)
    ("application/problem+json", b"{}", ("e30=", True)),
    ("application/octet-stream", b"\x00\xff", (base64.b64encode(b"\x00\xff").decode(), True)),
    ("text/plain", b"\xff", (base64.b64encode(b"\xff").decode(), True)),
    ("application/x-www-form-urlencoded", b"a=1", (base64.b64encode(b"a=1").decode(), True)),
]


@pytest.mark.parametrize(("kind", "body", "expected"), BODIES)
def test_a_body_is_text_if_its_type_says_so_and_base64_otherwise(url, kind, body, expected):
    event = ask(f"{url}/two/1/x", "POST", body, Content_Type=kind).json
    assert (event["body"], event["isBase64Encoded"]) == expected


ANSWERS = [  # what a function returns in format 2.0: status, content-type, body
    ({"hello": "you"}, 200, JSON, b'{"hello": "you"}'),
    ("hi", 200, JSON, b"hi"),
    ([1, 2], 200, JSON, b"[1, 2]"),
    (None, 200, JSON, b"null"),
    ({"statusCode": 201, "body": "made"}, 201, TEXT, b"made"),
    ({"statusCode": "202"}, 202, TEXT, b""),
    ({"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<p>"}, 200, "text/html", b"<p>"),
    ({"statusCode": 200, "body": "aGk=", "isBase64Encoded": True}, 200, TEXT, b"hi"),
    # A malformed response is 500: "Troubleshooting issues with HTTP API Lambda integrations" (2026-11).
    ({"statusCode": 200, "body": {"a": 1}}, 500, JSON, ERROR),
    ({"statusCode": "many"}, 500, JSON, ERROR),
    ({"statusCode": 99}, 500, JSON, ERROR),
    # github.com/aws/aws-lambda-dotnet, LambdaTestTool-v2's integration tests against AWS (2026-11)
    ({"statusCode": 200.5, "body": "Hello"}, 500, JSON, ERROR),
    ('Special "quoted" text', 200, JSON, b'Special "quoted" text'),
    ("", 200, JSON, b""),
    (True, 200, JSON, b"true"),
    ({"statusCode": 200, "headers": ["a"]}, 500, JSON, ERROR),
    ({"statusCode": 200, "headers": {"x": "a\r\nb: c"}}, 500, JSON, ERROR),
    ({"statusCode": 200, "body": "?", "isBase64Encoded": True}, 500, JSON, ERROR),
]


@pytest.mark.parametrize(("value", "status", "kind", "body"), ANSWERS)
def test_what_a_function_returns_is_a_response_or_a_500(url, value, status, kind, body):
    answer = ask(f"{url}/two/1/x", x_return=json.dumps(value))
    assert (answer.status, answer.header("content-type"), answer.body) == (status, kind, body)
    assert len(answer.header("apigw-requestid")) == 16


def test_cookies_of_format_2_0_become_headers_and_several_values_are_format_1_0s(url):
    value = {"statusCode": 200, "cookies": ["a=1", "b=2"], "multiValueHeaders": {"x-many": ["1", "2"]}}
    two = ask(f"{url}/two/1/x", x_return=json.dumps(value))
    one = ask(f"{url}/one/1", "POST", x_return=json.dumps(value))
    assert (two.all("set-cookie"), two.all("x-many")) == (["a=1", "b=2"], [])
    assert (one.all("set-cookie"), one.all("x-many")) == ([], ["1", "2"])


def test_format_1_0_needs_a_status(url):
    assert ask(f"{url}/one/1", "POST", x_return='{"hello": "you"}').body == ERROR


def test_a_function_that_fails_is_a_500_and_one_that_is_too_slow_a_503(url, v2, make_api, integrate):
    assert (ask(f"{url}/two/1/x", x_fail="1").status, ask(f"{url}/two/1/x", x_fail="1").body) == (500, ERROR)
    api = make_api()
    target = integrate(api["ApiId"], TimeoutInMillis=300)
    v2.create_route(ApiId=api["ApiId"], RouteKey="GET /slow", Target=target)
    v2.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
    slow = ask(f"{api['ApiEndpoint']}/slow", x_sleep="1.5")
    assert (slow.status, slow.body) == (503, b'{"message":"Service Unavailable"}')


def test_a_role_of_the_integration_calls_the_function_instead_of_its_policy(deploy, make_api, v2, actors):
    name = deploy("def handler(event, context):\n    return 'hi'\n", permitted=False)
    trust = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}
    roles = {
        200: actors.role(allow("lambda:InvokeFunction", arn_of(name)), trust=trust),
        500: actors.role(trust=trust),  # that may not
    }
    for status, role in roles.items():
        api = make_api(Target=arn_of(name), CredentialsArn=role.arn)
        assert ask(api["ApiEndpoint"]).status == status
    assert v2.get_integrations(ApiId=api["ApiId"])["Items"][0]["CredentialsArn"] == role.arn


PERMISSIONS = [  # the end of the ARN that the function's policy allows, and the status of GET /items/7
    ("{api}/*/*/items/{{id}}", 200),  # as the CDK writes it (HttpLambdaIntegration, 2026-11)
    ("{api}/*/GET/items/*", 200),  # as SAM does (2026-11)
    ("{api}/$default/*/*", 200),
    ("{api}/*/POST/items/*", 500),
    ("{api}/dev/*", 500),
    ("other/*", 500),
]


@pytest.mark.parametrize(("source", "status"), PERMISSIONS)
def test_a_functions_policy_names_the_route(client, deploy, make_api, source, status):
    name = deploy("def handler(event, context):\n    return 'hi'\n", permitted=False)
    api = make_api(Target=arn_of(name), RouteKey="GET /items/{id}")
    allow_gateway(client("lambda"), name, source.format(api=api["ApiId"]))
    assert ask(f"{api['ApiEndpoint']}/items/7").status == status
