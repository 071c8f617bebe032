"""How much of a request the engine takes: what an AWS service accepts, and no more, compressed or not."""

import contextlib
import gzip
import select
import socket
import sys

import pytest
from botocore.exceptions import ClientError
from kit import peak_bytes

MB = 1024 * 1024
ZEROS = bytes(MB)
SCOPE = b"AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
TOO_LARGE = r"Request must be smaller than 25165824 bytes"


def connected(engine, *headers: bytes) -> socket.socket:
    """A connection on which a request has begun."""
    connection = socket.create_connection(("127.0.0.1", engine.port), timeout=30)
    connection.sendall(b"\r\n".join([b"POST / HTTP/1.1", b"Host: 127.0.0.1", *headers, b"", b""]))
    return connection


@contextlib.contextmanager
def body(client, data: bytes, **headers: str):
    """Sends `data` in place of what `client` would send, signed; headers with _ for -."""

    def replace(request, **_):
        request.data = data
        for name, value in headers.items():
            request.headers[name.replace("_", "-")] = value

    client.meta.events.register("before-sign", replace)
    yield
    client.meta.events.unregister("before-sign", replace)


@pytest.mark.parametrize("service", [b"sqs", b"lambda", b""])
def test_an_upload_without_end_is_refused(engine, client, service):
    with connected(engine, b"Authorization: " + SCOPE % service, b"Transfer-Encoding: chunked") as connection:
        for _ in range(200):
            if select.select([connection], [], [], 0)[0]:
                break
            connection.sendall(b"%x\r\n%s\r\n" % (len(ZEROS), ZEROS))
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ") and b"Request must be smaller than" in answer
    assert client("sqs").list_queues()["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_length_that_is_too_large_is_refused_before_a_byte_of_it_arrives(engine):
    for length, status in ((b"25165825", b"413"), (b"9" * 18, b"413"), (b"9" * 40, b"400")):  # the last is no number
        with connected(engine, b"Content-Length: " + length, b"Expect: 100-continue") as connection:
            assert connection.recv(65536).startswith(b"HTTP/1.1 " + status)


def test_a_refused_client_has_the_time_to_read_why(engine):
    """It sends all of what it announced before it looks for an answer, as many do."""
    with connected(engine, b"Content-Length: %d" % (40 * MB)) as connection:
        for _ in range(40):
            connection.sendall(ZEROS)
        assert connection.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_the_refusal_is_an_error_of_the_client(client):
    with pytest.raises(ClientError, match=TOO_LARGE) as error:
        client("sns").publish(TopicArn="arn:aws:sns:us-east-1:000000000000:none", Message="x" * 25 * MB)
    assert error.value.response["Error"]["Code"] == "RequestEntityTooLarge"
    with pytest.raises(ClientError, match=TOO_LARGE) as error:
        client("dynamodb").put_item(TableName="none", Item={"id": {"S": "x" * 25 * MB}})
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


def test_an_object_may_be_larger_than_other_requests(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="request-bodies")
    s3.put_object(Bucket="request-bodies", Key="large", Body=bytes(60 * MB))
    assert s3.head_object(Bucket="request-bodies", Key="large")["ContentLength"] == 60 * MB
    s3.delete_object(Bucket="request-bodies", Key="large")
    s3.delete_bucket(Bucket="request-bodies")


def test_a_form_may_be_as_large_as_its_message_in_percent_signs(client):
    sns = client("sns")
    topic = sns.create_topic(Name="request-bodies")["TopicArn"]
    assert sns.publish(TopicArn=topic, Message="ü" * 130_000)["MessageId"]  # 780,000 bytes of form
    sns.delete_topic(TopicArn=topic)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process's memory from /proc: Linux")
def test_a_body_that_becomes_too_large_when_it_is_decompressed_is_refused_and_takes_no_memory(client, engine):
    logs = client("logs")
    bomb = gzip.compress(b'{"logGroupName": "' + b"x" * 800 * MB + b'"}', 1)
    peak = peak_bytes(engine.pid)
    with body(logs, bomb, Content_Encoding="gzip"), pytest.raises(ClientError, match=TOO_LARGE) as error:
        logs.create_log_group(logGroupName="none")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
    assert peak_bytes(engine.pid) - peak < 200 * MB


def test_a_body_that_says_it_is_compressed_and_is_not_is_a_bad_request(client):
    logs = client("logs")
    with (
        body(logs, b"{}", Content_Encoding="gzip"),
        pytest.raises(ClientError, match=r"Content-Encoding says") as error,
    ):
        logs.create_log_group(logGroupName="none")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_a_compressed_body_is_understood_and_a_compressed_object_is_kept_as_it_is(client):
    logs, s3 = client("logs"), client("s3")
    with body(logs, gzip.compress(b'{"logGroupName": "compressed"}'), Content_Encoding="gzip"):
        logs.create_log_group(logGroupName="none")
    assert logs.describe_log_groups(logGroupNamePrefix="compressed")["logGroups"]
    logs.delete_log_group(logGroupName="compressed")
    s3.create_bucket(Bucket="compressed")
    packed = gzip.compress(b"an object")
    s3.put_object(Bucket="compressed", Key="object", Body=packed, ContentEncoding="gzip")
    assert s3.get_object(Bucket="compressed", Key="object")["Body"].read() == packed
    s3.delete_object(Bucket="compressed", Key="object")
    s3.delete_bucket(Bucket="compressed")
