"""Function URLs: what a function sees of a request, and what a client sees of its answer.

Sources: Lambda Developer Guide, "Invoking Lambda function URLs" and "Creating and managing Lambda function URLs"
(2026-11); answers recorded on AWS: TestLambdaURL in LocalStack's tests (2024-04); rows have their own.
"""

import base64
import http.client
import json
import time
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from kit import secret

ECHO = "def handler(event, context):\n    return event"
# The function answers what the request's body holds; "raise" fails.
SAYS = "import json\ndef handler(event, context):\n    return json.loads(event['body'])['say']"
CORS = {
    "AllowOrigins": ["https://shop.example"],
    "AllowMethods": ["GET", "POST"],
    "AllowHeaders": ["content-type"],
    "ExposeHeaders": ["x-total"],
    "AllowCredentials": True,
    "MaxAge": 60,
}


class Url:
    """A function URL, open to everybody: `url("GET", "/path")` is status, headers (pairs), body."""

    def __init__(self, client, engine, call, auth="NONE", **options):
        lam = client("lambda")
        made = lam.create_function_url_config(FunctionName=call.name, AuthType=auth, **options)
        self.url, self.host, self.engine = made["FunctionUrl"], urlsplit(made["FunctionUrl"]).netloc, engine
        self.function = call.name
        everybody = {"FunctionName": call.name, "Principal": "*"}
        lam.add_permission(
            **everybody, StatementId="url", Action="lambda:InvokeFunctionUrl", FunctionUrlAuthType="NONE"
        )
        lam.add_permission(**everybody, StatementId="i", Action="lambda:InvokeFunction", InvokedViaFunctionUrl=True)

    def open(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection(urlsplit(self.engine.endpoint).netloc, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in (("Host", self.host), *headers):
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        return connection.getresponse()

    def __call__(self, *request, **options):
        answer = self.open(*request, **options)
        return answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read()

    def event(self, *request, **options):
        status, _, body = self(*request, **options)
        assert status == 200, body
        return json.loads(body)


@pytest.fixture
def url(function, client, engine):
    """`url(source)`: a function and its URL."""
    return lambda source=ECHO, runtime="python3.13", **options: Url(
        client, engine, function(source, runtime), **options
    )


def test_the_event_has_awss_fields(url):
    echo = url()
    headers = [("User-Agent", "test/echo"), ("X-Two", "a"), ("X-Two", "b"), ("X-Forwarded-For", "10.1.1.1")]
    event = echo.event("GET", "/pa2%20th/%C3%BC/1?q=a%20b&m=foo&m=%2Fbar&empty=", headers=headers)
    context, prefix = event.pop("requestContext"), echo.host.partition(".")[0]
    trace = event["headers"].pop("x-amzn-trace-id")
    assert trace.startswith("Root=1-")
    assert event == {
        "version": "2.0",
        "routeKey": "$default",
        # function URLs keep the encoding, HTTP APIs do not: hotsock/voker#8 (captured on AWS, 2026-09)
        "rawPath": "/pa2%20th/%C3%BC/1",
        "rawQueryString": "q=a%20b&m=foo&m=%2Fbar&empty=",
        "headers": {
            "host": echo.host,
            "user-agent": "test/echo",
            "x-two": "a,b",
            "x-forwarded-for": "10.1.1.1, 127.0.0.1",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
            "x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256",
            "x-amzn-tls-version": "TLSv1.3",
        },
        "queryStringParameters": {"q": "a b", "m": "foo,/bar", "empty": ""},
        "isBase64Encoded": False,
    }
    assert abs(context.pop("timeEpoch") / 1000 - time.time()) < 60
    assert time.strptime(context.pop("time"), "%d/%b/%Y:%H:%M:%S +0000")
    assert len(context.pop("requestId")) == 36
    assert context == {
        "accountId": "anonymous",
        "apiId": prefix,
        "domainName": echo.host.partition(":")[0],
        "domainPrefix": prefix,
        "http": {
            "method": "GET",
            "path": "/pa2%20th/%C3%BC/1",
            "protocol": "HTTP/1.1",
            "sourceIp": "127.0.0.1",
            "userAgent": "test/echo",
        },
        "routeKey": "$default",
        "stage": "$default",
    }


TEXT, BINARY = "Grüße".encode(), b"\xff\x00\x01"
FORM = b"a=1&b=%C3%BC"
# content type and body: what the event says; ministackorg/ministack#766, LeanerCloud/CUDly#1483 tried it on AWS (2026)
BODIES = {
    "text": ("text/plain", TEXT, (TEXT.decode(), False)),
    "json": ("application/json; charset=utf-8", TEXT, (TEXT.decode(), False)),
    "xml": ("application/xml", TEXT, (TEXT.decode(), False)),
    "javascript": ("application/javascript", b"x", ("x", False)),
    "a form": ("application/x-www-form-urlencoded", FORM, (base64.b64encode(FORM).decode(), True)),
    "JSON that curl -d calls a form": (
        "application/x-www-form-urlencoded",
        b'{"a": 1}',
        (base64.b64encode(b'{"a": 1}').decode(), True),
    ),
    "binary": ("application/octet-stream", BINARY, (base64.b64encode(BINARY).decode(), True)),
    "no type": (None, b"x", (base64.b64encode(b"x").decode(), True)),
    "text that is none": ("text/plain", BINARY, (base64.b64encode(BINARY).decode(), True)),
    "nothing": ("text/plain", b"", (None, False)),
}


def test_event_function_and_response_belong_to_one_trace(url):
    # Developer Guide, "Visualize Lambda function invocations using AWS X-Ray" (2026-11).
    source = """
import os
def handler(event, context):
    return [event["headers"]["x-amzn-trace-id"], os.environ["_X_AMZN_TRACE_ID"]]
"""
    call = url(source)
    for sent in ({}, {"X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793"}):
        _, headers, body = call("GET", "/", headers=sent.items())
        said = [*json.loads(body), dict(headers)["x-amzn-trace-id"], *sent.values()]
        assert len({trace.partition(";")[0] for trace in said}) == 1, said


def test_a_body_is_text_or_base64_by_its_content_type(url):
    echo = url()
    for content_type, body, expected in BODIES.values():
        headers = [("Content-Type", content_type)] if content_type else []
        event = echo.event("POST", "/", body=body, headers=headers)
        assert (event.get("body"), event["isBase64Encoded"]) == expected, content_type
        assert event["headers"]["content-length"] == str(len(body))


def test_cookies_come_and_go(url):
    echo = url("def handler(event, context):\n    return {'statusCode': 200, 'cookies': event['cookies'], 'body': 'x'}")
    status, headers, _ = echo("GET", "/", headers=[("Cookie", "s=1; t=2;u=a=b"), ("Cookie", "v=4")])
    assert status == 200
    assert [value for name, value in headers if name == "set-cookie"] == ["s=1", "t=2", "u=a=b", "v=4"]
    event = url().event("GET", "/", headers=[("Cookie", "s=1; t=2")])
    assert (event["cookies"], event["headers"]["cookie"]) == (["s=1", "t=2"], "s=1; t=2")


JSON_TYPE = ("content-type", "application/json")
# an answer: status, body, a header that is there. Recorded: TestLambdaURL.test_lambda_url_invocation (2024-04)
ANSWERS = {
    "a dictionary": ({"hello": "wörld"}, 200, '{"hello":"wörld"}'.encode(), JSON_TYPE),
    "a list": (["hello", 3, True], 200, b'["hello",3,true]', JSON_TYPE),
    "a text": ("hello", 200, b"hello", JSON_TYPE),
    "a number": (3.1, 200, b"3.1", JSON_TYPE),
    "a truth": (True, 200, b"true", JSON_TYPE),
    "nothing": (None, 200, b"null", JSON_TYPE),
    "a status and a body": ({"statusCode": 201, "body": "body123"}, 201, b"body123", JSON_TYPE),
    "a status that is a text": ({"statusCode": "418", "body": "teapot"}, 418, b"teapot", JSON_TYPE),
    "no body": ({"statusCode": 204}, 204, b"", JSON_TYPE),
    "headers": (
        {"statusCode": 200, "headers": {"Content-Type": "text/html", "X-Number": 5}, "body": "ü"},
        200,
        "ü".encode(),
        ("content-type", "text/html"),
    ),
    "a header that is no text": ({"statusCode": 200, "headers": {"X-Number": 5}}, 200, b"", ("x-number", "5")),
    "a header of the service": (
        {"statusCode": 200, "headers": {"Content-Length": "99"}, "body": "x"},
        200,
        b"x",
        ("x-amzn-remapped-content-length", "99"),
    ),
    "base64": ({"statusCode": 200, "isBase64Encoded": True, "body": "/wAB"}, 200, b"\xff\x00\x01", JSON_TYPE),
}
MALFORMED = {
    "a status that is none": {"statusCode": "many", "body": "x"},
    "a status too high": {"statusCode": 1000},
    "a body that is no text": {"statusCode": 200, "body": {"a": 1}},
    "headers that are none": {"statusCode": 200, "headers": ["a"]},
    "a header of many": {"statusCode": 200, "headers": {"a": ["b"]}},
    "a header of two lines": {"statusCode": 200, "headers": {"a": "b\r\nc: d"}},
    "cookies that are none": {"statusCode": 200, "cookies": "a=1"},
    "base64 that is none": {"statusCode": 200, "isBase64Encoded": True, "body": "not base64"},
}


def test_an_answer_becomes_the_response_that_aws_makes_of_it(url):
    says = url(SAYS)

    def said(answer):
        return says("POST", "/", body=json.dumps({"say": answer}).encode(), headers=[("Content-Type", "text/plain")])

    for name, (answer, status, body, header) in ANSWERS.items():
        got_status, headers, got_body = said(answer)
        assert (got_status, got_body) == (status, body), name
        assert header in headers, name
        assert len([True for header_name, _ in headers if header_name == "content-type"]) == 1, name
        assert {"x-amzn-requestid", "x-amzn-trace-id"} <= {header_name for header_name, _ in headers}, name
    for name, answer in MALFORMED.items():
        assert said(answer)[::2] == (502, b"Internal Server Error"), name
    status, _, body = says("GET", "/")  # no body: it raises
    assert (status, body) == (502, b"Internal Server Error")


def test_a_throttled_function_is_429(url, client):
    says = url(SAYS)
    client("lambda").put_function_concurrency(FunctionName=says.function, ReservedConcurrentExecutions=0)
    assert says("GET", "/")[0] == 429


@pytest.mark.parametrize(("given", "mode"), [({}, "BUFFERED"), ({"InvokeMode": "RESPONSE_STREAM"}, "RESPONSE_STREAM")])
def test_a_url_says_how_it_calls_whether_or_not_that_was_given(client, function, given, mode):
    """Recorded on AWS: TestLambdaUrl's "url_creation", "get_url_config" and "list_all"."""
    lam, name = client("lambda"), function(ECHO).name
    made = lam.create_function_url_config(FunctionName=name, AuthType="AWS_IAM", **given)
    (listed,) = lam.list_function_url_configs(FunctionName=name)["FunctionUrlConfigs"]
    assert lam.get_function_url_config(FunctionName=name)["InvokeMode"] == listed["InvokeMode"] == mode
    assert made.get("InvokeMode") == given.get("InvokeMode")


def test_a_url_that_is_not_there_is_403(url):
    nobody = url()
    nobody.host = f"{'0' * 32}.lambda-url.us-east-1.localhost"
    status, headers, body = nobody("GET", "/")
    assert (status, body) == (403, b'{"Message":null}')
    assert ("x-amzn-errortype", "AccessDeniedException") in headers


def test_a_url_has_a_name_that_browsers_and_curl_resolve_and_answers_to_awss_own(url):
    echo = url()
    prefix = echo.host.partition(".localhost:")[0]
    for name in (f"{prefix}.localhost:{echo.engine.port}", f"{prefix}.on.aws"):
        echo.host = name
        assert echo.event("GET", "/")["requestContext"]["domainName"] == name.partition(":")[0]


def test_with_aws_iam_the_event_says_who_signed(url, engine):
    echo = url(auth="AWS_IAM")
    signed = AWSRequest("GET", echo.url, headers={"Host": echo.host})
    SigV4Auth(Credentials("test", secret(engine)), "lambda", "us-east-1").add_auth(signed)
    context = echo.event("GET", "/", headers=list(signed.headers.items())[1:])["requestContext"]
    assert context["accountId"] == "000000000000"
    identity = context["authorizer"]["iam"]
    assert identity["accessKey"] == "test"
    assert (identity["userArn"], identity["accountId"]) == ("arn:aws:iam::000000000000:root", "000000000000")
    assert echo("GET", "/")[0] == 403


def test_a_cors_configuration_answers_preflights_and_adds_headers(url):
    says = url(
        "def handler(event, context):\n    return {'statusCode': 200, 'headers': {'X-Total': '1'}, 'body': 'x'}",
        Cors=CORS,
    )
    origin, other = ("Origin", "https://shop.example"), ("Origin", "https://other.example")
    asks = ("Access-Control-Request-Method", "POST")
    status, headers, body = says("OPTIONS", "/", headers=[origin, asks])
    assert (status, body) == (200, b"")
    common = {
        "access-control-allow-origin": "https://shop.example",
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "x-total",
        "vary": "Origin",
    }
    preflight = {
        **common,
        "access-control-allow-methods": "GET,POST",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "60",
    }
    control = ("access-control-", "vary")
    assert {name: value for name, value in headers if name.startswith(control)} == preflight
    status, headers, body = says("GET", "/", headers=[origin])
    assert (status, body) == (200, b"x")
    assert {name: value for name, value in headers if name.startswith(control)} == common
    for request in (("GET", [other]), ("GET", []), ("OPTIONS", [other, asks])):
        _, headers, _ = says(request[0], "/", headers=request[1])
        assert not [name for name, _ in headers if name.startswith(control)], request


def test_without_cors_a_preflight_goes_to_the_function(url):
    headers = [("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST")]
    assert url().event("OPTIONS", "/", headers=headers)["requestContext"]["http"]["method"] == "OPTIONS"


STREAM = "exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {{ {} }})"
WAIT = "await new Promise((r) => setTimeout(r, {}));"
METADATA = "{ statusCode: 201, headers: { 'Content-Type': 'text/html', 'X-Two': '2' }, cookies: ['a=1', 'b=2'] }"


def test_a_url_that_streams_passes_on_the_first_bytes_before_the_handler_ends(url):
    source = (
        f"stream = awslambda.HttpResponseStream.from(stream, {METADATA}); stream.write('one ');"
        f"{WAIT.format(1500)} stream.write('two'); stream.end();"
    )
    streaming = url(STREAM.format(source), "nodejs22.x", InvokeMode="RESPONSE_STREAM")
    began = time.monotonic()
    answer = streaming.open("GET", "/")
    first = answer.read1(4)
    took = time.monotonic() - began
    assert (answer.status, first, answer.read()) == (201, b"one ", b"two")
    assert time.monotonic() - began - took > 1
    assert (answer.headers["Content-Type"], answer.headers["X-Two"]) == ("text/html", "2")
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_a_stream_without_metadata_has_its_own_content_type(url):
    source = "stream.setContentType('text/plain'); stream.write('plain'); stream.end()"
    status, headers, body = url(STREAM.format(source), "nodejs22.x", InvokeMode="RESPONSE_STREAM")("GET", "/")
    assert (status, body) == (200, b"plain")
    assert ("content-type", "text/plain") in headers


def test_an_error_is_502_before_the_first_byte_and_cuts_the_response_off_after_it(url):
    early = url(STREAM.format("throw new Error('early')"), "nodejs22.x", InvokeMode="RESPONSE_STREAM")
    assert early("GET", "/")[::2] == (502, b"Internal Server Error")
    source = STREAM.format(f"stream.write('one'); {WAIT.format(200)} throw new Error('mid')")
    late = url(source, "nodejs22.x", InvokeMode="RESPONSE_STREAM").open("GET", "/")
    with pytest.raises(http.client.IncompleteRead) as caught:
        late.read()
    assert (late.status, caught.value.partial) == (200, b"one")


def test_a_url_that_streams_sends_what_is_not_streamed_as_it_is(url):
    """TestLambdaURL.test_lambda_url_echo_invoke[RESPONSE_STREAM], recorded on AWS (2024-04)."""
    says = url(
        "def handler(event, context):\n    return {'statusCode': 404, 'body': 'x'}", InvokeMode="RESPONSE_STREAM"
    )
    status, _, body = says("GET", "/")
    assert (status, json.loads(body)) == (200, {"statusCode": 404, "body": "x"})


def test_a_url_that_buffers_collects_what_is_streamed(url):
    source = f"stream.write('one '); {WAIT.format(100)} stream.write('two'); stream.end();"
    status, _, body = url(STREAM.format(source), "nodejs22.x")("GET", "/")
    assert (status, body) == (200, b"one two")
