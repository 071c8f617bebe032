"""Log events: which are taken, and how they are read. Source: CloudWatch Logs API Reference (2026-11)."""

import time
import uuid

import pytest
from kit import refusal

DAY = 24 * 3600 * 1000
REFUSED = "InvalidParameterException"


@pytest.fixture
def group(client):
    """A log group with the log streams `a` and `b`."""
    logs, name = client("logs"), f"/test/{uuid.uuid4().hex}"
    logs.create_log_group(logGroupName=name)
    for stream in "ab":
        logs.create_log_stream(logGroupName=name, logStreamName=stream)
    yield name
    logs.delete_log_group(logGroupName=name)


def put(logs, group, *events, stream="a"):
    """Put events, each (ms from now, message); what was rejected."""
    now = int(time.time() * 1000)
    made = [{"timestamp": now + after, "message": message} for after, message in events]
    return logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=made).get("rejectedLogEventsInfo")


def messages(answer):
    return [event["message"] for event in answer["events"]]


def test_events_that_are_too_old_too_new_or_expired_are_left_out(client, group):
    logs = client("logs")
    assert put(logs, group, (-15 * DAY, "old")) == {"tooOldLogEventEndIndex": 1}
    assert put(logs, group, (0, "now"), (DAY // 8, "new")) == {"tooNewLogEventStartIndex": 1}
    logs.put_retention_policy(logGroupName=group, retentionInDays=1)
    assert put(logs, group, (-2 * DAY, "one"), (-2 * DAY, "two")) == {"expiredLogEventEndIndex": 2}
    assert messages(logs.filter_log_events(logGroupName=group)) == ["now"]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([(0, "b"), (-1000, "a")], "Log events in a single PutLogEvents request must be in chronological order."),
        (
            [(-25 * DAY // 24, "a"), (0, "b")],
            "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
        ),
        ([(0, "a" * 600_000)] * 2, "Upload too large: 1200052 bytes exceeds limit of 1048576"),
    ],
)
def test_a_request_is_refused_as_a_whole(client, group, events, message):
    assert refusal(lambda: put(client("logs"), group, *events)) == (REFUSED, message)


def test_events_of_all_streams_are_in_the_order_of_their_times(client, group):
    logs = client("logs")
    put(logs, group, (-400, "1"), (-200, "3"))
    put(logs, group, (-300, "2"), (-100, "4"), stream="b")
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, PaginationConfig={"PageSize": 3})
    assert [messages(page) for page in pages] == [["1", "2", "3"], ["4"]]
    found = logs.filter_log_events(logGroupName=group, logStreamNamePrefix="b")
    assert messages(found) == ["2", "4"] and all(len(event["eventId"]) == 56 for event in found["events"])
    arn = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"][0]["logGroupArn"]
    two = {"logStreamNames": ["a"], "logStreamNamePrefix": "a"}
    assert messages(logs.filter_log_events(logGroupIdentifier=arn, logStreamNames=["a"])) == ["1", "3"]
    assert refusal(logs.filter_log_events, logGroupName=group, **two)[0] == REFUSED
    newest = logs.get_paginator("filter_log_events").paginate(
        logGroupName=group, startFromHead=False, PaginationConfig={"PageSize": 3}
    )
    assert [messages(page) for page in newest] == [["4", "3", "2"], ["1"]]
    # The end of the time is in what FilterLogEvents shows, and not in what GetLogEvents shows.
    end = found["events"][1]["timestamp"]
    assert messages(logs.filter_log_events(logGroupName=group, endTime=end)) == ["1", "2", "3", "4"]
    assert messages(logs.get_log_events(logGroupName=group, logStreamName="b", endTime=end)) == ["2"]
    logs.create_log_group(logGroupName=f"{group}/newest")  # whose events moto shows
    for identifier in (group, arn):
        assert messages(logs.get_log_events(logGroupIdentifier=identifier, logStreamName="b")) == ["2", "4"]
    logs.delete_log_group(logGroupName=f"{group}/newest")


@pytest.mark.parametrize(
    ("operation", "request_", "code", "said"),
    [
        ("create_log_group", {"logGroupName": "a b"}, REFUSED, "Value 'a b' at 'logGroupName' failed to satisfy"),
        ("create_log_stream", {"logStreamName": "a:b"}, REFUSED, "Value 'a:b' at 'logStreamName' failed to satisfy"),
        ("create_log_stream", {"logStreamName": "a"}, "ResourceAlreadyExistsException", "The specified log stream"),
        (
            "create_log_group",
            {"logGroupName": "a", "deletionProtectionEnabled": True},
            "NotImplemented",
            "deletionProt",
        ),
        (
            "create_log_group",
            {"logGroupName": "a", "kmsKeyId": "arn:aws:kms:x"},
            "NotImplemented",
            "kmsKeyId of Create",
        ),
        ("put_retention_policy", {"retentionInDays": 2}, REFUSED, "Value '2' at 'retentionInDays' failed to satisfy"),
        # Netflix/metaflow, issue 1776.
        ("create_log_group", {"logGroupName": "aws/x"}, REFUSED, "Log groups starting with AWS/ are reserved for AWS."),
        ("create_log_group", {"logGroupName": "a", "tags": {"aws:a": "b"}}, REFUSED, "aws: prefixed tag key names"),
        ("tag_log_group", {"tags": {"aws:a": "b"}}, REFUSED, "aws: prefixed tag key names"),
        (
            "filter_log_events",
            {"logStreamNames": ["a"] * 101},
            REFUSED,
            "Member must have length less than or equal to",
        ),
        (
            "start_query",
            {"logGroupNames": ["a"] * 51, "queryString": "fields @message", "startTime": 0, "endTime": 1},
            REFUSED,
            "at 'logGroupNames' failed to satisfy constraint: Member must have length less than or equal to 50",
        ),
    ],
)
def test_malformed_requests_are_refused(client, group, operation, request_, code, said):
    found = refusal(getattr(client("logs"), operation), **{"logGroupName": group} | request_)
    assert found[0] == code and said in found[1]


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (
            [],
            "Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to",
        ),
        (
            [{"timestamp": 1, "message": ""}],
            "Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length greater",
        ),
        (
            [{"timestamp": -1, "message": "m"}],
            "Value '-1' at 'logEvents.1.member.timestamp' failed to satisfy constraint: Member must have value greater",
        ),
    ],
)
def test_events_that_are_none_are_refused(unchecked, group, events, said):
    # The service's own model (2026-11), which boto3 looks at too, if it may.
    code, found = refusal(unchecked("logs").put_log_events, logGroupName=group, logStreamName="a", logEvents=events)
    assert (code, said in found) == (REFUSED, True)


def test_a_stream_says_no_longer_what_it_stores(client, group):
    # API Reference, "LogStream" (2026-11): 0 since June 2019; a group still says it.
    logs = client("logs")
    put(logs, group, (0, "four"))
    (of_group,) = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    streams = logs.describe_log_streams(logGroupIdentifier=of_group["logGroupArn"])["logStreams"]
    assert [(stream["logStreamName"], stream["storedBytes"]) for stream in streams] == [("a", 0), ("b", 0)]
    assert of_group["storedBytes"] == 4
    code, said = refusal(logs.describe_log_streams)
    assert code == REFUSED and "logGroupIdentifier" in said
