"""State machines in JSONata.

Sources: "Transforming data with JSONata in Step Functions" (2026-11); the sentences of failures: histories recorded on
AWS in LocalStack's tests (tests/aws/services/stepfunctions, v4.9.2).
"""

import json
import uuid

import pytest
from kit import eventually

TRUST = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}


@pytest.fixture(scope="module")
def run(client):
    """`run(states, input)`: the finished execution of a state machine, described; deleted after the module."""
    states, machines = client("stepfunctions"), []
    document = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
    name = f"states-{uuid.uuid4().hex[:8]}"
    role = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]

    def execute(machine, given=None):
        definition = {"QueryLanguage": "JSONata", "StartAt": next(iter(machine)), "States": machine}
        arn = states.create_state_machine(
            name=f"m-{uuid.uuid4().hex[:8]}", definition=json.dumps(definition), roleArn=role
        )["stateMachineArn"]
        machines.append(arn)
        started = states.start_execution(stateMachineArn=arn, input=json.dumps(given or {}))["executionArn"]

        def finished():
            done = states.describe_execution(executionArn=started)
            return done if done["status"] != "RUNNING" else None

        return eventually(finished, 120)  # an expression may have 12 s of processor time

    yield execute
    for arn in machines:
        states.delete_state_machine(stateMachineArn=arn)
    client("iam").delete_role(RoleName=name)


def passing(output, **more):
    return {"Only": {"Type": "Pass", "Output": output, "End": True, **more}}


@pytest.mark.parametrize(
    ("expression", "given", "output"),
    [
        ("$states.input.a + 1", {"a": 1}, 2),
        ("$states.input.items[price > 2].name", {"items": [{"name": "a", "price": 1}, {"name": "b", "price": 3}]}, "b"),
        ("$sum($states.input.n)", {"n": [1.5, 1.5]}, 3),
        ("$states.input.text", {"text": 'with "quotes", \\ and\nlines'}, 'with "quotes", \\ and\nlines'),
        ("$states.input.none", {"none": None}, None),
        ("$states.input.a / $states.input.b / 2", {"a": 8, "b": 2}, 2),
        ("{'a': $states.input.gone}", {}, {}),
        ("$partition([1,2,3,4,5], 2)", {}, [[1, 2], [3, 4], [5]]),
        ("$range(0, 10, 5)", {}, [0, 5, 10]),
        ("$range(1, 1, 1)", {}, 1),
        ("$hash('text', 'SHA-256')", {}, "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"),
        ("$parse('{\"a\": [1]}')", {}, {"a": [1]}),
        ("$length($uuid())", {}, 36),
        ("$random(7) = $random(7)", {}, True),
        ("$map([1, 2], function($v) { $v * 2 })", {}, [2, 4]),
    ],
)
def test_an_expression_has_jsonatas_value(run, expression, given, output):
    done = run(passing(f"{{% {expression} %}}"), given)
    assert done["status"] == "SUCCEEDED", done
    assert json.loads(done["output"]) == output


def test_assigned_variables_reach_later_states(run):
    machine = {
        "First": {
            "Type": "Pass",
            "Assign": {"x": "{% $states.input.a * 2 %}", "none": None, "q": '"\\ü'},
            "Next": "Second",
        },
        "Second": {"Type": "Pass", "Output": {"x": "{% $x %}", "none": "{% $none %}", "q": "{% $q %}"}, "End": True},
    }
    assert json.loads(run(machine, {"a": 21})["output"]) == {"x": 42, "none": None, "q": '"\\ü'}


def test_a_choice_waits_for_its_condition(run):
    machine = {
        "Which": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% $states.input.n > 5 %}", "Next": "Many"}],
            "Default": "Few",
        },
        "Many": {"Type": "Pass", "Output": "many", "End": True},
        "Few": {"Type": "Pass", "Output": "few", "End": True},
    }
    assert [json.loads(run(machine, {"n": n})["output"]) for n in (3, 9)] == ["few", "many"]


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("{% $gone %}", "'$gone' specified for the field 'Output' returned nothing (undefined)."),
        ({"a": {"b": "{% $gone %}"}}, "'$gone' specified for the field 'Output/a/b' returned nothing (undefined)."),
        (
            {"r": "{% $randomSeeded(1) %}"},
            "'$randomSeeded(1)' specified for the field 'Output/r' threw an error during evaluation. "
            "T1006: Attempted to invoke a non-function",
        ),
        (
            {"f": "{% function($x) { $x } %}"},
            "'function($x) { $x }' specified for the field 'Output/f' returned an unsupported result type.",
        ),
        ("{% 1 / 0 %}", "'1 / 0' specified for the field 'Output' threw an error during evaluation. D1001"),
        ("{% $eval('1') %}", "T1006"),
    ],
)
def test_an_expression_without_a_value_fails_and_says_where(run, output, cause):
    done = run(passing(output))
    assert (done["status"], done["error"]) == ("FAILED", "States.QueryEvaluationError")
    assert done["cause"].startswith("An error occurred while executing the state 'Only' (entered at the event id #2). ")
    assert cause in done["cause"]


@pytest.mark.parametrize(
    ("state", "cause"),
    [
        (
            {"Type": "Choice", "Choices": [{"Condition": "{% 1 %}", "Next": "Z"}], "Default": "Z"},
            "'1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. "
            "Expected 'boolean', but was 'number' for value: 1",
        ),
        (
            {"Type": "Wait", "Seconds": "{% 'x' %}", "Next": "Z"},
            "''x'' specified for the field 'Seconds' returned an unexpected result type. "
            "Expected 'number', but was 'string' for value: \"x\"",
        ),
    ],
)
def test_a_value_of_another_type_than_the_field_has_is_named_as_json(run, state, cause):
    done = run({"Only": state, "Z": {"Type": "Succeed"}})
    assert (done["status"], done["error"]) == ("FAILED", "States.QueryEvaluationError")
    assert done["cause"].endswith(f"The JSONata expression {cause}")


def test_an_expression_that_never_ends_is_ended(run):
    done = run(passing("{% ($f := function($n) { 1 + $f($n + 1) }; $f(0)) %}"))
    assert done["status"] == "FAILED"
    assert "D1011" in done["cause"]


@pytest.mark.parametrize(
    ("expression", "cause"),
    [
        ("$match($pad('', 40, 'a') & '!', /^(a+)+$/)", "D1012"),
        ("$range(1, 1000000000, 1)", "too much memory"),
        ("$length($pad('', 2000000000))", "too much memory"),
        ("$pad('', 2000000)", "too much memory"),
    ],
)
def test_what_one_expression_takes_the_engine_keeps(run, client, expression, cause):
    """A regular expression held the lock of the whole engine, a range took its memory."""
    done = run(passing(f"{{% {expression} %}}"))
    assert (done["status"], done["error"]) == ("FAILED", "States.QueryEvaluationError")
    assert cause in done["cause"]
