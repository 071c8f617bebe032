"""Deliveries to targets: what they are given, what happens when they do not take it.

Sources: EventBridge User Guide, "Amazon EventBridge input transformation", "Retrying event delivery", "Using
dead-letter queues to process undelivered events" (2026-11).
"""

import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.exceptions import ClientError
from kit import eventually


@pytest.fixture(scope="module")
def queue(client):
    """`queue(admitted=True)`: a new queue, and whether EventBridge may send to it: URL and ARN."""
    sqs = client("sqs")

    def make(admitted=True):
        url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        allow = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
        }
        if admitted:
            policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
            sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        return url, arn

    return make


@pytest.fixture(scope="module")
def send(client):
    """`send(target, detail)`: an event to a rule of its own, which has this target."""
    events = client("events")

    def put(target, detail=None):
        name = f"r-{uuid.uuid4().hex[:8]}"
        events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
        assert events.put_targets(Rule=name, Targets=[{"Id": "1", **target}])["FailedEntryCount"] == 0
        events.put_events(Entries=[{"Source": name, "DetailType": "t", "Detail": json.dumps(detail or {})}])
        return name

    return put


def receive(client, url, seconds=15):
    options = {"QueueUrl": url, "WaitTimeSeconds": 1, "MessageAttributeNames": ["All"]}
    return eventually(lambda: client("sqs").receive_message(**options).get("Messages"), seconds)[0]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('"<n> of <f>"', '"5 of 1.5"'),
        ('"<zero> <no> [<gone>]"', '"0 false []"'),
        ('"<texts> <numbers>"', '"[a,b] [1,2]"'),
        ('{"n": <n>, "no": <no>, "in": "no. <n>", "zero": <zero>}', '{"n":5,"no":false,"in":"no. 5","zero":0}'),
    ],
)
def test_a_transformer_puts_in_every_json_value(client, queue, send, template, text):
    url, arn = queue()
    detail = {"n": 5, "f": 1.5, "zero": 0, "no": False, "texts": ["a", "b"], "numbers": [1, 2]}
    paths = {name: f"$.detail.{name}" for name in (*detail, "gone")}
    send({"Arn": arn, "InputTransformer": {"InputPathsMap": paths, "InputTemplate": template}}, detail)
    assert receive(client, url)["Body"] == text


def test_what_cannot_be_mended_goes_to_the_dead_letter_queue_at_once(client, queue, send):
    (url, dead), (_, arn) = queue(), queue(admitted=False)
    name = send({"Arn": arn, "DeadLetterConfig": {"Arn": dead}, "Input": '{"other": 1}'}, {"n": 1})
    message = receive(client, url)
    event = json.loads(message["Body"])
    assert (event["source"], event["detail"]) == (name, {"n": 1})
    found = {key: value["StringValue"] for key, value in message["MessageAttributes"].items()}
    assert found.pop("ERROR_MESSAGE")
    assert found == {
        "RULE_ARN": f"arn:aws:events:us-east-1:000000000000:rule/{name}",
        "TARGET_ARN": arn,
        "ERROR_CODE": "NO_PERMISSIONS",
        "RETRY_ATTEMPTS": "0",
    }


@pytest.fixture
def api():
    """A server that fails as often as `left` says, and counts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.asked += 1
            self.send_response(503 if server.asked <= server.left else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = server.left = 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def destination(client, api):
    """The ARN of an API destination in front of the server."""
    events, name = client("events"), f"d-{uuid.uuid4().hex[:8]}"
    connection = events.create_connection(
        Name=name,
        AuthorizationType="API_KEY",
        AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "x", "ApiKeyValue": "y"}},
    )["ConnectionArn"]
    return events.create_api_destination(
        Name=name,
        ConnectionArn=connection,
        InvocationEndpoint=f"http://127.0.0.1:{api.server_port}/",
        HttpMethod="POST",
    )["ApiDestinationArn"]


def test_a_target_that_fails_is_asked_again(client, send, api):
    api.left = 2
    send({"Arn": destination(client, api)})
    assert eventually(lambda: api.asked == 3, 15)


def test_the_retry_policy_limits_how_often(client, queue, send, api):
    api.left = 100
    url, dead = queue()
    target = {"Arn": destination(client, api), "DeadLetterConfig": {"Arn": dead}}
    send({**target, "RetryPolicy": {"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 60}})
    attributes = receive(client, url)["MessageAttributes"]
    assert attributes["EXHAUSTED_RETRY_CONDITION"]["StringValue"] == "MaximumRetryAttempts"
    assert (attributes["RETRY_ATTEMPTS"]["StringValue"], api.asked) == ("1", 2)


@pytest.mark.parametrize("service", ["ecs", "batch", "ssm", "nosuchservice"])
def test_targets_that_are_not_here_are_refused(client, service):
    name = f"r-{uuid.uuid4().hex[:8]}"
    client("events").put_rule(Name=name, EventPattern='{"source": ["s"]}')
    with pytest.raises(ClientError, match="are not part of this engine") as refused:
        client("events").put_targets(
            Rule=name, Targets=[{"Id": "1", "Arn": f"arn:aws:{service}:us-east-1:000000000000:thing/x"}]
        )
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_a_bus_of_another_account_takes_events_if_its_policy_says_so(client):
    """`PutPermission` (EventBridge API Reference, 2026-11)."""
    name = f"b-{uuid.uuid4().hex[:8]}"
    bus = client("events").create_event_bus(Name=name)["EventBusArn"]
    other = client("events", "111111111111")
    entries = [{"EventBusName": bus, "Source": "s", "DetailType": "t", "Detail": "{}"}]
    with pytest.raises(ClientError, match="not authorized to perform: events:PutEvents"):
        other.put_events(Entries=entries)
    client("events").put_permission(
        EventBusName=name, Action="events:PutEvents", Principal="111111111111", StatementId="one"
    )
    assert other.put_events(Entries=entries)["FailedEntryCount"] == 0
