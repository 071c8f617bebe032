"""What checks ask a REST API, against a server that notes what it is asked."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from requests.structures import CaseInsensitiveDict

from helpers.errors import NotThereError
from helpers.exercises.evidence import rest_api


class Lab:
    """A lab with the API `hello`, id abc, on the second page of the list."""

    region = "us-east-1"

    def __init__(self, endpoint=None, apis=(("abc", 1),)):
        self.endpoint = endpoint
        self.apis = apis

    def client(self, service):
        return self

    def get_paginator(self, operation):
        pages = {
            "get_rest_apis": [
                {"items": [{"id": "xyz", "name": "other", "createdDate": 9}]},
                {"items": [{"id": identifier, "name": "hello", "createdDate": date} for identifier, date in self.apis]},
            ],
            "get_resources": [
                {"items": [{"path": "/"}]},
                {"items": [{"path": "/a", "resourceMethods": {"GET": {"methodIntegration": {"type": "MOCK"}}}}]},
                {"items": [{"path": "/c", "resourceMethods": {"ANY": {"methodIntegration": {"type": "AWS"}}}}]},
            ],
        }[operation]
        return type("Paginator", (), {"paginate": lambda self, **arguments: pages})()


@pytest.fixture
def server():
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, self.headers["Host"], json.loads(body)))
            self.send_response(201)
            self.send_header("Allow", "GET")
            self.end_headers()
            self.wfile.write(b'{"id": "ada"}')

        def log_message(self, *_):
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


def test_a_request_goes_to_the_backend_under_the_host_that_the_api_has_on_aws(server):
    endpoint, asked = server
    reply = rest_api.send(Lab(endpoint), "hello", "POST", "/users", {"id": "ada"})
    assert asked == [("/test/users", "abc.execute-api.us-east-1.amazonaws.com", {"id": "ada"})]
    assert (reply.status, reply.json, reply.headers["allow"]) == (201, {"id": "ada"}, "GET")


def test_on_aws_a_request_goes_to_aws(monkeypatch):
    sent = []

    def request(verb, url, headers, **options):
        sent.append((verb, url, headers))
        return type("Response", (), {"status_code": 200, "headers": {}, "text": "Hello"})

    monkeypatch.setattr(rest_api.requests, "request", request)
    reply = rest_api.send(Lab(), "hello", "GET", "/hello", stage="prod")
    assert sent == [("GET", "https://abc.execute-api.us-east-1.amazonaws.com/prod/hello", {})]
    assert reply.text == "Hello" and reply.json is None


def test_an_api_that_is_not_there_is_named():
    with pytest.raises(NotThereError, match="There is no REST API nobody"):
        rest_api.send(Lab(), "nobody", "GET", "/")


@pytest.mark.parametrize("apis", [[("old", 1), ("new", 2)], [("new", 2), ("old", 1)], [("old", 2), ("new", 2)]])
def test_of_apis_with_one_name_the_newest_is_asked(apis):
    assert rest_api.api_id(Lab(apis=apis), "hello") == "new"


def test_an_answer_says_by_its_headers_whether_a_backend_was_asked():
    asked = rest_api.Reply(200, CaseInsensitiveDict({"x-amzn-trace-id": "Root=1-5"}), "ok")
    assert asked.from_backend
    assert not rest_api.Reply(200, CaseInsensitiveDict({"x-amzn-RequestId": "1"}), "ok").from_backend


def test_an_integration_is_found_by_path_and_verb():
    assert rest_api.integration(Lab(), "hello", "GET", "/a") == {"type": "MOCK"}
    assert rest_api.integration(Lab(), "hello", "PUT", "/a") == {}
    assert rest_api.integration(Lab(), "hello", "GET", "/b") == {}


def test_a_verb_without_a_method_of_its_own_has_the_integration_of_any():
    assert rest_api.integration(Lab(), "hello", "GET", "/c") == {"type": "AWS"}
