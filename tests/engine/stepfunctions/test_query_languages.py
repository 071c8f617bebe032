"""The query languages of definitions (Developer Guide, "Transforming data with JSONata in Step Functions", 2026-11)."""

import json

PASSING = {"StartAt": "S", "States": {"S": {"Type": "Pass", "Parameters": {"a.$": "$.a"}, "End": True}}}
# A task without a resource, in JSONata.
FAILING = {"QueryLanguage": "JSONata", "StartAt": "S", "States": {"S": {"Type": "Task", "End": True}}}
# What is JSONata as a whole has no state in JSONPath.
DOWN = (
    {"QueryLanguage": "JSONata"}
    | PASSING
    | {"States": {"S": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": True}}}
)


def test_a_definition_that_fails_says_nothing_about_the_next(client):
    def result(definition):
        found = client("stepfunctions").validate_state_machine_definition(definition=json.dumps(definition))
        return found["result"]

    for wrong in (FAILING, DOWN):
        assert (result(PASSING), result(wrong), result(PASSING)) == ("OK", "FAIL", "OK")
