"""Lab 06's checks: which functions a role may call, and what the records of a destination tell."""

import json
from types import SimpleNamespace

from helpers.exercises.evidence import resources
from helpers.exercises.lab06 import attempts_of


def role(inline: dict, attached: dict):
    """A lab whose IAM knows one role with these policies."""
    versions = {
        name: {"PolicyVersion": {"Document": {"Statement": statements}}} for name, statements in attached.items()
    }
    iam = SimpleNamespace(
        get_role=lambda **_: {"Role": {}},
        list_role_policies=lambda **_: {"PolicyNames": list(inline)},
        get_role_policy=lambda **asked: {"PolicyDocument": {"Statement": inline[asked["PolicyName"]]}},
        list_attached_role_policies=lambda **_: {
            "AttachedPolicies": [{"PolicyName": name, "PolicyArn": name} for name in attached]
        },
        get_policy=lambda **_: {"Policy": {"DefaultVersionId": "v1"}},
        get_policy_version=lambda **asked: versions[asked["PolicyArn"]],
    )
    return SimpleNamespace(client=lambda service: iam)


def allow(action, resource, effect="Allow"):
    return {"Effect": effect, "Action": action, "Resource": resource}


def test_inline_and_attached_policies_count_and_a_statement_may_stand_alone():
    lab = role({"one": allow("lambda:InvokeFunction", "a")}, {"two": [allow(["lambda:InvokeFunction"], ["b", "c"])]})
    assert resources(lab, "lab06-first", "lambda:") == {"a", "b", "c"}


def test_a_star_is_found_as_a_resource_and_as_an_action():
    lab = role({"all": [allow("lambda:*", "*"), allow("*", "d")]}, {})
    assert resources(lab, "lab06-first", "lambda:") == {"*", "d"}


def test_other_services_and_refusals_do_not_count():
    lab = role({"logs": [allow("logs:PutLogEvents", "*"), allow("lambda:InvokeFunction", "a", "Deny")]}, {})
    assert resources(lab, "lab06-first", "lambda:") == set()


def record(function, attempts, condition="RetriesExhausted"):
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function}:$LATEST"
    context = {"functionArn": arn, "condition": condition, "approximateInvokeCount": attempts}
    return json.dumps({"requestContext": context})


def test_every_record_of_the_function_counts_so_that_a_first_try_gone_wrong_does_not_stand_in_the_way():
    records = [record("thirdFunction", 3), record("secondFunction", 1), record("thirdFunction", 2)]
    assert attempts_of(records, "thirdFunction") == [3, 2]


def test_an_event_that_became_too_old_does_not_count():
    assert attempts_of([record("thirdFunction", 2, "EventAgeExceeded"), '{"order": 7}'], "thirdFunction") == []
