"""Lab 02's checks, against functions that may do too little, too much, and just enough."""

import io
import json
from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import lab02
from helpers.exercises.evidence.roles import Grant

NOTES = "lab02-notes-000000000000"
BUCKET = f"arn:aws:s3:::{NOTES}"
DENIED = "User: u is not authorized to perform: it on resource: r"
IMPLICIT = f"{DENIED} because no identity-based policy allows the action"
EXPLICIT = f"{DENIED} with an explicit deny in an identity-based policy"


class NoPolicyError(Exception):
    """What GetPolicy raises where no policy is."""


@pytest.fixture
def lab(monkeypatch):
    """A lab whose functions are allowed what `allowed(event)` says, else refused with `refusal`."""

    def invoke(FunctionName, Payload):  # noqa: N803
        event = json.loads(Payload)
        ok = made.allowed(event)
        payload = f"{event['operation']}: done" if ok else {"errorMessage": made.refusal}
        answer = {"Payload": io.BytesIO(json.dumps(payload).encode()), "ResponseMetadata": {"RequestId": "r"}}
        return answer if ok else {**answer, "FunctionError": "Unhandled"}

    def simulate(PolicySourceArn, ActionNames, ResourceArns):  # noqa: N803
        found = ["allowed" if action in made.besides else "implicitDeny" for action in ActionNames]
        pairs = zip(ActionNames, found, strict=True)
        return {"EvaluationResults": [{"EvalActionName": name, "EvalDecision": said} for name, said in pairs]}

    def get_policy(FunctionName):  # noqa: N803
        if made.statements is None:
            raise NoPolicyError
        return {"Policy": json.dumps({"Statement": made.statements})}

    api = SimpleNamespace(invoke=invoke, simulate_principal_policy=simulate, get_policy=get_policy)
    api.get_function_configuration = lambda **_: {"Role": f"arn:aws:iam::000000000000:role/{made.role}"}
    api.get_role = lambda **_: {"Role": {"Arn": "arn", "AssumeRolePolicyDocument": {"Statement": made.trust}}}
    api.put_object = lambda **_: None
    api.exceptions = SimpleNamespace(ResourceNotFoundException=NoPolicyError)
    made = SimpleNamespace(account="000000000000", region="us-east-1", client=lambda service: api, besides=())
    made.role, made.trust, made.refusal = "lab02-stranger", [], IMPLICIT
    made.granted = [Grant("s3:GetObject", f"{BUCKET}/drafts/*"), Grant("s3:PutObject", f"{BUCKET}/drafts/*")]
    monkeypatch.setattr(lab02, "grants", lambda lab, role: lab.granted)
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


def test_who_is_trusted_no_more_is_missed(lab, monkeypatch):
    lab.trust = [{"Effect": "Allow", "Principal": LAMBDA, "Action": "sts:AssumeRole"}]
    greets = FunctionResponse("Hello tomira", None, "r")
    monkeypatch.setattr(lab02, "random_name", lambda: "tomira")
    monkeypatch.setattr(lab02, "invoke", lambda *_: greets)
    found = "it greets, under the role lab02-stranger, which trusts Lambda, but no longer the people it trusted"
    assert lab02.let_lambda_in.check(lab).actual == found


def test_one_statement_for_both_need_not_stand_in_a_list(lab, monkeypatch):
    lab.trust = {"Effect": "Allow", "Principal": {**LAMBDA, **PEOPLE}, "Action": "sts:AssumeRole"}
    monkeypatch.setattr(
        lab02, "invoke", lambda lab, function, event: FunctionResponse(f"Hello {event['name']}", None, "r")
    )
    assert lab02.let_lambda_in.check(lab).passed
    lab.trust = [lab.trust, {**lab.trust, "Effect": "Deny", "Principal": "*"}]
    assert lab02.let_lambda_in.check(lab).passed


CALL = {"Effect": "Allow", "Action": "lambda:InvokeFunction"}
S3, SNS = ({**CALL, "Principal": {"Service": f"{service}.amazonaws.com"}} for service in ("s3", "sns"))


def of(bucket, account="000000000000"):
    owner = {"StringEquals": {"AWS:SourceAccount": account}} if account else {}
    return {"Condition": {"ArnLike": {"AWS:SourceArn": bucket}, **owner}}


@pytest.mark.parametrize(
    ("statements", "passed"),
    [
        ([{**S3, **of(BUCKET)}, SNS], True),
        ([S3], False),
        ([SNS], False),
        ([{**S3, **of(f"{BUCKET}*")}], False),
        ([{**S3, "Condition": {"StringEquals": {"AWS:SourceAccount": "000000000000"}}}], False),
        ([{**S3, **of(BUCKET)}, {**CALL, "Principal": "*"}], False),
        ([{**S3, **of([BUCKET])}], True),
        ({**S3, **of(BUCKET)}, True),
        ([{**S3, "Condition": {"ArnNotLike": {"AWS:SourceArn": BUCKET}}}], False),
        ([{**S3, **of(BUCKET)}, {"Effect": "Deny", "Principal": "*"}], True),
        ([{**S3, **of(BUCKET, account=None)}], False),
        ([{**S3, **of(BUCKET, account="111111111111")}], False),
        ([{**S3, **of(BUCKET), "Action": "lambda:*"}], False),
        (None, False),
    ],
)
def test_one_bucket_is_let_in_and_no_other(lab, monkeypatch, statements, passed):
    lab.statements = statements
    monkeypatch.setattr(lab02, "logged", lambda *_: ["a line"])
    assert lab02.let_one_bucket_in.check(lab).passed is passed
    monkeypatch.setattr(lab02, "logged", lambda *_: [])
    assert not lab02.let_one_bucket_in.check(lab).passed


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (S3, "other buckets, too, may call"),
        (
            of(BUCKET, account=None),
            "a bucket of that name may call, whoever owns it: SourceAccount is not your account",
        ),
        ({**of(BUCKET), "Action": "lambda:*"}, "only this bucket may call, S3 may do more than call: lambda:*"),
    ],
)
def test_what_s3_may_besides_is_said(lab, monkeypatch, statement, found):
    lab.statements = [{**S3, **statement}]
    monkeypatch.setattr(lab02, "logged", lambda *_: ["a line"])
    assert lab02.let_one_bucket_in.check(lab).actual == f"the upload arrived, {found}"


def test_a_function_that_nobody_may_call_says_so(lab, monkeypatch):
    lab.statements = None
    monkeypatch.setattr(lab02, "logged", lambda *_: [])
    assert lab02.let_one_bucket_in.check(lab).actual == "the upload did not arrive, no bucket may call"


def drafts(event):
    return event["operation"] in ("read", "write") and event["Key"].startswith("drafts/")


def test_the_least_privilege_passes(lab):
    lab.allowed = lambda event: drafts(event) and event["Bucket"] == NOTES
    check = lab02.shrink_the_star.check(lab)
    assert (check.passed, check.actual) == (True, "both work; other things refused")


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        (lambda event: True, "still possible: reading public/, writing elsewhere, deleting, listing, another bucket"),
        (lambda event: event["Bucket"] == NOTES, "reading public/, writing elsewhere, deleting, listing"),
        (drafts, "still possible: another bucket"),
        (lambda event: event["operation"] == "list" or (drafts(event) and event["Bucket"] == NOTES), "listing"),
        (lambda event: drafts(event) and event["operation"] == "read" and event["Bucket"] == NOTES, "writing fa"),
        (lambda event: False, "writing and reading fail; other things refused"),
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


@pytest.mark.parametrize(
    "grant",
    [
        Grant("s3:PutObject", f"{BUCKET}/drafts*"),  # drafts-secret.txt, too
        Grant("s3:GetObject", f"{BUCKET}-2/drafts/*"),
        Grant("s3:GetObjectVersion", f"{BUCKET}/drafts/*"),
        Grant("s3:PutBucketPolicy", BUCKET),
        Grant("dynamodb:*", "*"),
        Grant("all but s3:DeleteObject", f"{BUCKET}/drafts/*"),
    ],
)
def test_what_no_sample_finds_is_read_in_the_roles_policies(lab, grant):
    lab.allowed = lambda event: drafts(event) and event["Bucket"] == NOTES
    lab.granted = [*lab.granted, grant]
    check = lab02.shrink_the_star.check(lab)
    assert (check.passed, check.actual) == (False, f"both work; still possible: {grant}")


def locked(event):
    """What Clerk may do once it is locked; `besides` of the lab is what the simulator allows in any bucket."""
    scratch = event["Bucket"] == NOTES and event["Key"].startswith("scratch/")
    return scratch if deletes(event) else not event["Key"].startswith("secret/")


def deletes(event):
    return event["operation"] == "delete"


def test_deleting_is_locked_only_by_an_explicit_deny(lab):
    lab.allowed, lab.besides = locked, ["s3:PutObject"]
    assert not lab02.lock_the_shredder.check(lab).passed
    lab.refusal = EXPLICIT
    check = lab02.lock_the_shredder.check(lab)
    assert (check.passed, check.actual) == (True, "all of that")


def test_only_what_is_wrong_is_named(lab):
    lab.allowed, lab.besides = lambda event: locked(event) or event["Bucket"] != NOTES, ["s3:PutObject"]
    lab.refusal = EXPLICIT
    assert lab02.lock_the_shredder.check(lab).actual == "deleting in another bucket: done"


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
    assert (check.passed, check.actual) == (False, found)


@pytest.mark.parametrize(
    "opened",
    [
        lambda event: event["Key"] == "secret/plan.txt",  # under the name of the vault
        lambda event: event["Key"] not in ("plan.txt", "secret/plan.txt"),  # a vault for what is there only
    ],
)
def test_a_lock_in_place_of_the_vault_opens_the_vault(lab, opened):
    lab.allowed = lambda event: locked(event) or (not deletes(event) and opened(event))
    lab.besides, lab.refusal = ["s3:PutObject"], EXPLICIT
    check = lab02.lock_the_shredder.check(lab)
    assert not check.passed and "reading secrets: done" in check.actual
