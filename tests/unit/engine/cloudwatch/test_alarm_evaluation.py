"""An alarm's state by its datapoints: the tables of "Configuring how CloudWatch alarms treat missing data" (CloudWatch
User Guide, 2026-11). In them `-` is missing, `X` breaches, `0` does not; the oldest datapoint comes first.
"""

import pytest

from helpers.engine.cloudwatch.alarm_evaluation import Point, evaluate
from helpers.engine.cloudwatch.alarm_rules import InvalidRuleError, parse

TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")
KEEPS = None
INSUFFICIENT = "INSUFFICIENT_DATA"


def state(datapoints, treatment, needed, periods=3, **more):
    values = {"-": None, "0": 0.0, "X": 5.0}
    points = [Point(60 * number, values[one], 1.0) for number, one in enumerate(datapoints)]
    alarm = {
        "EvaluationPeriods": periods,
        "DatapointsToAlarm": needed,
        "Threshold": 1.0,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": treatment,
        **more,
    }
    found = evaluate(alarm, points)
    return found and found.state


@pytest.mark.parametrize(
    ("needed", "datapoints", "states"),
    [
        (3, "0-X-X", ("OK", "OK", "OK", "OK")),
        (3, "----0", ("OK", "OK", "OK", "OK")),
        (3, "-----", (INSUFFICIENT, KEEPS, "ALARM", "OK")),
        (3, "0XX-X", ("ALARM", "ALARM", "ALARM", "ALARM")),
        (3, "--X--", ("ALARM", KEEPS, "ALARM", "OK")),
        (2, "0-X-X", ("ALARM", "ALARM", "ALARM", "ALARM")),
        (2, "00X0X", ("ALARM", "ALARM", "ALARM", "ALARM")),
        (2, "0-X--", ("OK", "OK", "ALARM", "OK")),
        (2, "----0", ("OK", "OK", "ALARM", "OK")),
        (2, "---X-", ("ALARM", KEEPS, "ALARM", "OK")),
        # "Avoiding premature transitions": a single young datapoint is not enough.
        (3, "----X", (KEEPS, KEEPS, "ALARM", "OK")),
    ],
)
def test_missing_datapoints_are_treated_as_in_awss_tables(needed, datapoints, states):
    assert tuple(state(datapoints, treatment, needed) for treatment in TREATMENTS) == states


@pytest.mark.parametrize(
    ("ignored", "expected"), [({}, "ALARM"), ({"EvaluateLowSampleCountPercentile": "ignore"}, None)]
)
def test_a_percentile_of_few_samples_may_be_ignored(ignored, expected):
    # "Percentile-based alarms and low data samples" (2026-11).
    assert state("XXX", "missing", 3, ExtendedStatistic="p99", **ignored) == expected


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ('ALARM("a")', True),
        ("ALARM(b)", False),
        ("OK(b) AND ALARM(a)", True),
        ("NOT ALARM(b)", True),
        ("ALARM(b) OR ALARM(a) AND OK(b)", True),
        ("(ALARM(b) OR ALARM(a)) AND NOT OK(b)", False),
        ("INSUFFICIENT_DATA(c) AND TRUE", True),
        ("FALSE", False),
    ],
)
def test_a_rule_holds_by_the_states_of_its_alarms(rule, holds):
    # API Reference, "PutCompositeAlarm" (2026-11).
    states = {"a": "ALARM", "b": "OK", "c": "INSUFFICIENT_DATA"}
    assert parse(rule)[0](states.get) is holds


@pytest.mark.parametrize("rule", ["", "ALARM(a", "ALARM(a) XOR OK(b)", "AND", "NOT", "(ALARM(a)"])
def test_what_is_no_rule_is_refused(rule):
    with pytest.raises(InvalidRuleError):
        parse(rule)
