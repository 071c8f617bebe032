"""Metrics of concurrency and of provisioned concurrency.

Source: AWS Lambda Developer Guide, "Types of metrics for Lambda functions" (2026-11).
"""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from kit import eventually


@pytest.fixture
def metric(client):
    """`metric(name, statistic, **dimensions)` is that statistic of the last minutes, None without datapoints."""

    def read(name, statistic="Sum", **dimensions):
        now = datetime.now(UTC)
        points = client("cloudwatch").get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName=name,
            Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
            StartTime=now - timedelta(hours=1),
            EndTime=now + timedelta(hours=1),
            Period=7200,
            Statistics=[statistic],
        )["Datapoints"]
        return points[0][statistic] if points else None

    return read


def test_concurrency_is_that_of_a_function_and_of_the_account(function, metric):
    calls = [function("import time\ndef handler(e, c):\n    time.sleep(0.8)\n") for _ in range(2)]
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert eventually(lambda: metric("ConcurrentExecutions", "Maximum", FunctionName=calls[1].name))
    assert metric("ConcurrentExecutions", "Maximum", FunctionName=calls[0].name) == 1
    assert metric("ConcurrentExecutions", "Maximum") >= 2
    assert metric("UnreservedConcurrentExecutions", "Maximum") >= 2


def test_no_throttle_is_a_datapoint_too(function, metric):
    # So that an alarm on it is OK, and has not too few data.
    call = function("def handler(e, c): pass")
    call()
    assert eventually(lambda: metric("Invocations", FunctionName=call.name)) == 1
    assert (metric("Errors", FunctionName=call.name), metric("Throttles", FunctionName=call.name)) == (0, 0)


def test_provisioned_concurrency_is_counted(client, function, metric):
    lam, call = client("lambda"), function("def handler(e, c): pass")
    version = lam.publish_version(FunctionName=call.name)["Version"]
    about = {"FunctionName": call.name, "Qualifier": version}
    lam.put_provisioned_concurrency_config(**about, ProvisionedConcurrentExecutions=2)
    eventually(lambda: lam.get_provisioned_concurrency_config(**about)["Status"] == "READY")
    call({}, Qualifier=version)
    dimensions = {"FunctionName": call.name, "Resource": f"{call.name}:{version}"}
    assert eventually(lambda: metric("ProvisionedConcurrencyUtilization", "Maximum", **dimensions)) == 0.5
    assert metric("ProvisionedConcurrencyInvocations", **dimensions) == 1
    lam.delete_provisioned_concurrency_config(**about)
