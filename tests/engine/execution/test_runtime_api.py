"""The Runtime API from a function's side: served to its own environment only, and bounded in what it takes."""

import base64
import json
import socket
import threading

import pytest
from botocore.exceptions import ClientError
from kit import eventually, status

# `event` is a list of raw requests, each sent on a connection of its own; what comes back, until the end.
RAW = """
import os, socket, time

def say(address, data):
    with socket.create_connection(address, timeout=20) as connection:
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = b""
        try:
            while chunk := connection.recv(65536):
                answer += chunk
        except ConnectionResetError:
            pass
        return answer.decode()

def handler(event, context):
    host, port = (event.get("address") or os.environ["AWS_LAMBDA_RUNTIME_API"]).split(":")
    return [say((host, int(port)), (head + filler * times).encode()) for head, filler, times in event["requests"]]
"""
NEXT = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n"
POST = "POST /2018-06-01/runtime/invocation/x/response HTTP/1.1\r\nHost: x\r\n"
WAIT = """
import os, time

def handler(event, context):
    until = time.monotonic() + event["seconds"]
    while time.monotonic() < until:
        time.sleep(0.01)
    return [event["seconds"], os.environ["AWS_LAMBDA_RUNTIME_API"]]
"""
ENDLESS = """
import os, socket

def handler(event, context):
    host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
    head = f"POST /2018-06-01/runtime/invocation/{context.aws_request_id}/response HTTP/1.1\\r\\nHost: x\\r\\n"
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head.encode() + b"Transfer-Encoding: chunked\\r\\n\\r\\n")
        try:
            while True:
                connection.sendall(b"10000\\r\\n" + bytes(0x10000) + b"\\r\\n")
        except OSError:
            print("refused:", connection.recv(100).split(b"\\r\\n")[0].decode())
"""


@pytest.fixture
def waiting(function):
    """A function that waits while `look(address)` is called with its Runtime API's address; both results."""
    call = function(WAIT)
    _, address = call({"seconds": 0}).payload

    def wait(look):
        result = []
        thread = threading.Thread(target=lambda: result.append(call({"seconds": 2}).payload))
        thread.start()
        seen = look(address)
        thread.join()
        return seen, result[0]

    return wait


def test_another_functions_runtime_api_answers_nothing_and_gives_away_no_event(waiting, function):
    thief = function(RAW, Timeout=30)
    error = POST + "Content-Length: 2\r\n\r\n{}"
    event = {"requests": [[NEXT, "", 0], [error, "", 0]]}
    seen, result = waiting(lambda address: thief({**event, "address": address}).payload)
    assert seen == ["", ""]
    assert result[0] == 2


def test_another_process_of_this_machine_gets_nothing_from_it_either(waiting):
    def look(address):
        host, port = address.split(":")
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            try:
                connection.sendall(NEXT.encode())
                return connection.recv(100)
            except ConnectionResetError:
                return b""

    seen, result = waiting(look)
    assert seen == b""
    assert result[0] == 2


def test_its_own_processes_are_answered_those_it_started_included(function):
    source = """
import os, subprocess, sys

CODE = "import os, http.client; c = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API']); "
CODE += "c.request('POST', '/2018-06-01/runtime/invocation/x/response', b'{}'); print(c.getresponse().status)"

def handler(event, context):
    return subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True).stdout.strip()
"""
    assert function(source, Timeout=30)().payload == "400"


def test_calls_that_nobody_waits_for_are_answered_as_on_aws(function):
    # rapi/router.go and core/states.go of aws/aws-lambda-runtime-interface-emulator (2026-11).
    source = """
import http.client, os

def call(method, path):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"], timeout=5)
    connection.request(method, "/2018-06-01/" + path, b"{}" if method == "POST" else None)
    answer = connection.getresponse()
    return [answer.status, answer.read().decode().strip()]

BEFORE = [call("GET", "ping"), call("GET", "nobody"), call("POST", "runtime/invocation/x/response")]

def handler(event, context):
    return BEFORE + [call("POST", "runtime/init/error"), call("POST", "runtime/invocation/x/error")]
"""
    unknown = [400, '{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}']
    move = "State transition from Running to InitError failed for runtime. Error: State transition is not allowed"
    assert function(source)().payload == [
        [200, "pong"],
        [404, "404 page not found"],
        unknown,
        [403, f'{{"errorMessage":"{move}","errorType":"InvalidStateTransition"}}'],
        unknown,
    ]


def test_an_endless_answer_is_refused_at_its_limit_instead_of_read_until_the_timeout(function):
    result = function(ENDLESS, Timeout=20)()
    assert result.error_type == "Function.ResponseSizeTooLarge"


@pytest.mark.parametrize(
    ("head", "filler", "times", "answer"),
    [
        ("GET /", "x", 9_000, "HTTP/1.1 414 URI Too Long"),
        ("GET / HTTP/1.1\r\nX: ", "x", 3_000_000, "HTTP/1.1 431 Request Header Fields Too Large"),
        ("GET / HTTP/1.1\r\n", "X: y\r\n", 500_000, "HTTP/1.1 431 Request Header Fields Too Large"),
        (POST + "Content-Length: 7000000\r\n\r\n", "", 0, "HTTP/1.1 413 Request Entity Too Large"),
        ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", 4_000_000, "HTTP/1.1 431 "),
        ("GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", "", 0, ""),
        (POST + "Content-Length: 2\r\n\r\n{}", POST + "Content-Length: 2\r\n\r\n{}", 9, ""),
    ],
    ids=["url", "header", "headers", "body", "chunks", "upgrade", "pipelined"],
)
def test_what_passes_a_bound_is_refused_at_once_and_the_connection_closed(function, head, filler, times, answer):
    call = function(RAW, Timeout=20, MemorySize=512)
    result = call({"requests": [[head, filler, times]]})
    if "413" in answer:  # as an answer to the invocation it counts, and ends it
        assert result.error_type == "Function.ResponseSizeTooLarge"
    else:
        assert result.payload[0].startswith(answer) and (answer or not result.payload[0])
    assert call({"requests": []}).payload == []


def test_a_client_context_with_line_breaks_stays_one_header(function, client):
    source = "def handler(e, c): return [c.client_context.custom, e]"
    encoded = base64.b64encode(b'{"custom":\r\n{"a": "b"},\r\n"Content-Length": 1}').decode()
    call = function(source)
    response = client("lambda").invoke(FunctionName=call.name, ClientContext=encoded, Payload=b'"event"')
    assert json.load(response["Payload"]) == [{"a": "b"}, "event"]


@pytest.mark.parametrize("context", ["no base64", base64.b64encode(b"no JSON").decode(), "W10="])
def test_a_client_context_that_is_none_is_refused_in_awss_words(function, client, context):
    call = function("def handler(e, c): return 1")
    with pytest.raises(ClientError, match="Client context must be a valid Base64-encoded JSON object") as error:
        client("lambda").invoke(FunctionName=call.name, ClientContext=context)
    assert error.value.response["Error"]["Code"] == "InvalidRequestContentException"


def test_a_deleted_functions_environment_is_known_until_it_has_ended(waiting, client, engine):
    def of(name):
        return [one for one in status(engine)["environments"] if one["function"] == name]

    def busy():
        return [one["function"] for one in status(engine)["environments"] if one["state"] == "busy"]

    def delete(address):
        name = eventually(busy)[0]
        client("lambda").delete_function(FunctionName=name)
        return name, of(name)

    (name, known), result = waiting(delete)
    assert [one["state"] for one in known] == ["busy"]
    assert result[0] == 2
    assert eventually(lambda: not of(name))
