"""What an API's HTTP integration answers is read up to a limit; the engine's memory does not grow with it."""

import gzip
import socket
import threading
import urllib.error
import urllib.request

import pytest
from kit import peak_bytes

MB = 1024 * 1024


@pytest.fixture
def backend():
    """`backend(head, body)`: the address of a server that sends these bytes, then `body` again and again."""
    servers = []

    def serve(head: bytes, body: bytes) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def answer():
            try:
                connection, _ = server.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(head)
                    for _ in range(2000 if body else 0):
                        connection.sendall(body)
            except OSError:  # the engine has had enough, or the test is over
                pass

        threading.Thread(target=answer, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/"

    yield serve
    for server in servers:
        server.close()


@pytest.fixture
def answer_of(client, engine):
    """`answer_of(url)`: status and body of an API whose root is an HTTP integration with `url`."""
    gateway = client("apigateway")
    apis = []

    def ask(url: str, kind: str) -> tuple[int, bytes]:
        api = gateway.create_rest_api(name="outgoing")["id"]
        apis.append(api)
        root = gateway.get_resources(restApiId=api)["items"][0]["id"]
        where = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
        gateway.put_method(**where, authorizationType="NONE")
        gateway.put_integration(**where, type=kind, integrationHttpMethod="GET", uri=url)
        if kind == "HTTP":
            gateway.put_method_response(**where, statusCode="200")
            gateway.put_integration_response(**where, statusCode="200")
        gateway.create_deployment(restApiId=api, stageName="prod")
        try:
            with urllib.request.urlopen(f"{engine.endpoint}/_aws/execute-api/{api}/prod/", timeout=60) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    yield ask
    for api in apis:
        gateway.delete_rest_api(restApiId=api)


@pytest.mark.parametrize("kind", ["HTTP", "HTTP_PROXY"])
@pytest.mark.parametrize("chunked", [True, False], ids=["chunked", "until-it-closes"])
def test_an_integration_that_answers_without_end_is_an_internal_server_error(backend, answer_of, engine, kind, chunked):
    head = b"HTTP/1.1 200 OK\r\n" + (b"Transfer-Encoding: chunked\r\n" if chunked else b"") + b"\r\n"
    piece = b"x" * MB
    body = b"%x\r\n%s\r\n" % (MB, piece) if chunked else piece
    peak = peak_bytes(engine.pid)
    status, answer = answer_of(backend(head, body), kind)
    assert status == 500 and b"Internal server error" in answer
    assert peak_bytes(engine.pid) - peak < 200 * MB  # without a limit it would be 2 GB


def test_an_integration_may_answer_with_ten_megabytes(backend, answer_of):
    size = 10 * MB
    url = backend(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size, b"")
    status, answer = answer_of(url, "HTTP_PROXY")
    assert (status, len(answer)) == (200, size)


def test_an_integration_that_sends_compressed_bytes_is_read_as_before(backend, answer_of):
    packed = gzip.compress(b"unpacked")
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    status, answer = answer_of(backend(head + packed, b""), "HTTP")
    assert (status, answer) == (200, b"unpacked")


def test_a_name_below_localhost_is_this_machine_whatever_resolves_names(backend, answer_of):
    address = backend(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"")
    assert answer_of(address.replace("127.0.0.1", "some.name.localhost"), "HTTP_PROXY") == (200, b"hi")
