"""A request from the API map: what is sent, what is shown of the answer, and the commands that do the same."""

import shlex
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

from helpers.errors import LabError
from helpers.widgets.api_map.call import ApiAnswer, ApiCall, invoke_method, send

URL = "https://abc.execute-api.us-east-1.amazonaws.com/test"


@pytest.fixture
def gateway():
    """A server that answers 418 in Norwegian and notes what it was asked in `asked`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.server.asked = (self.path, self.headers, body.decode())
            self.send_response(418)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write("kjøtt <b>".encode())

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_):
            pass  # nothing on the test's output

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.endpoint = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_request_goes_to_the_backend_that_plays_awss_host(gateway):
    call = ApiCall("POST", "/a b", "x=1&y=<ø>", {"x-api-key": "k"}, '{"é": 1}')
    answer = send(call, URL, gateway.endpoint)
    path, headers, body = gateway.asked
    assert path == "/test/a%20b?x=1&y=%3C%C3%B8%3E"
    assert (headers["Host"], headers["x-api-key"]) == ("abc.execute-api.us-east-1.amazonaws.com", "k")
    assert (headers["Content-Type"], body) == ("application/json", '{"é": 1}')
    assert (answer.status, answer.body) == (418, "kjøtt <b>")


def test_the_answers_text_holds_nothing_that_differs_from_call_to_call(gateway):
    answer = send(ApiCall("GET", "/a"), URL, gateway.endpoint)
    assert repr(answer) == "GET /a\n418 I'm a Teapot\nContent-Type: text/plain\n\nkjøtt <b>"
    assert "Date" in answer.headers and "Date: " in answer._repr_html_()
    assert "kjøtt &lt;b&gt;" in answer._repr_html_() and "lab-api-failed" in answer._repr_html_()


def test_the_commands_shown_send_the_same_request(gateway):
    call = ApiCall("POST", "/a", "x='1'", {"x-api-key": "k"}, "it's")
    answer = send(call, URL, gateway.endpoint)
    asked = gateway.asked
    scope = {"requests": requests}
    exec(answer.how["requests"], scope)
    assert [gateway.asked[0], gateway.asked[1].items(), gateway.asked[2]] == [asked[0], asked[1].items(), asked[2]]
    curl = shlex.split(answer.how["curl"])
    assert curl[:4] == ["curl", "-i", "-X", "POST"]
    assert curl[-3:] == ["--data-raw", "it's", gateway.endpoint + asked[0]]
    assert "x-api-key: k" in curl


def test_against_aws_the_host_is_the_address_itself(monkeypatch):
    asked = []

    def request(verb, address, **options):
        asked.append((verb, address, options["headers"]))
        raise requests.ConnectionError

    monkeypatch.setattr(requests, "request", request)
    with pytest.raises(LabError):
        send(ApiCall("GET", "/a"), URL, None)
    assert asked == [("GET", f"{URL}/a", {})]


def test_no_answer_is_one_sentence(gateway):
    gateway.shutdown()
    gateway.server_close()
    with pytest.raises(LabError, match=r"No answer to GET http://127.0.0.1:\d+/test/a \(ConnectionError\)"):
        send(ApiCall("GET", "/a"), URL, gateway.endpoint)


def test_a_header_that_http_cannot_hold_is_one_sentence(gateway):
    with pytest.raises(LabError, match="InvalidHeader"):
        send(ApiCall("GET", "/a", headers={"x": "a\nb"}), URL, gateway.endpoint)


class Client:
    """boto3's apigateway, as far as a test goes."""

    def test_invoke_method(self, **asked):
        self.asked = asked
        return {
            "status": 200,
            "body": "Hello",
            "headers": {"Content-Type": "text/plain"},
            "log": "Starting <execution>",
        }


def test_a_test_calls_test_invoke_method_and_shows_the_gateways_log():
    client = Client()
    answer = invoke_method(ApiCall("POST", "/a", "x=1", {"k": "v"}, "b c"), client, "abc", "r1")
    assert client.asked == {
        "restApiId": "abc",
        "resourceId": "r1",
        "httpMethod": "POST",
        "pathWithQueryString": "/a?x=1",
        "headers": {"k": "v"},
        "body": "b c",
    }
    assert repr(answer) == "POST /a?x=1\n200 OK\nContent-Type: text/plain\n\nHello"
    assert "Starting &lt;execution&gt;" in answer._repr_html_()


def test_the_boto3_and_aws_calls_of_a_test_are_the_one_that_was_made():
    client = Client()
    answer = invoke_method(ApiCall("POST", "/a", "x=1", {"k": "v"}, "b c"), client, "abc", "r1")
    made = client.asked
    exec(answer.how["boto3"], {"gateway": client})
    assert client.asked == made
    assert answer.how["aws"] == (
        "aws apigateway test-invoke-method --rest-api-id abc --resource-id r1 --http-method POST "
        "--path-with-query-string '/a?x=1' --headers k=v --body 'b c'"
    )


def test_an_unknown_status_is_shown_as_its_number():
    assert repr(ApiAnswer(ApiCall("GET", "/"), 599, {}, "", {})) == "GET /\n599"
