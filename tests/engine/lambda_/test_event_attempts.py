"""What becomes of an asynchronous event: by the alias's configuration, when it is throttled, and in which metrics."""

import functools
import json
import urllib.error
import urllib.request
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from kit import ROLE, eventually

FAIL = "def handler(event, context):\n    raise ValueError('out of paper')"
ECHO = "def handler(event, context):\n    return event"


@pytest.fixture
def destination(client):
    """A queue: (ARN, a function that returns the records in it, at least so many)."""
    sqs = client("sqs")
    allowed = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["sqs:*", "s3:*"], "Resource": "*"}],
    }
    role = ROLE.rpartition("/")[2]
    client("iam").put_role_policy(RoleName=role, PolicyName="destinations", PolicyDocument=json.dumps(allowed))
    url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:10]}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    found = []

    def records(number=1):
        def received():
            messages = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages", [])
            found.extend(json.loads(message["Body"]) for message in messages)
            return len(found) >= number

        assert eventually(received, seconds=30), found
        return found

    yield arn, records
    sqs.delete_queue(QueueUrl=url)


def to_failure(arn, **more):
    return {"DestinationConfig": {"OnFailure": {"Destination": arn}}, **more}


def send(client, name, event, **more):
    client("lambda").invoke(FunctionName=name, InvocationType="Event", Payload=json.dumps(event), **more)


def test_with_reserved_concurrency_0_an_event_goes_straight_to_its_destination(client, function, destination):
    # Lambda Developer Guide, "Configuring reserved concurrency" (2026-11).
    arn, records = destination
    call = function(ECHO)
    lam = client("lambda")
    lam.put_function_event_invoke_config(FunctionName=call.name, **to_failure(arn))
    lam.put_function_concurrency(FunctionName=call.name, ReservedConcurrentExecutions=0)
    send(client, call.name, {"number": 1})
    record = records()[0]
    assert record["requestContext"]["condition"] == "ZeroReservedConcurrency"
    assert record["requestContext"]["approximateInvokeCount"] == 0
    assert record["requestPayload"] == {"number": 1}
    assert "responseContext" not in record and "responsePayload" not in record


def test_an_alias_has_its_own_configuration(client, function, destination):
    arn, records = destination
    call = function(FAIL)
    lam = client("lambda")
    version = lam.publish_version(FunctionName=call.name)["Version"]
    lam.create_alias(FunctionName=call.name, Name="live", FunctionVersion=version)
    lam.put_function_event_invoke_config(
        FunctionName=call.name, Qualifier="live", **to_failure(arn, MaximumRetryAttempts=0)
    )
    send(client, call.name, {"number": 1})  # no configuration of $LATEST: to nowhere
    send(client, call.name, {"number": 2}, Qualifier="live")
    record = records()[0]
    assert record["requestPayload"] == {"number": 2}
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 1
    assert record["responseContext"] == {"statusCode": 200, "executedVersion": version, "functionError": "Unhandled"}


def test_an_event_that_is_throttled_until_it_is_too_old_is_not_lost(client, function, destination):
    arn, records = destination
    call = function("import time\ndef handler(event, context):\n    time.sleep(event)\n", Timeout=20)
    lam = client("lambda")
    lam.put_function_event_invoke_config(FunctionName=call.name, **to_failure(arn, MaximumEventAgeInSeconds=60))
    lam.put_function_concurrency(FunctionName=call.name, ReservedConcurrentExecutions=1)
    send(client, call.name, 6)
    send(client, call.name, 0)
    record = records()[0]
    assert record["requestContext"]["condition"] == "EventAgeExceeded"
    assert record["requestPayload"] == 0 and "responsePayload" not in record


def test_a_record_on_an_event_bus_names_the_bus_and_the_function(client, function, destination):
    # LocalStack's snapshot `test_invoke_lambda_eventbridge`, recorded on AWS in 2024.
    queue, records = destination
    events, lam, call = client("events"), client("lambda"), function(ECHO)
    arn = lam.get_function_configuration(FunctionName=call.name)["FunctionArn"]
    bus = arn.replace(":lambda:", ":events:").partition(":function:")[0] + ":event-bus/default"
    role = {"RoleName": ROLE.rpartition("/")[2], "PolicyName": "bus"}
    allowed = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": bus}
    client("iam").put_role_policy(**role, PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}))
    rule = f"rule-{uuid.uuid4().hex[:8]}"
    events.put_rule(Name=rule, EventPattern=json.dumps({"source": ["lambda"], "resources": [f"{arn}:$LATEST"]}))
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": queue}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    url = client("sqs").get_queue_url(QueueName=queue.rpartition(":")[2])["QueueUrl"]
    client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    events.put_targets(Rule=rule, Targets=[{"Id": "1", "Arn": queue}])
    lam.put_function_event_invoke_config(FunctionName=call.name, DestinationConfig={"OnSuccess": {"Destination": bus}})
    send(client, call.name, {"number": 1})
    event = records()[0]
    assert event["detail-type"] == "Lambda Function Invocation Result - Success"
    assert event["resources"] == [bus, f"{arn}:$LATEST"]
    assert event["detail"]["requestPayload"] == {"number": 1}
    events.remove_targets(Rule=rule, Ids=["1"])
    events.delete_rule(Name=rule)
    client("iam").delete_role_policy(**role)


def test_a_record_may_go_to_a_bucket(client, function, destination):
    # Lambda Developer Guide, "Adding a destination" (2026-11): failures, since November 2024.
    call = function(FAIL)
    bucket = f"records-{uuid.uuid4().hex[:10]}"
    s3 = client("s3")
    s3.create_bucket(Bucket=bucket)
    client("lambda").put_function_event_invoke_config(
        FunctionName=call.name, **to_failure(f"arn:aws:s3:::{bucket}", MaximumRetryAttempts=0)
    )
    send(client, call.name, {"number": 1})
    found = eventually(lambda: s3.list_objects_v2(Bucket=bucket).get("Contents"), seconds=20)
    key = found[0]["Key"]
    assert key.startswith(f"aws/lambda/async/{call.name}/{datetime.now(UTC):%Y/%m}/")
    assert json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())["requestPayload"] == {"number": 1}
    s3.delete_object(Bucket=bucket, Key=key)
    s3.delete_bucket(Bucket=bucket)


def total_of(client, metric, statistic="Sum", **dimensions):
    now = datetime.now(UTC)
    points = client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName=metric,
        Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=7200,
        Statistics=[statistic],
    )["Datapoints"]
    return sum(point[statistic] for point in points)


def test_requests_to_a_url_and_provisioned_concurrency_are_counted(client, engine, function):
    # Lambda Developer Guide, "Types of metrics for Lambda functions" and "Monitoring Lambda function URLs" (2026-11).
    lam, call = client("lambda"), function(ECHO)
    version = lam.publish_version(FunctionName=call.name)["Version"]
    which = {"FunctionName": call.name, "Qualifier": version}
    lam.put_provisioned_concurrency_config(**which, ProvisionedConcurrentExecutions=1)
    assert eventually(lambda: lam.get_provisioned_concurrency_config(**which)["Status"] == "READY", 20)
    call({}, Qualifier=version)
    call({})
    url = lam.create_function_url_config(FunctionName=call.name, AuthType="AWS_IAM")["FunctionUrl"]
    asked = urllib.request.Request(engine.endpoint, headers={"Host": url.split("/")[2]})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(asked)
    expected = {
        "UrlRequestCount": 1,
        "Url4xxCount": 1,
        "Url5xxCount": 0,
        "ProvisionedConcurrencyInvocations": 1,
        "ProvisionedConcurrencySpilloverInvocations": 0,
    }

    def published():
        return {metric: total_of(client, metric, FunctionName=call.name) for metric in expected}

    assert eventually(lambda: published() == expected, seconds=30), published()


def test_metrics_are_those_of_function_version_alias_and_event(client, function):
    call = function(ECHO)
    lam = client("lambda")
    version = lam.publish_version(FunctionName=call.name)["Version"]
    lam.create_alias(FunctionName=call.name, Name="live", FunctionVersion=version)
    call({})
    call({}, Qualifier=version)
    call({}, Qualifier="live")
    send(client, call.name, {})

    total = functools.partial(total_of, client)
    name = {"FunctionName": call.name}
    expected = [
        ("Invocations", "Sum", name, 4),
        ("Invocations", "Sum", name | {"Resource": call.name}, 2),
        ("Invocations", "Sum", name | {"Resource": f"{call.name}:{version}"}, 1),
        ("Invocations", "Sum", name | {"Resource": f"{call.name}:live"}, 1),
        ("Invocations", "Sum", name | {"Resource": f"{call.name}:live", "ExecutedVersion": version}, 1),
        ("AsyncEventsReceived", "Sum", name, 1),
        ("AsyncEventAge", "SampleCount", name, 1),
    ]

    def published():
        return [total(metric, statistic, **dimensions) for metric, statistic, dimensions, _ in expected]

    wanted = [value for *_, value in expected]
    assert eventually(lambda: published() == wanted, seconds=30), published()
    assert total("AsyncEventsDropped", **name) == 0
    assert total("Invocations") >= 4
