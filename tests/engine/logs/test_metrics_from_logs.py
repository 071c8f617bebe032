"""Metric filters and the embedded metric format: metrics from log events.

Sources: CloudWatch Logs User Guide, "Creating metrics from log events using filters"; CloudWatch User Guide,
"Specification: Embedded metric format" (2026-11).
"""

import json
import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from kit import eventually


@pytest.fixture
def group(client):
    logs, name = client("logs"), f"/test/{uuid.uuid4().hex}"
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="one")
    yield name
    logs.delete_log_group(logGroupName=name)


def write(client, group, *messages):
    now = int(time.time() * 1000)
    events = [{"timestamp": now, "message": message} for message in messages]
    client("logs").put_log_events(logGroupName=group, logStreamName="one", logEvents=events)


def points(client, namespace, name, **dimensions):
    now = datetime.now(UTC)
    return client("cloudwatch").get_metric_statistics(
        Namespace=namespace,
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=7200,
        Statistics=["Sum", "SampleCount"],
    )["Datapoints"]


JSON_LINES = ['{"level": "ERROR", "ms": 12.5, "page": "cart"}', '{"level": "ERROR", "ms": 7, "page": "cart"}', "text"]
COLUMNS = ["GET /a 404 100", "GET /b 200 50", "GET /c 404 7"]


@pytest.mark.parametrize(
    ("pattern", "transformation", "lines", "dimensions", "expected"),
    [
        ("text", {"metricValue": "2.5"}, JSON_LINES, {}, (2.5, 1, "None")),
        (
            '{ $.level = "ERROR" }',
            {"metricValue": "$.ms", "unit": "Milliseconds"},
            JSON_LINES,
            {},
            (19.5, 2, "Milliseconds"),
        ),
        (
            '{ $.level = "ERROR" }',
            {"metricValue": "1", "dimensions": {"Page": "$.page"}},
            JSON_LINES,
            {"Page": "cart"},
            (2, 2, "None"),
        ),
        ("[method, path, status = 4*, size]", {"metricValue": "$size"}, COLUMNS, {}, (107, 2, "None")),
        ("nowhere", {"metricValue": "1", "defaultValue": 0.0}, COLUMNS, {}, (0, 3, "None")),
    ],
)
def test_a_metric_filter_publishes(client, group, pattern, transformation, lines, dimensions, expected):
    namespace = f"test/{uuid.uuid4().hex[:8]}"
    described = {"metricName": "m", "metricNamespace": namespace, **transformation}
    for _ in range(2):  # the second takes the place of the first
        client("logs").put_metric_filter(
            logGroupName=group, filterName="f", filterPattern=pattern, metricTransformations=[described]
        )
    (kept,) = client("logs").describe_metric_filters(logGroupName=group)["metricFilters"]
    assert kept["metricTransformations"] == [described] and kept["creationTime"] > 1e12
    write(client, group, *lines)
    (point,) = eventually(lambda: points(client, namespace, "m", **dimensions), 10)
    assert (point["Sum"], point["SampleCount"], point["Unit"]) == expected


@pytest.mark.parametrize(
    ("pattern", "transformation", "message"),
    [
        ("{ $.a", {}, "If a filter pattern starts with '{' it must end with '}'"),
        ("[a, b = ]", {}, "Invalid filter pattern"),
        # hashicorp/terraform-provider-aws, issue 22105.
        ("ERROR", {"dimensions": {"a": "$.a"}}, "The specified filter pattern does not support dimensions"),
        (
            "ERROR",
            {"unit": "Foo"},
            "1 validation error detected: Value 'Foo' at 'metricTransformations.1.member.unit' failed to satisfy "
            "constraint: Member must satisfy enum value set: [Seconds, ",
        ),
    ],
)
def test_a_metric_filter_is_refused_as_on_aws(client, group, pattern, transformation, message):
    described = {"metricName": "m", "metricNamespace": "n", "metricValue": "1", **transformation}
    with pytest.raises(ClientError) as error:
        client("logs").put_metric_filter(
            logGroupName=group, filterName="f", filterPattern=pattern, metricTransformations=[described]
        )
    answer = error.value.response["Error"]
    assert answer["Code"] == "InvalidParameterException" and answer["Message"].startswith(message)


def test_a_pattern_can_be_tried(client):
    # API Reference, "TestMetricFilter" (2026-11).
    answer = client("logs").test_metric_filter(
        filterPattern="[ip, ..., size > 1000]", logEventMessages=["127.0.0.1 - 1534", "127.0.0.1 - 7"]
    )
    (match,) = answer["matches"]
    assert match["extractedValues"] == {"$ip": "127.0.0.1", "$2": "-", "$size": "1534"}
    assert (match["eventNumber"], match["eventMessage"]) == (1, "127.0.0.1 - 1534")


def embedded(namespace, **more):
    about = {
        "Namespace": namespace,
        "Dimensions": [["page"], ["page", "zone"], []],
        "Metrics": [{"Name": "latency", "Unit": "Milliseconds"}, {"Name": "calls", "StorageResolution": 1}],
    }
    document = {"page": "cart", "zone": "a", "latency": [10, 20.5], "calls": 1, **more}
    return json.dumps({"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [about]}, **document})


def test_a_log_event_says_itself_which_metrics_it_holds(client, group):
    namespace = f"test/{uuid.uuid4().hex[:8]}"
    # The second breaks the specification (a dimension that is no text), so nothing of it counts; the third is no JSON.
    write(client, group, embedded(namespace), embedded(namespace, page=7), '{"_aws": {"CloudWatchMetrics": [')
    (point,) = eventually(lambda: points(client, namespace, "latency", page="cart"), 10)
    assert (point["Sum"], point["SampleCount"], point["Unit"]) == (30.5, 2, "Milliseconds")
    for dimensions in ({"page": "cart", "zone": "a"}, {}):
        (point,) = eventually(lambda d=dimensions: points(client, namespace, "calls", **d), 10)
        assert point["SampleCount"] == 1


def test_a_function_publishes_metrics_by_printing(client, function):
    namespace = f"test/{uuid.uuid4().hex[:8]}"
    # The second as `console.log` writes it (aws-powertools/powertools-lambda-typescript, issue 1766).
    said = [embedded(namespace), f"2026-11-29T10:00:00.000Z\t{uuid.uuid4()}\tINFO\t{embedded(namespace)}"]
    function(f"def handler(event, context):\n    print('\\n'.join({said!r}))")()
    (point,) = eventually(lambda: points(client, namespace, "calls", page="cart"), 20)
    assert point["Sum"] == 2
