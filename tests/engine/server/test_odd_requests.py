"""Requests that nobody means to send. Whatever the answer, the engine goes on serving, and its memory stays."""

import socket
import urllib.request

import pytest
from botocore.exceptions import ClientError
from kit import peak_bytes

MB = 1024 * 1024
HOST = b"Host: 127.0.0.1\r\n"
HEALTH = b"GET /_localstack/health HTTP/1.1\r\n" + HOST
LEVELS = "".join(f"level{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
BOMB = f"level0: &a0 [{', '.join('x' * 10)}]\n{LEVELS}"  # ten billion, in 600 bytes
SIGNED = "AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"


def answer(engine, data: bytes) -> bytes:
    """What the engine says to these bytes, until it closes the connection or waits for more."""
    with socket.create_connection(("127.0.0.1", engine.port), timeout=60) as connection:
        connection.sendall(data)
        return connection.recv(65536)


@pytest.mark.parametrize(
    "line",
    [
        b"GET /\xff\xfe HTTP/1.1",
        b"GET /?\xff=\xfe HTTP/1.1",
        b"GET http://127.0.0.1/\xff HTTP/1.1",
        b"GET /",
        b"GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 " + b"Credential=" * 1400,
    ],
    ids=["path", "query", "absolute", "HTTP/0.9", "credentials"],
)
def test_a_line_that_is_not_http_is_a_bad_request(engine, client, line):
    assert answer(engine, line + b"\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 400 ")
    assert client("sts").get_caller_identity()["Account"] == "000000000000"


@pytest.mark.parametrize(
    "data",
    [
        b"FROB / HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /%zz/%ff%c0%af HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe..[::\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: y\r\n" % n for n in range(10_000)) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET /_localstack/health HTTP/1.0\r\n\r\n",
        b"GET http:///_localstack/health HTTP/9.9\r\n" + HOST + b"\r\n",
    ],
    ids=["method", "percent", "host", "headers", "hosts", "HTTP/1.0", "absolute"],
)
def test_an_odd_request_is_answered_and_the_next_one_too(engine, client, data):
    assert answer(engine, data)
    assert client("sts").get_caller_identity()["Account"] == "000000000000"


def test_a_handshake_that_is_none_ends_its_connection_and_the_next_request_is_answered(engine, client):
    assert answer(engine, b"\x16\x03\x01\x00\x05hello") == b""
    assert client("sts").get_caller_identity()["Account"] == "000000000000"


def test_http_2_is_not_spoken(engine):
    """AWS's clients speak HTTP/1.1."""
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(3) + b"\4" + bytes(5)
    assert answer(engine, preface).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("service", "content_type", "body"),
    [
        ("dynamodb", "application/x-amz-json-1.0", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        ("s3", "application/xml", b"<a>" * 100_000 + b"</a>" * 100_000),
        ("monitoring", "application/cbor", b"\x81" * 1_000_000),
        ("monitoring", "application/cbor", b"\x9b\x00\x00\x00\xff\xff\xff\xff\xff"),
        ("iam", "application/x-www-form-urlencoded", b"Action=ListUsers&A" + b".member.1" * 10_000 + b"=1"),
    ],
    ids=["json", "xml", "cbor", "cbor-length", "form"],
)
def test_a_deep_body_is_answered_and_the_next_request_too(engine, client, service, content_type, body):
    headers = {"Content-Type": content_type, "Authorization": SIGNED.format(service)}
    request = urllib.request.Request(engine.endpoint, body, headers)
    opener = urllib.request.OpenerDirector()  # without what raises for a status
    opener.add_handler(urllib.request.HTTPHandler())
    assert opener.open(request, timeout=60).status >= 200
    assert client("sts").get_caller_identity()["Account"] == "000000000000"


def test_a_template_with_aliases_is_refused_in_awss_words(client, engine):
    peak = peak_bytes(engine.pid)
    template = f"{BOMB}Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Metadata: *a9\n"
    cloudformation = client("cloudformation")
    with pytest.raises(ClientError, match="YAML aliases are not allowed in CloudFormation templates") as error:
        cloudformation.create_stack(StackName="bomb", TemplateBody=template)
    assert error.value.response["Error"]["Code"] == "ValidationError"
    with pytest.raises(ClientError, match="ValidationError"):
        cloudformation.validate_template(TemplateBody=template)
    assert peak_bytes(engine.pid) - peak < 200 * MB


def test_a_template_that_is_nested_too_deeply_is_refused(client):
    with pytest.raises(ClientError, match="Template format error: the template is nested too deeply"):
        client("cloudformation").create_stack(
            StackName="deep", TemplateBody="Resources: " + "[" * 20_000 + "]" * 20_000
        )


def test_an_api_definition_may_have_aliases_but_not_ones_that_stand_for_gigabytes(client, engine):
    gateway = client("apigateway")
    definition = "swagger: '2.0'\ninfo: {title: &title imported, description: *title}\npaths: {}\n"
    api = gateway.import_rest_api(body=definition.encode())
    assert api["name"] == "imported"
    peak = peak_bytes(engine.pid)
    with pytest.raises(ClientError):
        gateway.import_rest_api(body=(definition + BOMB + "x-bomb: *a9\n").encode())
    assert peak_bytes(engine.pid) - peak < 200 * MB
    gateway.delete_rest_api(restApiId=api["id"])


def everything(connection: socket.socket) -> bytes:
    """What the engine says until it closes the connection."""
    said = b""
    while more := connection.recv(65536):
        said += more
    return said


def test_requests_that_are_sent_in_advance_are_all_answered(engine, client):
    """Hundreds of invocations, each refused at once: none begins on the stack of the one before."""
    with pytest.raises(ClientError):  # loads the service, else they take the long way
        client("lambda").get_function(FunctionName="nobody")
    invoke = b"POST /2015-03-31/functions/nobody/invocations HTTP/1.1\r\n" + HOST
    invoke += b"Authorization: " + SIGNED.format("lambda").encode() + b"\r\nContent-Length: 0\r\n"
    with socket.create_connection(("127.0.0.1", engine.port), timeout=60) as connection:
        connection.sendall((HEALTH + b"\r\n") * 2 + (invoke + b"\r\n") * 1000 + invoke + b"Connection: close\r\n\r\n")
        assert everything(connection).count(b"HTTP/1.1 ") == 1003


def test_who_sends_no_more_gets_its_answers_and_then_the_end(engine):
    with socket.create_connection(("127.0.0.1", engine.port), timeout=20) as connection:
        connection.sendall((HEALTH + b"\r\n") * 2)
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection).count(b"HTTP/1.1 200 ") == 2


def test_trailers_are_limited_as_a_head_is(engine):
    with socket.create_connection(("127.0.0.1", engine.port), timeout=20) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: ")
        with pytest.raises(ConnectionError):
            for _ in range(1000):
                connection.sendall(b"a" * 65536)


def test_a_refusal_is_not_sent_in_the_place_of_an_earlier_answer(engine):
    upload = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n"
    with socket.create_connection(("127.0.0.1", engine.port), timeout=20) as connection:
        connection.sendall(HEALTH + b"\r\n" + upload)
        assert b" 413 " not in everything(connection)


@pytest.mark.slow
def test_a_connection_on_which_nothing_is_said_is_closed(engine):
    with socket.create_connection(("127.0.0.1", engine.port), timeout=60) as connection:
        try:
            assert connection.recv(1) == b""
        except ConnectionResetError:
            pass


def test_some_services_name_their_server(client):
    def named(answer):
        return answer["ResponseMetadata"]["HTTPHeaders"].get("server")

    s3, dynamodb = client("s3"), client("dynamodb")
    assert named(s3.list_buckets()) == "AmazonS3"
    with pytest.raises(s3.exceptions.ClientError) as error:
        s3.head_bucket(Bucket="none-such")
    assert named(error.value.response) == "AmazonS3"
    assert named(dynamodb.list_tables()) == "Server"
    assert named(client("lambda").list_functions()) is None


def test_lambdas_answers_have_the_headers_of_aws(client, function):
    """Public logs of boto3 and of the CLI, 2026-11."""
    lam, call = client("lambda"), function("def handler(event, context): return 1")
    with pytest.raises(lam.exceptions.ResourceNotFoundException) as error:
        lam.get_function(FunctionName="none-such")
    answers = [
        lam.get_function_configuration(FunctionName=call.name),
        lam.invoke(FunctionName=call.name),
        lam.delete_function(FunctionName=call.name),
        error.value.response,
    ]
    headers = [answer["ResponseMetadata"]["HTTPHeaders"] for answer in answers]
    assert {one["content-type"] for one in headers} == {"application/json"}
    assert all("x-amzn-requestid" in one for one in headers)
    assert not any({"x-amz-request-id", "x-localstack", "server"} & one.keys() for one in headers)
