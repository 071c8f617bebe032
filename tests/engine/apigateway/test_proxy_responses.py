"""What a function behind a proxy integration may answer, how long it may take, and what API Gateway says instead."""

import base64
import json
import socket
import threading

import pytest
from authorization_kit import refused
from kit import eventually

# Answers what the request's body says, after as many seconds as its header Slow says.
SAYS = """
import base64, json, time
def handler(event, context):
    time.sleep(float(event["headers"].get("Slow", 0)))
    print("done")
    body = base64.b64decode(event["body"]).decode() if event["isBase64Encoded"] else event["body"]
    said = json.loads(body)
    if said == "echo":
        return {"headers": {"encoded": event["isBase64Encoded"]}, "body": event["body"]}
    return said
"""
INTERNAL = {"message": "Internal server error"}


@pytest.fixture(scope="module")
def house(house):
    house.says = house.function(SAYS, Timeout=10)
    house.permit(house.says, "*")
    house.method("says", house.says, verb="POST")
    house.method("quick", house.says, verb="POST", integration={"timeoutInMillis": 300})
    house.deploy()
    return house


def say(house, answer, path="/says", stage="live", **headers):
    return house.ask(path, verb="POST", data=json.dumps(answer).encode(), stage=stage, **headers)


# Recorded on AWS: LocalStack's tests test_aws_proxy_response_payload_format_validation and
# test_lambda_aws_proxy_response_format (2025); objects and lists as body: stackoverflow.com/questions/43708017.
MALFORMED = [
    *([None], [], "text", 5, True, {"foo": 1}, {"statusCode": 200, "wrongValue": "value"}),
    *({"statusCode": code} for code in ("wrong", 99, 600, 0, True, [200], {})),
    *({"body": body} for body in ({"a": 1}, [1], [])),
    *({"headers": headers} for headers in (["a"], "a", {"a": ["b"]}, {"a": {}})),
    *({"multiValueHeaders": headers} for headers in (["a"], {"a": "b"}, {"a": [["b"]]})),
    {"isBase64Encoded": "perhaps"},
]


@pytest.mark.parametrize("answer", MALFORMED, ids=json.dumps)
def test_what_is_no_proxy_response_is_a_bad_gateway(house, answer):
    assert say(house, answer)[::2] == (502, INTERNAL)


def test_nothing_is_no_proxy_response(house):
    assert say(house, None)[::2] == (502, INTERNAL)


WELL_FORMED = [
    ({}, 200, b""),
    ({"statusCode": None, "headers": None, "body": None, "isBase64Encoded": None}, 200, b""),
    ({"statusCode": "201", "body": "made"}, 201, b"made"),
    ({"statusCode": 599}, 599, b""),
    ({"body": 5}, 200, 5),
    ({"body": True}, 200, True),
    ({"body": ""}, 200, b""),
]


@pytest.mark.parametrize(("answer", "status", "body"), WELL_FORMED, ids=lambda value: json.dumps(value, default=str))
def test_every_key_of_a_proxy_response_may_be_left_out(house, answer, status, body):
    assert say(house, answer)[::2] == (status, body)


def test_numbers_and_booleans_in_headers_become_text(house):
    answer = {"headers": {"X-B": True, "X-N": 5, "X-None": None}, "multiValueHeaders": {"X-M": ["a", 2, False]}}
    status, headers, _ = say(house, answer)
    assert (status, headers["X-B"], headers["X-N"], headers["X-None"]) == (200, "true", "5", None)
    assert headers.get_all("X-M") == ["a", "2", "false"]


def test_a_function_that_takes_too_long_is_given_up_and_goes_on(house, client):
    answer = {"body": "late"}
    assert say(house, answer, path="/quick")[0] in (200, 504)  # a cold start, perhaps
    status, _, body = say(house, answer, path="/quick", Slow="1.5")
    assert (status, body) == (504, {"message": "Endpoint request timed out"})
    group = f"/aws/lambda/{house.functions[0]}"

    def ends():
        events = client("logs").filter_log_events(logGroupName=group, filterPattern="done")["events"]
        return len(events) >= 2

    assert eventually(ends, seconds=20)


@pytest.mark.parametrize("milliseconds", [0, 49, 29_001])
def test_a_timeout_is_between_50_ms_and_29_s(house, milliseconds):
    where = {"restApiId": house.api, "resourceId": "unknown", "httpMethod": "POST"}
    where["resourceId"] = next(
        item["id"] for item in house.gateway.get_resources(restApiId=house.api)["items"] if item["path"] == "/quick"
    )
    with refused("BadRequestException", "Timeout should be between 50 ms and 29000 ms"):
        change = [{"op": "replace", "path": "/timeoutInMillis", "value": str(milliseconds)}]
        house.gateway.update_integration(**where, patchOperations=change)
    with refused("BadRequestException", "Timeout should be between 50 ms and 29000 ms"):
        house.gateway.put_integration(
            **where, type="HTTP_PROXY", integrationHttpMethod="GET", uri="http://a.b", timeoutInMillis=milliseconds
        )


def test_a_body_is_at_most_10_mb(house):
    status, _, body = house.ask("/says", "POST", data=b" " * (10 * 1024 * 1024 + 1))
    assert (status, body) == (413, {"message": "Request Too Long"})


def test_what_an_integration_cannot_do_here_is_refused(house):
    with refused("BadRequestException", "part of this engine"):
        house.method("refused", house.says, integration={"responseTransferMode": "STREAM"})


PICTURE = bytes(range(256))


# "API Gateway payload encodings", Developer Guide (2026-11): */* is every type, a body of another type is text.
@pytest.mark.parametrize(
    ("types", "kind", "encoded"),
    [
        ([], "image/png", False),
        (["image/png"], "image/png", True),
        (["image/png"], "text/plain", False),
        (["*/*"], "text/plain", True),
        (["image/*"], "image/gif", True),
    ],
)
def test_a_body_of_a_binary_media_type_reaches_the_function_in_base64(house, types, kind, encoded):
    with Media(house, types):
        _, headers, body = house.ask("/says", "POST", data=b'"echo"', stage="media", Content_Type=kind)
    assert headers["encoded"] == ("true" if encoded else "false")
    assert body == (base64.b64encode(b'"echo"') if encoded else "echo")


@pytest.mark.parametrize(
    ("types", "accept", "decoded"),
    [
        (["image/png"], "image/png", True),
        (["image/png"], "*/*", False),
        (["*/*"], "text/html", True),
        ([], "a/b", False),
    ],
)
def test_an_answer_in_base64_is_decoded_for_who_accepts_binary(house, types, accept, decoded):
    text = base64.b64encode(PICTURE).decode()
    with Media(house, types):
        body = say(house, {"body": text, "isBase64Encoded": True}, stage="media", Accept=accept)[2]
    assert body == (PICTURE if decoded else text.encode())


class Media:
    """The API's binaryMediaTypes, deployed to the stage "media"."""

    def __init__(self, house, types):
        self.house, self.types = house, types

    def change(self, op):
        changes = [{"op": op, "path": f"/binaryMediaTypes/{kind.replace('/', '~1')}"} for kind in self.types]
        if changes:
            self.house.gateway.update_rest_api(restApiId=self.house.api, patchOperations=changes)

    def __enter__(self):
        self.change("add")
        self.house.deploy("media")

    def __exit__(self, *_):
        self.change("remove")


def test_a_server_without_tls_is_an_integration_failure(house):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak():
            connection, _ = listening.accept()
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()

        threading.Thread(target=speak, daemon=True).start()
        uri = f"https://127.0.0.1:{listening.getsockname()[1]}/"
        house.method("plain", uri, integration={"type": "HTTP_PROXY", "integrationHttpMethod": "GET"})
        house.deploy()
        status, _, body = house.ask("/plain")
    assert (status, body) == (504, {"message": "Network error communicating with endpoint"})
