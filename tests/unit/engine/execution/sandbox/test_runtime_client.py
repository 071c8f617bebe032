"""The stand-in for AWS's compiled client, against a Runtime API of three lines."""

import http.server
import threading
from typing import ClassVar

import pytest

from helpers.engine.execution.sandbox.runtime_client import Client


class Api(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    posted: ClassVar[list] = []
    answer = 202

    def do_GET(self):
        self.send_response(200)
        self.send_header("Lambda-Runtime-Aws-Request-Id", "id-1")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posted.append((self.path, body, self.headers))
        self.send_response(self.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def client(monkeypatch):
    Api.posted, Api.answer = [], 202
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("AWS_LAMBDA_RUNTIME_API", f"127.0.0.1:{server.server_port}")
    client = Client()
    client.initialize_client("aws-lambda-python/3.13")
    yield client
    client.connection.close()
    server.shutdown()


def test_next_gives_the_event_and_its_headers(client):
    body, headers = client.next()
    assert body == b"{}"
    assert headers["Lambda-Runtime-Aws-Request-Id"] == "id-1"


def test_a_result_and_an_error_go_to_their_own_routes(client):
    client.post_invocation_result("id-1", b'"ok"', "application/json")
    client.post_error("id-1", '{"errorType": "E"}', "")
    (first, body, headers), (second, error, _) = Api.posted
    assert first == "/2018-06-01/runtime/invocation/id-1/response" and body == b'"ok"'
    assert headers["User-Agent"] == "aws-lambda-python/3.13"
    assert second == "/2018-06-01/runtime/invocation/id-1/error" and error == b'{"errorType": "E"}'


def test_a_refused_response_is_an_error(client):
    Api.answer = 413
    with pytest.raises(RuntimeError, match="413"):
        client.post_invocation_result("id-1", b"x", "application/json")
