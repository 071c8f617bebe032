"""The command `aws`."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

AWS = Path(sys.prefix, "bin", "aws")
KEYS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_MAX_ATTEMPTS": "1",
}


class Listener(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.heard.append(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        self.send_response(403)
        self.end_headers()

    def log_message(self, *ignored): ...


@pytest.fixture
def listener():
    server = HTTPServer(("127.0.0.1", 0), Listener)
    server.heard = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()


def run(*arguments, **environ):
    # Whatever would leave this machine would meet a closed door.
    closed = {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
    home = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    done = subprocess.run([AWS, *arguments], env=home | KEYS | closed | environ, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", ["sqs list-queues", "rds describe-db-instances", "sns list-topics"])
def test_every_service_is_asked_at_the_backend(listener, command):
    code, error = run(*command.split(), AWS_ENDPOINT_URL=f"http://127.0.0.1:{listener.server_port}")
    assert code == 255 and "Could not connect" not in error
    assert len(listener.heard) == 1


def test_an_endpoint_of_ones_own_counts(listener):
    own = f"http://127.0.0.1:{listener.server_port}"
    run("sqs", "list-queues", "--endpoint-url", own, AWS_ENDPOINT_URL="http://127.0.0.1:9")
    assert len(listener.heard) == 1


def test_without_an_endpoint_it_is_the_cli_as_it_is():
    code, error = run("sqs", "list-queues")
    assert code == 255 and 'Failed to connect to proxy URL: "http://127.0.0.1:9"' in error
    assert run("--version")[0] == 0


@pytest.mark.parametrize(
    ("option", "sent"),
    [((), "e30="), (("--cli-binary-format", "raw-in-base64-out"), "e30="), (("--cli-binary-format", "base64"), "{}")],
    ids=["as in version 1", "raw", "base64"],
)
def test_a_payload_is_read_as_the_option_of_version_2_says(listener, tmp_path, option, sent):
    endpoint = f"http://127.0.0.1:{listener.server_port}"
    arguments = ["lambda", "invoke", "--function-name", "f", "--payload", "e30=", *option, str(tmp_path / "out")]
    run(*arguments, AWS_ENDPOINT_URL=endpoint)
    assert listener.heard == [sent]


def test_a_payload_that_is_not_base64_is_refused_as_by_version_2(tmp_path):
    arguments = ["lambda", "invoke", "--function-name", "f", "--payload", '{"a": 1}', str(tmp_path / "out")]
    code, error = run(*arguments, "--cli-binary-format", "base64")
    assert (code, error.strip()) == (1, 'Invalid base64: "{"a": 1}"')
