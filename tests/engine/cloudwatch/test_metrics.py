"""Statistics of exactly one metric, percentiles, and expressions over metrics, as CloudWatch computes them."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def cloudwatch(client):
    return client("cloudwatch")


@pytest.fixture
def published(cloudwatch):
    """A namespace: 1 to 100 of `Latency` of page=a, one of page=ab, one of page=a with another dimension."""
    namespace = f"test/{uuid.uuid4().hex[:8]}"
    page = {"Name": "page", "Value": "a"}
    for dimensions, values in (
        ([page], list(range(1, 101))),
        ([{"Name": "page", "Value": "ab"}], [1000]),
        ([page, {"Name": "zone", "Value": "x"}], [1000]),
    ):
        datum = {"MetricName": "Latency", "Dimensions": dimensions, "Values": values, "Unit": "Milliseconds"}
        cloudwatch.put_metric_data(Namespace=namespace, MetricData=[datum])
    cloudwatch.put_metric_data(
        Namespace=namespace,
        MetricData=[{"MetricName": "Errors", "Value": 5}, {"MetricName": "Calls", "Value": 20}],
    )
    return namespace


def hours():
    now = datetime.now(UTC)
    return {"StartTime": now - timedelta(hours=1), "EndTime": now + timedelta(hours=1)}


def statistics(cloudwatch, namespace, **options):
    answer = cloudwatch.get_metric_statistics(
        Namespace=namespace, MetricName="Latency", Period=7200, **hours(), **options
    )
    return answer["Datapoints"]


def test_a_metric_is_its_name_and_exactly_its_dimensions(cloudwatch, published):
    # CloudWatch User Guide, "Dimensions" (2026-11).
    page = [{"Name": "page", "Value": "a"}]
    (point,) = statistics(
        cloudwatch, published, Dimensions=page, Statistics=["Sum", "SampleCount", "Maximum", "Average"]
    )
    assert (point["Sum"], point["SampleCount"], point["Maximum"], point["Average"]) == (5050, 100, 100, 50.5)
    assert point["Unit"] == "Milliseconds"
    assert statistics(cloudwatch, published, Statistics=["Sum"]) == []


def test_percentiles_are_computed(cloudwatch, published):
    page = [{"Name": "page", "Value": "a"}]
    (point,) = statistics(cloudwatch, published, Dimensions=page, ExtendedStatistics=["p50", "p99.9"])
    assert point["ExtendedStatistics"] == {"p50": 50.5, "p99.9": pytest.approx(99.9, abs=0.1)}


@pytest.mark.parametrize(
    ("statistic", "code"),
    [("tm90", "NotImplemented"), ("p101", "InvalidParameterValue"), ("x", "InvalidParameterValue")],
)
def test_what_is_no_percentile_is_refused(cloudwatch, published, statistic, code):
    with pytest.raises(ClientError) as error:
        statistics(cloudwatch, published, ExtendedStatistics=[statistic])
    assert error.value.response["Error"]["Code"] == code


def metric(name, identifier, namespace, **more):
    described = {"Metric": {"Namespace": namespace, "MetricName": name}, "Period": 7200, "Stat": "Sum"}
    return {"Id": identifier, "MetricStat": described, **more}


@pytest.mark.parametrize(
    ("expression", "value"),
    [("100 * e / c", 25), ("(c - e) / 3", 5), ("SUM([e, c])", 25), ("SUM(METRICS())", 25), ("e ^ 2", 25), ("-e", -5)],
)
def test_expressions_are_computed_from_other_queries(cloudwatch, published, expression, value):
    # CloudWatch User Guide, "Using math expressions with CloudWatch metrics" (2026-11).
    queries = [metric("Errors", "e", published, ReturnData=False), metric("Calls", "c", published)]
    queries.insert(0, {"Id": "rate", "Expression": expression, "Label": "Rate"})
    results = cloudwatch.get_metric_data(MetricDataQueries=queries, **hours())["MetricDataResults"]
    assert [(result["Id"], result["Label"], result["Values"]) for result in results] == [
        ("rate", "Rate", [value]),
        ("c", "Calls", [20]),
    ]


@pytest.mark.parametrize(
    ("expression", "code"),
    [("ANOMALY_DETECTION_BAND(e)", "NotImplemented"), ("e +", "ValidationError"), ("nobody", "ValidationError")],
)
def test_an_expression_that_cannot_be_computed_is_refused(cloudwatch, published, expression, code):
    queries = [metric("Errors", "e", published), {"Id": "x", "Expression": expression}]
    with pytest.raises(ClientError) as error:
        cloudwatch.get_metric_data(MetricDataQueries=queries, **hours())
    assert error.value.response["Error"]["Code"] == code
