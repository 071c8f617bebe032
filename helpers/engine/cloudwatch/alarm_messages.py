"""What an alarm tells a topic and a function.

Shapes: LocalStack's tests, recorded on AWS (tests/aws/services/cloudwatch, v4.9.2); CloudWatch User Guide, "Invoke a
Lambda function from an alarm" (2026-11).
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from functools import cache
from typing import Any

from botocore.loaders import Loader
from localstack.services.cloudwatch.models import LocalStackAlarm, LocalStackMetricAlarm
from localstack.utils.strings import camel_to_snake_case

from .alarm_data import period_of


@cache
def region_name(region: str) -> str:
    """AWS's name of a region: "US East (N. Virginia)"."""
    partitions = Loader().load_data("endpoints")["partitions"]
    names = (partition["regions"].get(region, {}).get("description") for partition in partitions)
    return next(filter(None, names), region)


def for_sns(alarm: LocalStackAlarm, before: dict[str, Any]) -> dict[str, Any]:
    """The message that a topic gets."""
    about = alarm.alarm
    message = {
        "AlarmName": about["AlarmName"],
        "AlarmDescription": about.get("AlarmDescription"),
        "AWSAccountId": alarm.account_id,
        "AlarmConfigurationUpdatedTimestamp": _written(about["AlarmConfigurationUpdatedTimestamp"]),
        "NewStateValue": about["StateValue"],
        "NewStateReason": about["StateReason"],
        "StateChangeTime": _written(about["StateUpdatedTimestamp"]),
        "Region": region_name(alarm.region),
        "AlarmArn": about["AlarmArn"],
        "OldStateValue": before["StateValue"],
        "OKActions": about.get("OKActions") or [],
        "AlarmActions": about.get("AlarmActions") or [],
        "InsufficientDataActions": about.get("InsufficientDataActions") or [],
    }
    if isinstance(alarm, LocalStackMetricAlarm):
        return message | {"Trigger": _trigger(about)}
    children = json.loads(about.get("StateReasonData") or "{}").get("triggeringAlarms", [])
    return message | {
        "AlarmRule": about["AlarmRule"],
        "TriggeringChildren": [
            {"Arn": child["arn"], "State": {name.capitalize(): value for name, value in child["state"].items()}}
            for child in children
        ],
    }


def for_lambda(alarm: LocalStackAlarm, before: dict[str, Any]) -> dict[str, Any]:
    """The event that a function gets."""
    about = alarm.alarm
    configuration: dict[str, Any] = {}
    if about.get("AlarmDescription"):
        configuration["description"] = about["AlarmDescription"]
    if isinstance(alarm, LocalStackMetricAlarm):
        configuration["metrics"] = _metrics(about)
    else:
        configuration |= {"alarmRule": about["AlarmRule"]}
    return {
        "source": "aws.cloudwatch",
        "alarmArn": about["AlarmArn"],
        "accountId": alarm.account_id,
        "time": _written(about["StateUpdatedTimestamp"]),
        "region": alarm.region,
        "alarmData": {
            "alarmName": about["AlarmName"],
            "state": _state(about),
            "previousState": _state(before),
            "configuration": configuration,
        },
    }


def _state(about: dict[str, Any]) -> dict[str, Any]:
    since = about["StateUpdatedTimestamp"]
    state = {"value": about["StateValue"], "reason": about["StateReason"], "timestamp": _written(since)}
    return state | ({"reasonData": about["StateReasonData"]} if about.get("StateReasonData") else {})


def _trigger(about: dict[str, Any]) -> dict[str, Any]:
    trigger: dict[str, Any] = {
        "Period": period_of(about),
        "EvaluationPeriods": about["EvaluationPeriods"],
        "ComparisonOperator": about["ComparisonOperator"],
        "Threshold": about.get("Threshold"),
        "TreatMissingData": about.get("TreatMissingData", ""),
        "EvaluateLowSampleCountPercentile": about.get("EvaluateLowSampleCountPercentile", ""),
    }
    if about.get("DatapointsToAlarm"):
        trigger["DatapointsToAlarm"] = about["DatapointsToAlarm"]
    if about.get("Metrics"):
        return trigger | {"Metrics": about["Metrics"]}
    dimensions = [{"value": one["Value"], "name": one["Name"]} for one in about.get("Dimensions") or ()]
    trigger |= {"MetricName": about["MetricName"], "Namespace": about["Namespace"], "Unit": about.get("Unit")}
    trigger["Dimensions"] = dimensions
    if about.get("Statistic"):
        statistic = camel_to_snake_case(about["Statistic"]).upper()
        return trigger | {"StatisticType": "Statistic", "Statistic": statistic}
    return trigger | {"StatisticType": "ExtendedStatistic", "ExtendedStatistic": about["ExtendedStatistic"]}


def _metrics(about: dict[str, Any]) -> list[dict[str, Any]]:
    queries = about.get("Metrics") or [{"Id": str(uuid.uuid4()), "MetricStat": {"Metric": about, **_statistic(about)}}]
    return [_query(query) for query in queries]


def _statistic(about: dict[str, Any]) -> dict[str, Any]:
    stat = about.get("Statistic") or about.get("ExtendedStatistic")
    return {"Period": about["Period"], "Stat": stat, "Unit": about.get("Unit")}


def _query(query: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": query["Id"]}
    if query.get("Expression"):
        shown |= {"expression": query["Expression"], "label": query.get("Label")}
    if about := query.get("MetricStat"):
        metric = about["Metric"]
        dimensions = {one["Name"]: one["Value"] for one in metric.get("Dimensions") or ()}
        named = {"namespace": metric["Namespace"], "name": metric["MetricName"], "dimensions": dimensions}
        shown["metricStat"] = {"metric": named, "period": about["Period"], "stat": about["Stat"]}
        if about.get("Unit"):
            shown["metricStat"]["unit"] = about["Unit"]
    shown["returnData"] = query.get("ReturnData") is not False
    return {name: value for name, value in shown.items() if value is not None}


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
