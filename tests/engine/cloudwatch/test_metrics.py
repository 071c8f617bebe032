"""Statistics of exactly one metric, percentiles, and expressions over metrics, as CloudWatch computes them."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from kit import refusal


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


def test_values_with_their_counts_are_as_good_as_single_ones(cloudwatch):
    # API Reference, "MetricDatum": a set whose minimum and maximum are equal has percentiles, too (2026-11).
    namespace = f"test/{uuid.uuid4().hex[:8]}"
    datum = {"MetricName": "Latency", "Values": [1, 2, 3], "Counts": [90, 9, 1], "Unit": "Count"}
    equal = {"SampleCount": 100, "Sum": 400, "Minimum": 4, "Maximum": 4}
    known = {"MetricName": "Latency", "StatisticValues": equal, "Unit": "Count"}
    cloudwatch.put_metric_data(Namespace=namespace, MetricData=[datum, known])
    (point,) = statistics(cloudwatch, namespace, Statistics=["Sum", "SampleCount"], ExtendedStatistics=["p25", "p75"])
    assert (point["Sum"], point["SampleCount"]) == (111 + 400, 200)
    assert point["ExtendedStatistics"] == {"p25": 1, "p75": 4}
    unequal = {"SampleCount": 2, "Sum": 9, "Minimum": 4, "Maximum": 5}
    cloudwatch.put_metric_data(
        Namespace=namespace, MetricData=[{"MetricName": "Latency", "StatisticValues": unequal, "Unit": "Count"}]
    )
    (point,) = statistics(cloudwatch, namespace, Statistics=["Sum"], ExtendedStatistics=["p25"])
    assert (point["Sum"], point["ExtendedStatistics"]) == (520, {})


@pytest.mark.parametrize(
    ("statistic", "value"),
    [
        ("tm90", 45.5),
        ("TM(10%:90%)", 50.5),
        ("IQM", 50.5),
        ("wm90", 49.95),
        ("TC(:50)", 50),
        ("ts90", 4095),
        ("PR(1:50)", 49),
    ],
)
def test_statistics_of_a_part_are_computed(cloudwatch, published, statistic, value):
    # CloudWatch User Guide, "CloudWatch statistics definitions" (2026-11); of the values 1 to 100.
    page = [{"Name": "page", "Value": "a"}]
    (point,) = statistics(cloudwatch, published, Dimensions=page, ExtendedStatistics=[statistic])
    assert point["ExtendedStatistics"] == {statistic: pytest.approx(value)}


@pytest.mark.parametrize("statistic", ["p101", "x", "TM(:)", "PR(a:1)"])
def test_what_is_no_statistic_is_refused(cloudwatch, published, statistic):
    with pytest.raises(ClientError) as error:
        statistics(cloudwatch, published, ExtendedStatistics=[statistic])
    assert error.value.response["Error"]["Code"] == "InvalidParameterValue"


@pytest.mark.parametrize(
    ("datum", "message"),
    [
        ({"Unit": "Hours"}, "The parameter MetricData.member.1.Unit must be a value in the set [ Seconds, "),
        ({"StorageResolution": 30}, "The parameter MetricData.member.1.StorageResolution must be a value in the set"),
        (
            {"Timestamp": datetime(2026, 1, 1, tzinfo=UTC)},
            "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.",
        ),
        ({"Value": None}, "At least one of the parameters MetricData.member.1.Value"),
        # API Reference, "PutMetricData" (2026-11): -2^360 to 2^360; the words: awslabs/amazon-kinesis-producer 188.
        ({"Value": 1e300}, "The value 1.0E300 for parameter MetricData.member.1.Value is invalid."),
        ({"Value": float("nan")}, "The value NaN for parameter MetricData.member.1.Value is invalid."),
        (
            {"Value": None, "Values": [1, -(2.0**361)]},
            "The value -4.6970851655476665E108 for parameter MetricData.member.1.Values.member.2 is invalid.",
        ),
    ],
)
def test_values_that_are_none_are_refused(cloudwatch, datum, message):
    made = {name: value for name, value in ({"MetricName": "m", "Value": 1} | datum).items() if value is not None}
    with pytest.raises(ClientError) as error:
        cloudwatch.put_metric_data(Namespace="test/n", MetricData=[made])
    assert error.value.response["Error"]["Message"].startswith(message)
    with pytest.raises(ClientError, match="The value AWS/ for parameter Namespace is invalid"):
        cloudwatch.put_metric_data(Namespace="AWS/Lambda", MetricData=[{"MetricName": "m", "Value": 1}])


def test_periods_begin_with_a_minute_and_one_that_has_begun_is_shown(cloudwatch):
    # API Reference, "GetMetricData" (2026-11).
    namespace, now = f"test/{uuid.uuid4().hex[:8]}", datetime.now(UTC)
    cloudwatch.put_metric_data(Namespace=namespace, MetricData=[{"MetricName": "m", "Value": 1, "Timestamp": now}])
    query = metric("m", "a", namespace)
    query["MetricStat"]["Period"] = 60
    span = {"StartTime": now - timedelta(seconds=90), "EndTime": now}
    (result,) = cloudwatch.get_metric_data(MetricDataQueries=[query], **span)["MetricDataResults"]
    assert [moment.astimezone(UTC) for moment in result["Timestamps"]] == [now.replace(second=0, microsecond=0)]


def test_values_of_the_first_unit_are_shown_and_labels_are_kept(cloudwatch):
    # LocalStack's tests, recorded on AWS: test_get_metric_data_different_units_no_unit_in_query.
    namespace = f"test/{uuid.uuid4().hex[:8]}"
    for unit, value in (("Seconds", 60), ("Milliseconds", 60000)):
        cloudwatch.put_metric_data(Namespace=namespace, MetricData=[{"MetricName": "m", "Value": value, "Unit": unit}])
    queries = [metric("m", "a", namespace, Label="mine"), metric("m", "b", namespace)]
    queries[1]["MetricStat"]["Stat"] = "Maximum"
    found = cloudwatch.get_metric_data(MetricDataQueries=queries, **hours())["MetricDataResults"]
    assert [(one["Label"], one["Values"]) for one in found] == [("mine", [60000]), ("m Maximum", [60000])]
    assert found[0]["Messages"][0]["Value"] == "Multiple units returned: '[Milliseconds, Seconds]'"


def metric(name, identifier, namespace, **more):
    described = {"Metric": {"Namespace": namespace, "MetricName": name}, "Period": 7200, "Stat": "Sum"}
    return {"Id": identifier, "MetricStat": described, **more}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("100 * e / c", 25),
        ("(c - e) / 3", 5),
        ("SUM([e, c])", 25),
        ("SUM(METRICS())", 25),
        ("e ^ 2", 25),
        ("-e", -5),
        ("IF(e > 4 AND c == 20, 100 * e / c, 0)", 25),
        ("IF(e > 9, 1, 0)", 0),
        ("e >= 5 || c < 1", 1),
        ("FILL(e, 0) * (e > 0)", 5),
        ("CEIL(e / 2)", 3),
        ("e / PERIOD(e) * 7200", 5),
        ("RUNNING_SUM(e)", 5),
        ("e * METRIC_COUNT(METRICS())", 10),
        ("FIRST(METRICS())", 5),
        ("e - AVG(e)", 0),
    ],
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
    [
        ("ANOMALY_DETECTION_BAND(e)", "NotImplemented"),
        ('SELECT SUM(m) FROM "NS"', "NotImplemented"),
        ("e +", "ValidationError"),
        ("nobody", "ValidationError"),
    ],
)
def test_an_expression_that_cannot_be_computed_is_refused(cloudwatch, published, expression, code):
    queries = [metric("Errors", "e", published), {"Id": "x", "Expression": expression}]
    with pytest.raises(ClientError) as error:
        cloudwatch.get_metric_data(MetricDataQueries=queries, **hours())
    assert error.value.response["Error"]["Code"] == code


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("largest ${MAX}, ${DATAPOINT_COUNT} of ${LABEL}", "largest 5, 1 of Errors"),
        ("${AVG} ${SUM} ${MIN} ${FIRST} ${LAST} ${MIN_MAX_RANGE}", "5 5 5 5 5 0"),
        (
            "${PROP('MetricName')} ${PROP('Period')} ${PROP('Stat')} ${PROP('AccountId')}",
            "Errors 7200 Sum 000000000000",
        ),
        ("$MAX {MAX}", "$MAX {MAX}"),
    ],
)
def test_values_stand_in_a_label(cloudwatch, published, label, shown):
    # CloudWatch User Guide, "Use dynamic labels" (2026-11).
    queries = [metric("Errors", "e", published, Label=label), {"Id": "half", "Expression": "e / 2", "Label": "${MAX}"}]
    found = cloudwatch.get_metric_data(MetricDataQueries=queries, **hours())["MetricDataResults"]
    assert [one["Label"] for one in found] == [shown, "2.5"]
    queries = [metric("Errors", "e", published, Label="since ${FIRST_TIME}")]
    assert refusal(cloudwatch.get_metric_data, MetricDataQueries=queries, **hours())[0] == "NotImplemented"


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("list_metrics", "InvalidParameterValue"),
        ("describe_alarm_history", "InvalidNextToken"),
        ("describe_alarms", "InvalidNextToken"),
    ],
)
def test_a_token_of_nobody_is_refused(cloudwatch, operation, code):
    assert refusal(getattr(cloudwatch, operation), NextToken="x")[0] == code


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"Id": "A"}, "The value A for parameter MetricDataQueries.member.1.Id is not matching the expected pattern"),
        ({"Period": 61}, "The parameter MetricDataQueries.member.1.MetricStat.Period must be"),
    ],
)
def test_queries_are_checked(cloudwatch, request_, message):
    # influxdata/telegraf 5420.
    query = metric("m", request_.get("Id", "a"), "n")
    query["MetricStat"]["Period"] = request_.get("Period", 60)
    with pytest.raises(ClientError) as error:
        cloudwatch.get_metric_data(MetricDataQueries=[query], **hours())
    assert error.value.response["Error"]["Message"].startswith(message)


def test_dashboards_are_kept_and_checked(cloudwatch):
    # API Reference, "PutDashboard", "GetDashboard" (2026-11).
    name, body = f"test-{uuid.uuid4().hex[:8]}", '{"widgets": []}'
    with pytest.raises(ClientError, match="The field DashboardBody must be a valid JSON object"):
        cloudwatch.put_dashboard(DashboardName=name, DashboardBody="[")
    widgets = [{"type": "text", "properties": {"markdown": "m"}}, {"type": "metric", "properties": {"metrics": []}}]
    with pytest.raises(ClientError, match="there are 1 validation errors") as error:
        cloudwatch.put_dashboard(DashboardName=name, DashboardBody=json.dumps({"widgets": widgets}))
    refused = json.loads(error.value.response["Error"]["Message"].partition(":\n")[2])
    assert refused == [{"dataPath": "/widgets/1/properties", "message": "Should have required property 'region'"}]
    assert cloudwatch.put_dashboard(DashboardName=name, DashboardBody=body)["DashboardValidationMessages"] == []
    (entry,) = cloudwatch.list_dashboards(DashboardNamePrefix=name)["DashboardEntries"]
    assert (entry["Size"], cloudwatch.get_dashboard(DashboardName=name)["DashboardBody"]) == (len(body), body)
    cloudwatch.delete_dashboards(DashboardNames=[name])
    with pytest.raises(ClientError) as error:
        cloudwatch.get_dashboard(DashboardName=name)
    assert error.value.response["Error"]["Code"] == "ResourceNotFound"


def test_metrics_are_listed_and_searched_by_their_dimensions(cloudwatch):
    # API Reference, "ListMetrics"; CloudWatch User Guide, "CloudWatch search expression syntax" (2026-11).
    namespace = f"test/{uuid.uuid4().hex[:8]}"
    for value in ("1", "12", "a=b"):
        datum = {"MetricName": "ReadOps", "Dimensions": [{"Name": "page", "Value": value}], "Value": 1}
        cloudwatch.put_metric_data(Namespace=namespace, MetricData=[datum])
    one = [{"Name": "page", "Value": "1"}]
    assert [m["Dimensions"] for m in cloudwatch.list_metrics(Namespace=namespace, Dimensions=one)["Metrics"]] == [one]
    assert len(cloudwatch.list_metrics(Namespace=namespace, Dimensions=[{"Name": "page"}])["Metrics"]) == 3
    for search, labels in (
        (f'{{{namespace},page}} MetricName="ReadOps"', ["1", "12", "a=b"]),
        (f'{{{namespace},page}} read page=("1" OR "12") NOT page="12"', ["ReadOps 1"]),
        (f"{{{namespace}}}", []),
    ):
        query = {"Id": "a", "Expression": f"SEARCH('{search}', 'Sum', 60)"}
        found = cloudwatch.get_metric_data(MetricDataQueries=[query], **hours())["MetricDataResults"]
        assert [one["Label"] for one in found] == labels
        query["Label"] = "${LABEL}: ${MAX} of ${PROP('Dim.page')}"
        found = cloudwatch.get_metric_data(MetricDataQueries=[query], **hours())["MetricDataResults"]
        assert [one["Label"].partition(" of ")[0] for one in found] == [f"{label}: 1" for label in labels]
