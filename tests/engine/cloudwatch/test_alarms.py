"""Alarms: when they change, what they do, and what is said of it.

Sources: CloudWatch User Guide, "Using Amazon CloudWatch alarms", "Invoke a Lambda function from an alarm", "Combining
alarms" (2026-11); messages as recorded on AWS in LocalStack's tests (tests/aws/services/cloudwatch, v4.9.2).
"""

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from kit import eventually

ACCOUNT = "000000000000"


@pytest.fixture
def alarm(client):
    """`alarm(**settings)` puts an alarm on the metric `m` with a period of 10 s, and returns its name."""
    cloudwatch, names, namespace = client("cloudwatch"), [], f"test/{uuid.uuid4().hex[:8]}"

    def put(**settings):
        name = f"alarm-{uuid.uuid4().hex[:8]}"
        names.append(name)
        settings = {"EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanThreshold"} | settings
        if "Metrics" not in settings:
            settings |= {"Namespace": namespace, "MetricName": "m", "Period": 10}
        cloudwatch.put_metric_alarm(AlarmName=name, **settings)
        return name

    put.namespace = namespace
    yield put
    cloudwatch.delete_alarms(AlarmNames=names)


def described(client, name):
    answer = client("cloudwatch").describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    return (answer["MetricAlarms"] + answer["CompositeAlarms"])[0]


def history(client, name):
    items = client("cloudwatch").describe_alarm_history(AlarmName=name, ScanBy="TimestampAscending")
    return [(item["HistoryItemType"], item["HistorySummary"]) for item in items["AlarmHistoryItems"]]


def pager(client):
    """A topic, and the URL of a queue that hears all of it."""
    sqs, sns = client("sqs"), client("sns")
    name = f"q-{uuid.uuid4().hex[:8]}"
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    topic = sns.create_topic(Name=name)["TopicArn"]
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}"
    allow = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:*", "Resource": arn}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps({"Statement": [allow]})})
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return topic, queue


def query(identifier, namespace):
    metric = {"Metric": {"Namespace": namespace, "MetricName": "m"}, "Period": 10, "Stat": "Sum"}
    return {"Id": identifier, "ReturnData": False, "MetricStat": metric}


def test_an_alarm_follows_its_metric_within_a_period(client, alarm):
    cloudwatch = client("cloudwatch")
    expression = [{"Id": "double", "Expression": "e * 2"}, query("e", alarm.namespace)]
    expected = {
        alarm(Statistic="Average"): "1 datapoint [6.0 (",
        alarm(Statistic="Sum", DatapointsToAlarm=1): "1 out of the last 1 datapoints [12.0 (",
        alarm(ExtendedStatistic="p50"): "1 datapoint [6.0 (",
        alarm(Metrics=expression, Threshold=20.0): "1 datapoint [24.0 (",
    }
    quiet = alarm(Statistic="Sum", Threshold=100.0)
    silent = alarm(Statistic="Sum", TreatMissingData="ignore", EvaluationPeriods=5)
    for value in (5, 7):
        cloudwatch.put_metric_data(Namespace=alarm.namespace, MetricData=[{"MetricName": "m", "Value": value}])
    for name, reason in expected.items():
        eventually(lambda name=name: described(client, name)["StateValue"] == "ALARM", 30)
        found = described(client, name)
        assert found["StateValue"] == "ALARM" and found["StateReason"].startswith(f"Threshold Crossed: {reason}")
        data = json.loads(found["StateReasonData"])
        assert data["version"] == "1.0" and data["period"] == 10 and len(data["evaluatedDatapoints"]) == 1
    assert eventually(lambda: described(client, quiet)["StateValue"] == "OK", 30)
    assert "was not greater than the threshold (100.0)" in described(client, quiet)["StateReason"]
    assert described(client, silent)["StateReason"] == "Unchecked: Initial alarm creation"


def test_missing_data_breaches_if_it_is_to(client, alarm):
    name = alarm(Statistic="Sum", TreatMissingData="breaching", EvaluationPeriods=2)
    assert eventually(lambda: described(client, name)["StateValue"] == "ALARM", 30)
    assert described(client, name)["StateReason"] == (  # recorded on AWS
        "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as "
        "[Breaching]."
    )


def test_what_is_told_of_a_state_is_that_state_though_the_next_has_come(client, alarm):
    """Each alarm is put into ALARM, and tells five topics, while it is evaluated for the first time: it is OK."""
    sqs, sns = client("sqs"), client("sns")
    topic, queue = pager(client)
    topics = [*(sns.create_topic(Name=f"t-{uuid.uuid4().hex[:8]}")["TopicArn"] for _ in range(4)), topic]
    wanted, heard = set(), set()
    for _ in range(20):
        name = alarm(Statistic="Sum", TreatMissingData="notBreaching", AlarmActions=topics)
        client("cloudwatch").set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="by hand")
        wanted.add(name)

    def all_heard():
        for message in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            said = json.loads(json.loads(message["Body"])["Message"])
            if said["NewStateValue"] == "ALARM":
                heard.add(said["AlarmName"])
        return heard == wanted

    assert eventually(all_heard, 20), f"{len(heard)} of {len(wanted)}"


def test_an_alarm_publishes_to_a_topic_and_invokes_a_function_that_lets_it(client, alarm, function):
    sqs, lam = client("sqs"), client("lambda")
    topic, queue = pager(client)
    call = function("import json\ndef handler(event, context):\n    print('ALARMED ' + json.dumps(event))")
    target = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{call.name}"
    watched = alarm(Statistic="Sum", TreatMissingData="ignore", AlarmActions=[topic, target], AlarmDescription="d")

    client("cloudwatch").set_alarm_state(AlarmName=watched, StateValue="ALARM", StateReason="by hand")
    (message,) = eventually(lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages"), 20)
    body = json.loads(message["Body"])
    assert body["Subject"] == f'ALARM: "{watched}" in US East (N. Virginia)'
    said = json.loads(body["Message"])
    assert (said["AlarmName"], said["OldStateValue"], said["NewStateValue"]) == (watched, "INSUFFICIENT_DATA", "ALARM")
    assert said["Trigger"]["StatisticType"] == "Statistic" and said["Trigger"]["Statistic"] == "SUM"
    done = eventually(lambda: [summary for kind, summary in history(client, watched) if kind == "Action"][1:], 10)
    assert "Failed to execute action" in done[0] and "AccessDeniedException" in done[0]

    source = f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:{watched}"
    principal = "lambda.alarms.cloudwatch.amazonaws.com"
    lam.add_permission(
        FunctionName=call.name,
        StatementId="s",
        Action="lambda:InvokeFunction",
        Principal=principal,
        SourceArn=source,
        SourceAccount=ACCOUNT,
    )
    for state in ("OK", "ALARM"):
        client("cloudwatch").set_alarm_state(AlarmName=watched, StateValue=state, StateReason="again")

    def told():
        try:
            found = client("logs").filter_log_events(logGroupName=f"/aws/lambda/{call.name}", filterPattern="ALARMED")
        except ClientError:
            return None
        return found["events"]

    (event,) = eventually(told, 20)
    event = json.loads(event["message"].partition("ALARMED ")[2])
    assert (event["source"], event["alarmArn"], event["accountId"]) == ("aws.cloudwatch", source, ACCOUNT)
    assert event["alarmData"]["previousState"]["value"] == "OK"
    assert event["alarmData"]["configuration"]["metrics"][0]["metricStat"]["stat"] == "Sum"
    assert history(client, watched)[:2] == [
        ("ConfigurationUpdate", f'Alarm "{watched}" created'),
        ("StateUpdate", "Alarm updated from INSUFFICIENT_DATA to ALARM"),
    ]


def test_a_composite_alarm_follows_its_rule(client, alarm):
    cloudwatch = client("cloudwatch")
    one, two = (alarm(Statistic="Sum", TreatMissingData="ignore") for _ in range(2))
    name = f"composite-{uuid.uuid4().hex[:8]}"
    cloudwatch.put_composite_alarm(AlarmName=name, AlarmRule=f'ALARM("{one}") AND NOT ALARM({two})')
    assert eventually(lambda: described(client, name)["StateValue"] == "OK")
    cloudwatch.set_alarm_state(AlarmName=one, StateValue="ALARM", StateReason="r")
    found = described(client, name)
    assert found["StateValue"] == "ALARM" and f":alarm:{one} transitioned to ALARM at" in found["StateReason"]
    (child,) = json.loads(found["StateReasonData"])["triggeringAlarms"]
    assert child["arn"].endswith(one) and child["state"]["value"] == "ALARM"
    cloudwatch.set_alarm_state(AlarmName=two, StateValue="ALARM", StateReason="r")
    assert described(client, name)["StateValue"] == "OK"
    cloudwatch.delete_alarms(AlarmNames=[name])


def test_an_alarm_that_is_changed_keeps_its_state(client, alarm):
    # API Reference, "PutMetricAlarm": "When you update an existing alarm, its state is left unchanged" (2026-11).
    cloudwatch, name = client("cloudwatch"), alarm(Statistic="Sum", TreatMissingData="ignore")
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="OK", StateReason="r")
    settings = {"Namespace": alarm.namespace, "MetricName": "m", "Period": 10, "Statistic": "Sum"}
    settings |= {"EvaluationPeriods": 1, "Threshold": 2.0, "ComparisonOperator": "GreaterThanThreshold"}
    cloudwatch.put_metric_alarm(AlarmName=name, TreatMissingData="ignore", **settings)
    assert (described(client, name)["StateValue"], described(client, name)["Threshold"]) == ("OK", 2.0)


def test_an_alarm_has_the_tags_that_it_is_made_with(client, alarm):
    tags = [{"Key": "team", "Value": "shop"}]
    arn = described(client, alarm(Statistic="Sum", Tags=tags))["AlarmArn"]
    assert client("cloudwatch").list_tags_for_resource(ResourceARN=arn)["Tags"] == tags


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"ComparisonOperator": "GreaterThanUpperThreshold", "ThresholdMetricId": "a"}, "NotImplemented"),
        ({"Statistic": "Sum", "AlarmActions": ["arn:aws:automate:us-east-1:ec2:stop"]}, "NotImplemented"),
        ({"ExtendedStatistic": "tm"}, "InvalidParameterValue"),
        ({"Statistic": "Sum", "AlarmActions": ["topic"]}, "ValidationError"),
        ({"Statistic": "Sum", "EvaluationInterval": 60}, "NotImplemented"),
        ({"Statistic": "Sum", "ComparisonOperator": "Above"}, "ValidationError"),
        ({"Statistic": "Sum", "Unit": "Hours"}, "ValidationError"),
        ({"Statistic": "Sum", "EvaluationPeriods": 8641}, "ValidationError"),
        ({"Metrics": [{"Id": "a", "Expression": "ANOMALY_DETECTION_BAND(a)"}]}, "NotImplemented"),
        ({"Metrics": [{"Id": "a", "Expression": "nobody"}]}, "ValidationError"),
        ({}, "ValidationError"),
    ],
)
def test_an_alarm_that_could_not_act_is_refused(alarm, settings, code):
    with pytest.raises(ClientError) as error:
        alarm(**settings)
    assert error.value.response["Error"]["Code"] == code


def test_an_alarm_that_a_composite_alarm_needs_is_not_deleted(client, alarm):
    # ekristen/aws-nuke 462.
    cloudwatch, name, parent = client("cloudwatch"), alarm(Statistic="Sum"), f"alarm-{uuid.uuid4().hex[:8]}"
    cloudwatch.put_composite_alarm(AlarmName=parent, AlarmRule=f"ALARM({name})")
    with pytest.raises(ClientError, match=f"Cannot delete {name} as there are composite alarm.s. depending on it."):
        cloudwatch.delete_alarms(AlarmNames=[name])
    cloudwatch.delete_alarms(AlarmNames=[parent])


@pytest.mark.parametrize("rule", ["ALARM(", "ALARM(nobody-has-that-name)"])
def test_a_rule_that_cannot_be_followed_is_refused(client, rule):
    with pytest.raises(ClientError) as error:
        client("cloudwatch").put_composite_alarm(AlarmName="c", AlarmRule=rule)
    assert error.value.response["Error"]["Code"] == "ValidationError"


def test_alarms_are_listed_by_all_filters_together(client, alarm):
    # API Reference, "DescribeAlarms" (2026-11): without AlarmTypes metric alarms only.
    cloudwatch = client("cloudwatch")
    names = sorted(alarm(Statistic="Sum", TreatMissingData="ignore") for _ in range(3))
    parent = f"alarm-{uuid.uuid4().hex[:8]}"
    cloudwatch.put_composite_alarm(AlarmName=parent, AlarmRule=f"ALARM({names[0]})")
    cloudwatch.set_alarm_state(AlarmName=names[1], StateValue="OK", StateReason="r")

    def listed(**filters):
        pages = cloudwatch.get_paginator("describe_alarms").paginate(PaginationConfig={"PageSize": 1}, **filters)
        found = [
            one["AlarmName"] for page in pages for kind in ("MetricAlarms", "CompositeAlarms") for one in page[kind]
        ]
        return [name for name in found if name in (*names, parent)]

    assert listed(AlarmNamePrefix="alarm-") == names
    assert listed(AlarmNames=names, StateValue="OK") == [names[1]]
    assert listed(AlarmNamePrefix="alarm-", ActionPrefix="arn:aws:sns") == []
    assert listed(AlarmTypes=["CompositeAlarm"]) == [parent]
    assert listed(ChildrenOfAlarmName=parent) == [names[0]]
    assert listed(ParentsOfAlarmName=names[0]) == [parent]
    cloudwatch.delete_alarms(AlarmNames=[parent])
