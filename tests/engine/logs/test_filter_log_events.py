"""Filter patterns of CloudWatch Logs."""

import time
import uuid

import pytest


@pytest.fixture
def group(client):
    """A log group with three events."""
    logs, name = client("logs"), f"/test/{uuid.uuid4().hex}"
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="one")
    now = int(time.time() * 1000)
    events = [{"timestamp": now, "message": text} for text in ("ERROR no paper", "ERROR no ink", "all is well")]
    logs.put_log_events(logGroupName=name, logStreamName="one", logEvents=events)
    yield name
    logs.delete_log_group(logGroupName=name)


@pytest.mark.parametrize(
    ("pattern", "messages"),
    [
        ("ERROR", ["ERROR no paper", "ERROR no ink"]),
        ("ERROR -ink", ["ERROR no paper"]),
        ('"is well"', ["all is well"]),
    ],
)
def test_only_events_with_the_terms_are_found(client, group, pattern, messages):
    found = client("logs").filter_log_events(logGroupName=group, filterPattern=pattern)["events"]
    assert [event["message"] for event in found] == messages
