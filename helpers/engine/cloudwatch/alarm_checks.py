"""What AWS refuses of an alarm.

API Reference, "PutMetricAlarm" and "DeleteAlarms" (2026-11). Messages are AWS's, from public reports: of windows that
are too long (the answers of 2026 to `terraform apply`), of alarms that others depend on (ekristen/aws-nuke 462,
cloud-custodian/cloud-custodian 7763).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from botocore.model import Shape
from localstack.services.cloudwatch.models import LocalStackMetricAlarm
from localstack.services.cloudwatch.provider_v2 import ValidationException

from ..server.constraints import detected, of_members
from ..server.not_here import refusal
from . import alarm_rules, datapoints, metric_math, metric_queries
from .alarm_data import period_of
from .alarm_evaluation import COMPARISONS
from .math_functions import Series

DAY = 86_400
ENUMERATED = ("ComparisonOperator", "Statistic", "Unit")
ACTIONS = ("OKActions", "AlarmActions", "InsufficientDataActions")


def check_metric_alarm(request: Mapping[str, Any], shape: Shape) -> None:
    """Raises: AWS's errors; NotImplemented for anomaly detection. `shape` is that of the request."""
    if message := detected(of_members(request, shape, ENUMERATED)):
        raise ValidationException(message)
    if request["ComparisonOperator"] not in COMPARISONS or request.get("ThresholdMetricId"):
        raise refusal("Alarms on anomaly detection (Amazon CloudWatch) are not part of this engine: thresholds are.")
    if request.get("Metrics"):
        _check_queries(request["Metrics"])
    elif not request.get("MetricName"):
        raise ValidationException("The parameter MetricName must be specified, or Metrics.")
    elif bool(request.get("Statistic")) == bool(request.get("ExtendedStatistic")):
        raise ValidationException("Exactly one of Statistic and ExtendedStatistic must be specified.")
    elif not request.get("Period"):
        raise ValidationException("The parameter Period must be specified.")
    if request.get("Threshold") is None:
        raise ValidationException("The parameter Threshold must be specified.")
    if extended := request.get("ExtendedStatistic"):
        datapoints.check_statistic(extended)
    if not 1 <= (request.get("DatapointsToAlarm") or request["EvaluationPeriods"]) <= request["EvaluationPeriods"]:
        raise ValidationException("DatapointsToAlarm must be between 1 and EvaluationPeriods")
    _check_window(period_of(dict(request)), request["EvaluationPeriods"])
    check_actions(request)


def check_actions(request: Mapping[str, Any]) -> None:
    """Raises: ValidationError for an action that is no ARN."""
    for action in (action for member in ACTIONS for action in request.get(member) or ()):
        if len(action.split(":")) < 6 or not action.startswith("arn:"):
            raise ValidationException(f"Invalid arn syntax: {action}")


def check_deletion(names: Sequence[str], alarms: Iterable[Any]) -> None:
    """Raises: ValidationError for what composite alarms that stay depend on, and for two composite alarms."""
    composites = [alarm.alarm for alarm in alarms if not isinstance(alarm, LocalStackMetricAlarm)]
    if sum(about["AlarmName"] in names for about in composites) > 1:
        raise ValidationException("Cannot delete more than one composite alarm in one operation.")
    needed = {
        name.rpartition(":alarm:")[2]
        for about in composites
        if about["AlarmName"] not in names
        for name in alarm_rules.parse(about["AlarmRule"])[1]
    }
    if held := [name for name in names if name in needed]:
        them = "it" if len(held) == 1 else "them"
        raise ValidationException(
            f"Cannot delete {','.join(held)} as there are composite alarm(s) depending on {them}."
        )


def _check_window(period: int, count: int) -> None:
    short = period < DAY // 24
    most, called = (DAY, "day") if short else (7 * DAY, "week")
    if period * count > most:
        raise ValidationException(
            f"Metrics cannot be checked across more than a {called} (EvaluationPeriods * Period must be <= {most}) for "
            f"alarms using period {'<' if short else '>='} {DAY // 24}"
        )


def _check_queries(queries: list[dict[str, Any]]) -> None:
    """Raises: what an expression cannot be computed for; that not exactly one query returns data."""
    metric_queries.check(queries)
    known: dict[str, Series] = {query["Id"]: {} for query in queries}
    for query in queries:
        if expression := query.get("Expression"):
            metric_math.evaluate(expression, known)
    if sum(1 for query in queries if query.get("ReturnData") is not False) != 1:
        raise ValidationException("Exactly one element of the metrics list should return data.")
