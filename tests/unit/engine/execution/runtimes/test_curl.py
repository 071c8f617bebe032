"""The stand-in for curl: what a bootstrap asks of it."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from helpers.engine.execution.places import RUNTIMES


class Echo(BaseHTTPRequestHandler):
    """Answers with the method, the path, a header and the body."""

    def do_GET(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = f"{self.command} {self.path} {self.headers['X-Mine']} {body}".encode()
        self.send_response(200)
        self.send_header("Lambda-Runtime-Aws-Request-Id", "abc")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *ignored): ...


@pytest.fixture(scope="module")
def api():
    server = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def curl(*arguments):
    program = RUNTIMES / "provided" / "curl"
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=30)


def test_it_gets_and_keeps_the_headers(api, tmp_path):
    answer = curl("-sS", "-LD", tmp_path / "headers", "-X", "GET", f"{api}/next?a=1")
    assert answer.stdout == "GET /next?a=1 None "
    assert "Lambda-Runtime-Aws-Request-Id: abc" in (tmp_path / "headers").read_text()


def test_it_posts_data_of_any_characters(api):
    assert curl("-sS", "-H", "X-Mine: yes", "-d", "Grüße\n%s $1", f"{api}/p").stdout == "POST /p yes Grüße\n%s $1"


def test_raw_data_may_begin_with_what_else_names_a_file(api):
    assert curl("-sS", "--data-raw", "@ home", f"{api}/p").stdout == "POST /p None @ home"
    answer = curl("-sS", "-d", "@/etc/hostname", f"{api}/p")
    assert answer.returncode == 2 and "sends no files" in answer.stderr


def test_what_it_does_not_know_it_refuses(api):
    answer = curl("--compressed", api)
    assert answer.returncode == 2 and "--compressed is not known" in answer.stderr


def test_nobody_there_is_curls_own_status():
    assert curl("-sS", "http://127.0.0.1:1/").returncode == 7
