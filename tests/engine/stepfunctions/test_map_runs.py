"""Map states whose items fail, or that have none. Sources: helpers/engine/stepfunctions/map_runs.py."""

import json

import pytest

END = {"Type": "Pass", "End": True}
# Fails for 1, and passes on whatever else.
PROCESSOR = {
    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
    "StartAt": "Which",
    "States": {
        "Which": {"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": 1, "Next": "F"}], "Default": "P"},
        "F": {"Type": "Fail", "Error": "One"},
        "P": END,
    },
}


def mapping(language="JSONPath", **more):
    state = {"Type": "Map", "ItemProcessor": PROCESSOR, "End": True, **more}
    return {"QueryLanguage": language, "StartAt": "M", "States": {"M": state, "Caught": END}}


@pytest.mark.parametrize(
    ("items", "tolerated", "result"),
    [
        ([1, 2], {}, None),
        ([1, 2], {"ToleratedFailureCount": 0}, None),
        ([1, 2], {"ToleratedFailureCount": 1}, [2]),
        ([1, 1, 2], {"ToleratedFailureCount": 1}, None),
        ([1, 2], {"ToleratedFailurePercentage": 50}, [2]),
        ([1, 2], {"ToleratedFailurePercentage": 49.5}, None),
        ([1, 1], {"ToleratedFailurePercentage": 100}, []),
        ([1, 1, 2], {"ToleratedFailureCount": 2, "ToleratedFailurePercentage": 50}, None),
        ([3, 2, None], {}, [3, 2, None]),
    ],
)
def test_a_run_fails_when_more_items_fail_than_is_tolerated(execute, items, tolerated, result):
    definition = mapping(**tolerated, Catch=[{"ErrorEquals": ["States.ALL"], "Next": "Caught"}])
    # None is no number: the Choice state would say so.
    definition["States"]["M"]["ItemProcessor"]["States"]["Which"]["Choices"][0] = {
        "And": [{"Variable": "$", "IsNumeric": True}, {"Variable": "$", "NumericEquals": 1}],
        "Next": "F",
    }
    output = json.loads(execute(definition, items)["output"])
    failure = {
        "Error": "States.ExceedToleratedFailureThreshold",
        "Cause": "The specified tolerated failure threshold was exceeded",
    }
    assert output == (failure if result is None else result)


def test_a_run_that_failed_says_so_in_the_history(client, start, ended):
    execution = start(mapping() | {"States": {"M": mapping()["States"]["M"]}}, [1])
    assert ended(execution)["status"] == "FAILED"
    events = client("stepfunctions").get_execution_history(executionArn=execution)["events"]
    assert [event["type"] for event in events][-3:] == ["MapRunFailed", "MapStateFailed", "ExecutionFailed"]


@pytest.mark.parametrize(
    ("language", "more", "error", "cause"),
    [
        ("JSONPath", {}, "States.Runtime", 'Reference path "$" must point to array.'),
        ("JSONPath", {"ItemsPath": "$.l"}, "States.Runtime", 'Reference path "$.l" must point to array.'),
        (
            "JSONata",
            {},
            "States.QueryEvaluationError",
            'Map state input must be an array but was: {"l":1}',
        ),
        (
            "JSONata",
            {"Items": "{% $states.input %}"},
            "States.QueryEvaluationError",
            "The JSONata expression '$states.input' specified for the field 'Items' returned an unexpected result type."
            " Expected 'array', but was 'object' for value: {\"l\":1}",
        ),
    ],
)
def test_what_is_no_array_is_named_as_json(execute, language, more, error, cause):
    state = {"Type": "Map", "ItemProcessor": {"StartAt": "P", "States": {"P": END}}, "End": True, **more}
    done = execute({"QueryLanguage": language, "StartAt": "M", "States": {"M": state}}, {"l": 1})
    assert done["error"] == error
    assert done["cause"].endswith(cause)


def test_the_elements_of_an_array_of_items_may_have_any_type(execute):
    """Recorded on AWS: test_base_map of LocalStack's tests."""
    items = [1, "{% 1 + 1 %}", "{% {'l': 3} %}"]
    state = {"Type": "Map", "ItemProcessor": {"StartAt": "P", "States": {"P": END}}, "End": True, "Items": items}
    done = execute({"QueryLanguage": "JSONata", "StartAt": "M", "States": {"M": state}}, {})
    assert json.loads(done["output"]) == [1, 2, {"l": 3}]


def test_an_expression_that_fails_in_a_map_state_stands_once_in_the_history(client, start, ended):
    """Recorded on AWS: test_map_state_items_eval_jsonata_fail of LocalStack's tests."""
    state = {"Type": "Map", "ItemProcessor": {"StartAt": "P", "States": {"P": END}}, "End": True, "Items": "{% 1 %}"}
    execution = start({"QueryLanguage": "JSONata", "StartAt": "M", "States": {"M": state}})
    assert ended(execution)["status"] == "FAILED"
    events = client("stepfunctions").get_execution_history(executionArn=execution)["events"]
    assert [event["type"] for event in events][2:] == ["EvaluationFailed", "MapStateFailed", "ExecutionFailed"]
