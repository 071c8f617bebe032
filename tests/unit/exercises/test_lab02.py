"""Lab 02's checks, against functions that may do too little, too much, and just enough."""

import io
import json
from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import lab02

NOTES = "lab02-notes-000000000000"
DENIED = "User: u is not authorized to perform: it on resource: r"
IMPLICIT = f"{DENIED} because no identity-based policy allows the action"
EXPLICIT = f"{DENIED} with an explicit deny in an identity-based policy"


@pytest.fixture
def lab():
    """A lab whose functions are allowed what `allowed(event)` says, else refused with `refusal`."""

    def invoke(FunctionName, Payload):  # noqa: N803
        event = json.loads(Payload)
        ok = made.allowed(event)
        payload = {"delete_object": 204}.get(event["operation"], 200) if ok else {"errorMessage": made.refusal}
        answer = {"Payload": io.BytesIO(json.dumps(payload).encode()), "ResponseMetadata": {"RequestId": "r"}}
        return answer if ok else {**answer, "FunctionError": "Unhandled"}

    def simulate(PolicySourceArn, ActionNames, ResourceArns):  # noqa: N803
        found = ["allowed" if action in made.besides else "implicitDeny" for action in ActionNames]
        pairs = zip(ActionNames, found, strict=True)
        return {"EvaluationResults": [{"EvalActionName": name, "EvalDecision": said} for name, said in pairs]}

    def get_policy(FunctionName):  # noqa: N803
        return {"Policy": json.dumps({"Statement": made.statements})}

    api = SimpleNamespace(invoke=invoke, simulate_principal_policy=simulate, get_policy=get_policy)
    api.get_function_configuration = lambda **_: {"Role": f"arn:aws:iam::000000000000:role/{made.role}"}
    api.get_role = lambda **_: {"Role": {"Arn": "arn", "AssumeRolePolicyDocument": {"Statement": made.trust}}}
    api.publish = lambda **_: None
    made = SimpleNamespace(account="000000000000", region="us-east-1", client=lambda service: api, besides=())
    made.role, made.trust, made.refusal = "lab02-stranger", [], IMPLICIT
    return made


LAMBDA, PEOPLE = {"Service": "lambda.amazonaws.com"}, {"AWS": "arn:aws:iam::000000000000:root"}


@pytest.mark.parametrize(
    ("trusted", "passed"),
    [
        ([{**LAMBDA, **PEOPLE}], True),
        ([LAMBDA, PEOPLE], True),
        ([LAMBDA, {"AWS": "000000000000"}], True),
        ([LAMBDA], False),
        (["*"], False),
        ([LAMBDA, PEOPLE, {"AWS": "*"}], False),
    ],
)
def test_a_role_for_lambda_is_no_role_for_everybody(lab, monkeypatch, trusted, passed):
    lab.trust = [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"} for principal in trusted]
    monkeypatch.setattr(
        lab02, "invoke", lambda lab, function, event: FunctionResponse(f"Hello {event['name']}", None, "r")
    )
    assert lab02.let_lambda_in.check(lab).passed is passed
    monkeypatch.setattr(lab02, "invoke", lambda *_: FunctionResponse("Hello Ada", None, "r"))
    assert not lab02.let_lambda_in.check(lab).passed, "whoever comes"
    lab.role = "lab02-hello"
    assert not lab02.let_lambda_in.check(lab).passed


def test_one_statement_for_both_need_not_stand_in_a_list(lab, monkeypatch):
    lab.trust = {"Effect": "Allow", "Principal": {**LAMBDA, **PEOPLE}, "Action": "sts:AssumeRole"}
    monkeypatch.setattr(
        lab02, "invoke", lambda lab, function, event: FunctionResponse(f"Hello {event['name']}", None, "r")
    )
    assert lab02.let_lambda_in.check(lab).passed
    lab.trust = [lab.trust, {**lab.trust, "Effect": "Deny", "Principal": "*"}]
    assert lab02.let_lambda_in.check(lab).passed


TOPIC = "arn:aws:sns:us-east-1:000000000000:lab02-news"
SNS = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}}
S3 = {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}}


def of(topic):
    return {"Condition": {"ArnLike": {"AWS:SourceArn": topic}}}


@pytest.mark.parametrize(
    ("statements", "passed"),
    [
        ([{**SNS, **of(TOPIC)}, S3], True),
        ([SNS], False),
        ([S3], False),
        ([{**SNS, **of(f"{TOPIC}*")}], False),
        ([{**SNS, "Condition": {"StringEquals": {"AWS:SourceAccount": "000000000000"}}}], False),
        ([{**SNS, **of(TOPIC)}, {"Effect": "Allow", "Principal": "*"}], False),
        ([{**SNS, **of([TOPIC])}], True),
        ({**SNS, **of(TOPIC)}, True),
        ([{**SNS, "Condition": {"ArnNotLike": {"AWS:SourceArn": TOPIC}}}], False),
        ([{**SNS, **of(TOPIC)}, {"Effect": "Deny", "Principal": "*"}], True),
    ],
)
def test_one_topic_is_let_in_and_no_other(lab, monkeypatch, statements, passed):
    lab.statements = statements
    monkeypatch.setattr(lab02, "logged", lambda *_: ["a line"])
    assert lab02.let_one_topic_in.check(lab).passed is passed
    monkeypatch.setattr(lab02, "logged", lambda *_: [])
    assert not lab02.let_one_topic_in.check(lab).passed


def drafts(event):
    return event["operation"] in ("get_object", "put_object") and event["Key"].startswith("drafts/")


def test_the_least_privilege_passes(lab):
    lab.allowed = lambda event: drafts(event) and event["Bucket"] == NOTES
    check = lab02.shrink_the_star.check(lab)
    assert (check.passed, check.actual) == (True, "both work; other things refused")


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        (lambda event: True, "still possible: reading public/, writing elsewhere, deleting, listing buckets, another"),
        (lambda event: "Key" in event and event["Bucket"] == NOTES, "reading public/, writing elsewhere, deleting"),
        (drafts, "still possible: another bucket"),
        (lambda event: event["operation"] == "list_buckets" or (drafts(event) and event["Bucket"] == NOTES), "listing"),
        (lambda event: drafts(event) and event["operation"] == "get_object" and event["Bucket"] == NOTES, "writing fa"),
        (lambda event: False, "writing and reading fails; other things refused"),
    ],
)
def test_more_or_less_than_the_least_does_not_pass(lab, allowed, found):
    lab.allowed = allowed
    check = lab02.shrink_the_star.check(lab)
    assert not check.passed
    assert found in check.actual


@pytest.mark.parametrize("action", [action for actions in lab02.TOO_MUCH.values() for action in actions])
def test_what_the_policy_allows_besides_does_not_pass_although_nobody_asked_for_it(lab, action):
    lab.allowed, lab.besides = lambda event: drafts(event) and event["Bucket"] == NOTES, [action]
    check = lab02.shrink_the_star.check(lab)
    assert (check.passed, check.actual) == (False, f"both work; still possible: {action}")


def locked(event):
    """What Clerk may do once it is locked; `besides` of the lab is what the simulator allows in any bucket."""
    scratch = event["Bucket"] == NOTES and event["Key"].startswith("scratch/")
    return scratch if event["operation"] == "delete_object" else not event["Key"].startswith("secret/")


def test_deleting_is_locked_only_by_an_explicit_deny(lab):
    lab.allowed, lab.besides = locked, ["s3:PutObject"]
    assert not lab02.lock_the_shredder.check(lab).passed
    lab.refusal = EXPLICIT
    check = lab02.lock_the_shredder.check(lab)
    assert (check.passed, check.actual) == (
        True,
        "deleting in scratch/: done, elsewhere: refused by an explicit deny,"
        " in another bucket: refused by an explicit deny; reading: done",
    )


def deletes(event):
    return event["operation"] == "delete_object"


@pytest.mark.parametrize(
    "allowed",
    [
        lambda event: True,
        lambda event: False,
        lambda event: deletes(event) and locked(event),  # a deny of everything
        lambda event: locked(event) or (deletes(event) and event["Bucket"] != NOTES),  # in one bucket only
        lambda event: locked(event) or (deletes(event) and event["Key"].startswith("scratch/")),  # of any bucket
        lambda event: locked(event) or (deletes(event) and event["Key"].startswith("scratch-")),  # scratch*
        lambda event: locked(event) or (deletes(event) and "/scratch/" in event["Key"]),  # */scratch/*
    ],
)
def test_a_lock_that_is_too_narrow_or_too_wide_does_not_pass(lab, allowed):
    lab.allowed, lab.besides, lab.refusal = allowed, ["s3:PutObject"], EXPLICIT
    assert not lab02.lock_the_shredder.check(lab).passed


@pytest.mark.parametrize(
    ("besides", "found"),
    [
        (["s3:PutObject", "s3:DeleteObject"], "deleting in a third bucket: allowed"),
        ([], "writing: no longer allowed"),
    ],
)
def test_a_lock_for_the_buckets_of_the_lab_or_for_more_than_deleting_does_not_pass(lab, besides, found):
    lab.allowed, lab.besides, lab.refusal = locked, besides, EXPLICIT
    check = lab02.lock_the_shredder.check(lab)
    assert not check.passed and check.actual.endswith(f"reading: done; {found}")


def test_a_lock_under_the_name_of_the_vault_opens_the_vault(lab):
    lab.allowed = lambda event: locked(event) or event["Key"] == "secret/plan.txt"
    lab.besides, lab.refusal = ["s3:PutObject"], EXPLICIT
    check = lab02.lock_the_shredder.check(lab)
    assert not check.passed and check.actual.endswith("reading: done; reading the secret: done")
