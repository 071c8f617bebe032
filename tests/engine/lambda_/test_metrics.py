"""Metrics of concurrency, of provisioned concurrency and of function URLs.

Source: AWS Lambda Developer Guide, "Types of metrics for Lambda functions" and "Monitoring Lambda function URLs"
(2026-11).
"""

import http.client
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

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


def test_requests_of_function_urls_are_counted(client, engine, function, metric):
    lam, call = client("lambda"), function("def handler(e, c): return {'statusCode': int(e['rawPath'][1:])}")
    url = lam.create_function_url_config(FunctionName=call.name, AuthType="NONE")["FunctionUrl"]
    everybody = {"FunctionName": call.name, "Principal": "*"}
    lam.add_permission(**everybody, StatementId="u", Action="lambda:InvokeFunctionUrl", FunctionUrlAuthType="NONE")
    lam.add_permission(**everybody, StatementId="i", Action="lambda:InvokeFunction", InvokedViaFunctionUrl=True)
    for status in (200, 404, 500):
        connection = http.client.HTTPConnection(urlsplit(engine.endpoint).netloc, timeout=30)
        connection.request("GET", f"/{status}", headers={"Host": urlsplit(url).netloc})
        assert connection.getresponse().status == status
    # The last one that is published; one after the other can be read.
    assert eventually(lambda: metric("UrlRequestLatency", "SampleCount", FunctionName=call.name) == 3)
    assert metric("UrlRequestCount", FunctionName=call.name) == 3
    assert (metric("Url4xxCount", FunctionName=call.name), metric("Url5xxCount", FunctionName=call.name)) == (1, 1)
