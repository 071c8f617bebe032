"""How Choice states compare. Sources: helpers/engine/stepfunctions/choices.py."""

import json

import pytest

END = {"Type": "Pass", "End": True}
GIVEN = {"a": 1, "star": "lo*g", "none": None}


def choosing(rule):
    """A state machine whose output says whether the rule holds."""
    choice = {"Type": "Choice", "Choices": [{**rule, "Next": "Yes"}], "Default": "No"}
    return {
        "StartAt": "X",
        "States": {"X": choice, "Yes": {**END, "Result": True}, "No": {**END, "Result": False}},
    }


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"Variable": "$.zz", "StringEquals": "x"}, "$.zz"),
        ({"Variable": "$.zz", "NumericLessThan": 1}, "$.zz"),
        ({"Variable": "$.zz", "IsNull": True}, "$.zz"),
        ({"Variable": "$.zz", "IsString": False}, "$.zz"),
        ({"Not": {"Variable": "$.zz", "BooleanEquals": True}}, "$.zz"),
        ({"Variable": "$$.Zz", "StringEquals": "x"}, "$$.Zz"),
        ({"Variable": "$.a", "NumericEqualsPath": "$.zz"}, "$.zz"),
    ],
)
def test_a_variable_that_is_not_there_ends_the_execution(execute, rule, path):
    done = execute(choosing(rule), GIVEN)
    assert (done["status"], done["error"]) == ("FAILED", "States.Runtime")
    assert done["cause"] == (
        "An error occurred while executing the state 'X' (entered at the event id #2). "
        f"Invalid path '{path}': The choice state's condition path references an invalid value."
    )


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({"Variable": "$.zz", "IsPresent": True}, False),
        ({"Variable": "$.zz", "IsPresent": False}, True),
        ({"And": [{"Variable": "$.zz", "IsPresent": True}, {"Variable": "$.zz", "NumericEquals": 1}]}, False),
        ({"Variable": "$.none", "IsNull": True}, True),
        ({"Variable": "$.star", "StringMatches": "lo\\*g"}, True),
        ({"Variable": "$.star", "StringMatches": "l*g"}, True),
        ({"Variable": "$.star", "StringMatches": "\\*g"}, False),
        ({"Variable": "$.star", "StringMatches": "[l]o?g"}, False),
        ({"Variable": "$.a", "StringMatches": "*"}, False),
    ],
)
def test_a_rule_holds_or_not(execute, rule, holds):
    assert json.loads(execute(choosing(rule), GIVEN)["output"]) is holds
