"""Whether an alarm is to be in ALARM or OK, by its datapoints: M out of N, and what is missing.

CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data" (2026-11), with its tables. What
`evaluate` gets are the datapoints of a few more periods than it looks at: the newest that are there count first.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

COMPARISONS: dict[str, tuple[Callable[[float, float], bool], str]] = {
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "LessThanThreshold": (operator.lt, "less than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
}
MISSING = {"missing": "Missing", "breaching": "Breaching", "notBreaching": "NonBreaching", "ignore": "Ignore"}


class Point(NamedTuple):
    """One period: its beginning (s since 1970) and its value; None if there is no data."""

    moment: int
    value: float | None
    samples: float | None = None


class Finding(NamedTuple):
    """The state that an alarm is to have, why, and the datapoints that say so."""

    state: str
    reason: str
    points: list[Point]


def evaluate(alarm: dict[str, Any], points: list[Point]) -> Finding | None:
    """The finding on datapoints, the oldest first; None to leave the state as it is."""
    wanted: int = alarm["EvaluationPeriods"]
    needed: int = alarm.get("DatapointsToAlarm") or wanted
    known = [point for point in points if point.value is not None]
    if _too_few(alarm, known[-wanted:]):
        return None
    if len(known) >= wanted:
        known = known[-wanted:]
    breaching = [point for point in known if _breaches(alarm, point)]
    lacking = wanted - len(known)
    treatment = alarm.get("TreatMissingData") or "missing"
    if len(breaching) + (lacking if treatment == "breaching" else 0) >= needed:
        return _finding(alarm, "ALARM", known or points[-wanted:], breaching)
    if treatment in ("missing", "ignore") and lacking and len(breaching) == len(known):
        return _unsure(alarm, treatment, points, breaching, wanted, needed)
    return _finding(alarm, "OK", known or points[-wanted:], breaching)


def _unsure(
    alarm: dict[str, Any], treatment: str, points: list[Point], breaching: list[Point], wanted: int, needed: int
) -> Finding | None:
    """All that is there breaches, if anything is, but is too little: AWS waits until it is old enough."""
    if treatment == "ignore":
        return None
    if not breaching:
        return _finding(alarm, "INSUFFICIENT_DATA", points[-wanted:], [])
    age = len(points) - points.index(breaching[0])
    return _finding(alarm, "ALARM", breaching, breaching) if age >= needed else None


def _breaches(alarm: dict[str, Any], point: Point) -> bool:
    compare, _ = COMPARISONS[alarm["ComparisonOperator"]]
    return point.value is not None and compare(point.value, alarm["Threshold"])


def _too_few(alarm: dict[str, Any], known: list[Point]) -> bool:
    """With `EvaluateLowSampleCountPercentile`: ignore, a percentile of few values changes nothing.

    Too few are less than 10/(1 - p), or 10/p below the median ("Percentile-based alarms and low data samples").
    """
    statistic = alarm.get("ExtendedStatistic") or ""
    if alarm.get("EvaluateLowSampleCountPercentile") != "ignore" or not statistic.startswith("p"):
        return False
    share = float(statistic[1:]) / 100
    least = 10 / max(1e-9, 1 - share if share >= 0.5 else share)
    return any((point.samples or 0) < least for point in known)


def _finding(alarm: dict[str, Any], state: str, points: list[Point], breaching: list[Point]) -> Finding:
    return Finding(state, _reason(alarm, state, points, breaching), points)


def _reason(alarm: dict[str, Any], state: str, points: list[Point], breaching: list[Point]) -> str:
    known = [point for point in points if point.value is not None]
    first = "Insufficient Data" if state == "INSUFFICIENT_DATA" else "Threshold Crossed"
    if not known:
        count: int = alarm["EvaluationPeriods"]
        treated = MISSING[alarm.get("TreatMissingData") or "missing"]
        return (
            f"{first}: no datapoints were received for {count} period{'s' * (count > 1)} and {count} missing "
            f"datapoint{'s were' if count > 1 else ' was'} treated as [{treated}]."
        )
    shown = breaching if state == "ALARM" and breaching else known
    values = ", ".join(f"{one.value} ({datetime.fromtimestamp(one.moment, UTC):%d/%m/%y %H:%M:%S})" for one in shown)
    not_ = "" if state == "ALARM" else "not "
    _, comparison = COMPARISONS[alarm["ComparisonOperator"]]
    crossed = f"{'were' if len(shown) > 1 else 'was'} {not_}{comparison} the threshold ({float(alarm['Threshold'])})"
    if (needed := alarm.get("DatapointsToAlarm")) is None:
        return f"{first}: {len(shown)} datapoint{'s' * (len(shown) > 1)} [{values}] {crossed}."
    change = "OK -> ALARM" if state == "ALARM" else "ALARM -> OK"
    minimum = needed if state == "ALARM" else alarm["EvaluationPeriods"] - needed + 1
    return (
        f"{first}: {len(shown)} out of the last {len(points)} datapoints [{values}] {crossed} (minimum {minimum} "
        f"datapoint{'s' * (minimum > 1)} for {change} transition)."
    )
