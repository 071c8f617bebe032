"""What is checked of queries for metrics, and of values that are published.

API Reference, "MetricDataQuery" and "MetricDatum" (2026-11). Messages are AWS's, from public reports:
influxdata/telegraf 5420 (identifiers), awslabs/collectd-cloudwatch 46 (units), cloud-custodian/cloud-custodian 2559
(times), boto/botocore 1671 (resolutions), awslabs/amazon-kinesis-producer 188 (values).
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.cloudwatch import StandardUnit

from ..iam import internal_calls
from ..server.not_here import refusal
from . import datapoints

IDENTIFIER = re.compile(r"[a-z][a-zA-Z0-9_]*")
OLDEST, NEWEST = 14 * 24 * 3600, 2 * 3600  # s before and after now
MOST_DIMENSIONS = 30
LARGEST = 2.0**360
UNITS = [unit.value for unit in StandardUnit]


def check(queries: Sequence[dict[str, Any]]) -> None:
    """Check the queries of GetMetricData, or of an alarm. Raises: ValidationError; NotImplemented for SQL."""
    wrong = []
    for number, query in enumerate(queries, 1):
        place = f"MetricDataQueries.member.{number}"
        if not IDENTIFIER.fullmatch(query["Id"]):
            wrong.append(
                f"The value {query['Id']} for parameter {place}.Id is not matching the expected pattern "
                f"^{IDENTIFIER.pattern}$."
            )
        if bool(query.get("MetricStat")) == bool(query.get("Expression")):
            wrong.append(f"Exactly one of the parameters {place}.MetricStat and {place}.Expression must be specified.")
        if re.match(r"\s*SELECT\b", query.get("Expression") or "", re.IGNORECASE):
            raise refusal(
                "Queries of CloudWatch Metrics Insights (SELECT …) are not part of this engine: metric math is."
            )
        if about := query.get("MetricStat"):
            datapoints.check_statistic(about["Stat"])
            if not datapoints.is_period(about["Period"]):
                wrong.append(f"The parameter {place}.MetricStat.Period must be 1, 5, 10, 20, 30, or a multiple of 60.")
    identifiers = [query["Id"] for query in queries]
    if len(set(identifiers)) < len(identifiers):
        wrong.append("The values for parameter id in MetricDataQueries are not unique.")
    if wrong:
        raise CommonServiceException("ValidationError", "\n".join(wrong), 400, True)


def put_metric_data(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    namespace: str,
    metric_data: list[dict[str, Any]] | None = None,
    **others: Any,
) -> Any:
    """Wrap `CloudwatchProvider.put_metric_data`. Raises: InvalidParameterValue and its kin, as AWS."""
    data = metric_data or []
    if not internal_calls.is_internal(context.request):
        if namespace.startswith("AWS/"):
            raise _invalid("The value AWS/ for parameter Namespace is invalid.")
        if wrong := [said for number, datum in enumerate(data, 1) for said in _wrong(datum, number)]:
            raise _invalid("\n".join(wrong))
    return original(self, context, namespace, data, **others)


def _wrong(datum: dict[str, Any], number: int) -> Iterator[str]:
    """What is wrong with a datum."""
    place = f"MetricData.member.{number}"
    if (unit := datum.get("Unit")) and unit not in UNITS:
        yield f"The parameter {place}.Unit must be a value in the set [ {', '.join(UNITS)} ]."
    if datum.get("StorageResolution") not in (None, 1, 60):
        yield f"The parameter {place}.StorageResolution must be a value in the set [ 1, 60 ]."
    moment = datum.get("Timestamp")
    if isinstance(moment, datetime) and not -OLDEST <= moment.timestamp() - time.time() <= NEWEST:
        yield f"The parameter {place}.Timestamp must specify a time within the past two weeks."
    known = list(_numbers(datum))
    if not known:
        members = f"{place}.Value, {place}.Values or {place}.StatisticValues"
        yield f"At least one of the parameters {members} must be specified."
    for name, value in known:
        if not -LARGEST <= value <= LARGEST:  # nor is that said of NaN
            yield f"The value {_written(value)} for parameter {place}.{name} is invalid."
    dimensions = datum.get("Dimensions") or []
    if len(dimensions) > MOST_DIMENSIONS:
        yield f"The collection {place}.Dimensions must not have a size greater than {MOST_DIMENSIONS}."
    names = [one["Name"] for one in dimensions]
    if len(set(names)) < len(names):
        yield f"The parameter {place}.Dimensions must not have duplicate names."


def _numbers(datum: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """The numbers of a datum, each with its place."""
    if datum.get("Value") is not None:
        yield "Value", datum["Value"]
    yield from ((f"Values.member.{number}", value) for number, value in enumerate(datum.get("Values") or (), 1))
    yield from ((f"StatisticValues.{name}", value) for name, value in (datum.get("StatisticValues") or {}).items())


def _written(value: float) -> str:
    """A number that is out of bounds as AWS writes it, whose service is Java: 1.0E300."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' * (value < 0)}Infinity"
    mantissa, _, exponent = repr(float(value)).partition("e")
    return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}E{int(exponent)}"


def _invalid(message: str) -> CommonServiceException:
    return CommonServiceException("InvalidParameterValue", message, 400, True)
