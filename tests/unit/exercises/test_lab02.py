"""Lab 02's checks, against functions that may do too little, too much, and just enough."""

import io
import json
from types import SimpleNamespace

import pytest

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

    made = SimpleNamespace(account="000000000000", client=lambda service: SimpleNamespace(invoke=invoke))
    made.refusal = IMPLICIT
    return made


def drafts(event):
    return event["operation"] in ("get_object", "put_object") and event["Key"].startswith("drafts/")


def test_the_least_privilege_passes(lab):
    lab.allowed = lambda event: drafts(event) and event["Bucket"] == NOTES
    check = lab02.shrink_the_star.check(lab)
    assert (check.passed, check.actual) == (True, "both work; 5 other things refused")


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        (lambda event: True, "still possible: reading public/, writing elsewhere, deleting, listing buckets, another"),
        (lambda event: "Key" in event and event["Bucket"] == NOTES, "reading public/, writing elsewhere, deleting"),
        (drafts, "still possible: another bucket"),
        (lambda event: event["operation"] == "list_buckets" or (drafts(event) and event["Bucket"] == NOTES), "listing"),
        (lambda event: drafts(event) and event["operation"] == "get_object" and event["Bucket"] == NOTES, "writing fa"),
        (lambda event: False, "writing and reading fails; 5 other things refused"),
    ],
)
def test_more_or_less_than_the_least_does_not_pass(lab, allowed, found):
    lab.allowed = allowed
    check = lab02.shrink_the_star.check(lab)
    assert not check.passed
    assert found in check.actual


def test_deleting_is_locked_only_by_an_explicit_deny(lab):
    lab.allowed = lambda event: event["Key"].startswith("scratch/")
    check = lab02.lock_the_shredder.check(lab)
    assert (check.passed, check.actual) == (False, "scratch/: done, elsewhere: refused")
    lab.refusal = EXPLICIT
    check = lab02.lock_the_shredder.check(lab)
    assert (check.passed, check.actual) == (True, "scratch/: done, elsewhere: refused by an explicit deny")
    for allowed in (lambda event: True, lambda event: False):
        lab.allowed = allowed
        assert not lab02.lock_the_shredder.check(lab).passed
