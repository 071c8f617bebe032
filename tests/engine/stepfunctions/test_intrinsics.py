r"""Intrinsic functions, as `json.dumps` writes them. Sources: helpers/engine/stepfunctions/intrinsics.py."""

import json

import pytest


def calling(call):
    return {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"b.$": call}, "End": True}}}


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("States.Format('hé {}', $.x)", "hé 1"),
        (r"States.Format('it\'s {}', $.x)", "it's 1"),
        (r"States.Format('\{{}\}', $.x)", "{1}"),
        (r"States.Format('a\\b {}', $.x)", "a\\b 1"),
        ("States.Format('{\"x\"} {}', $.x)", '{"x"} 1'),
        ("States.Format($.template, 1.5)", "<1.5>"),
        (r"States.Array('\{', $['a b'])", ["{", 7]),
        ("States.StringSplit('a\nb', '\n')", ["a", "b"]),
        ("States.Base64Encode('hé')", "aMOp"),
        ("States.Base64Decode('aMOp')", "hé"),
    ],
)
def test_a_call_has_the_value_of_the_text_that_stands_there(execute, call, value):
    done = execute(calling(call), {"x": 1, "template": "<{}>", "a b": 7})
    assert json.loads(done["output"]) == {"b": value}


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ("States.Format('{} {}', $.x)", "Its arguments are not valid."),
        ("States.ArrayGetItem(States.Array(1), 5)", "The index is out of bounds."),
        ("States.StringToJson('{')", "The text is not valid JSON."),
    ],
)
def test_a_call_that_has_no_value_fails_under_its_own_name(execute, call, why):
    done = execute(calling(call), {"x": 1})
    assert done["error"] == "States.IntrinsicFailure"
    assert done["cause"] == f"The function '{call}' had the following error: {why}"
