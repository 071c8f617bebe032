"""LocalStack's own endpoints: what tells is served, what acts is gone, and nothing is downloaded."""

import json
import urllib.error
import urllib.request

import pytest


def ask(engine, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(engine.endpoint + path, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("action", ["kill", "restart"])
@pytest.mark.parametrize("path", ["/_localstack/health", "//_localstack//health", "/%5flocalstack/health"])
def test_nobody_can_end_or_restart_the_engine_through_its_health(engine, client, action, path):
    status, _ = ask(engine, "POST", path, {"action": action})
    assert status >= 300
    assert client("sts").get_caller_identity()["Account"] == "000000000000"
    assert engine.alive


def test_nobody_can_change_what_the_health_says(engine):
    status, answer = ask(engine, "PUT", "/_localstack/health", {"version": "changed"})
    assert status >= 300 and "OK" not in answer
    status, answer = ask(engine, "GET", "/_localstack/health")
    assert status == 200 and json.loads(answer)["version"] == "4.9.2"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_localstack/cloudformation/deploy?templateURL=http://127.0.0.1:9/"),
        ("GET", "/_localstack/swagger"),
        ("POST", "/_localstack/config"),
        ("GET", "/_localstack/diagnose"),
        ("GET", "/_aws/lambda/init"),
    ],
)
def test_what_acts_or_fetches_is_gone(engine, method, path):
    status, answer = ask(engine, method, path, {"variable": "DEBUG", "value": 1} if method == "POST" else None)
    assert status >= 400 and "<html" not in answer
