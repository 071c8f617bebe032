"""Lab 04's checks, against APIs that refuse too little, too much, or in the wrong place."""

import re
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError
from requests.structures import CaseInsensitiveDict

from helpers.exercises import lab04
from helpers.exercises.checks import run
from helpers.exercises.evidence.rest_api import Reply

INVALID = '{"message": "Invalid request body"}'


def by_function(status, text="", **headers):
    return Reply(status, CaseInsensitiveDict({"X-Amzn-Trace-Id": "Root=1-5", **headers}), text)


def by_gateway(status, text=""):
    return Reply(status, CaseInsensitiveDict(), text)


@pytest.fixture
def judged(monkeypatch):
    """`judged(exercise, answer)`: the check of an API that gives `answer(verb, path, body)`; `table`: ids, if any."""

    def judge(exercise, answer, kind=None, table=None):
        def asked_for(TableName, Key, **_):  # noqa: N803
            if table is None:
                raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "no table"}}, "GetItem")
            return Key["id"]["S"] if Key["id"]["S"] in table else None

        dynamodb = SimpleNamespace(
            get_item=lambda **asked: {"Item": {}} if asked_for(**asked) else {},
            delete_item=lambda **asked: (user := asked_for(**asked)) and table.remove(user),
        )
        monkeypatch.setattr(lab04, "send", lambda lab, api, verb, path, body=None: answer(verb, path, body))
        monkeypatch.setattr(lab04, "integration", lambda *_: {"type": kind} if kind else {})
        return run(exercise, SimpleNamespace(client=lambda service: dynamodb)).check

    return judge


def refusing(allow, served=("GET",), status=405):
    def answer(verb, path, body):
        return by_function(200) if verb in served else by_function(status, Allow=allow)

    return answer


@pytest.mark.parametrize("allow", ["GET", "get", "GET, HEAD", "OPTIONS,GET,HEAD"])
def test_other_verbs_may_be_refused_with_those_that_are_served(judged, allow):
    assert judged(lab04.refuse_other_verbs, refusing(allow)).passed


@pytest.mark.parametrize("allow", ["", "POST", "GET, POST, PUT, DELETE", "GET, PATCH", "TARGET"])
def test_allow_must_name_get_and_no_verb_that_is_refused(judged, allow):
    assert not judged(lab04.refuse_other_verbs, refusing(allow)).passed


@pytest.mark.parametrize("verb", ["DELETE", "PUT", "POST", "PATCH"])
def test_every_other_verb_has_to_be_refused(judged, verb):
    found = judged(lab04.refuse_other_verbs, refusing("GET", ("GET", verb)))
    assert not found.passed
    assert f"{verb} 200 with no Allow" in found.actual


def test_verbs_that_are_answered_alike_are_named_together(judged):
    found = judged(lab04.refuse_other_verbs, refusing("GET"))
    assert found.actual == "GET 200, and DELETE, PUT, POST and PATCH 405 with Allow: GET"


def test_a_502_says_where_to_look(judged):
    found = judged(lab04.refuse_other_verbs, lambda *_: by_function(502))
    assert "; 502: the function failed, or returned no HTTP response (its log, logs.fetch" in found.actual
    assert "502" not in judged(lab04.refuse_other_verbs, refusing("GET")).actual


class Users:
    """An API that keeps users in a table; `delete(users, id)` is what DELETE does."""

    def __init__(self, delete):
        self.delete, self.table, self.gone = delete, {"ada"}, set()

    def __call__(self, verb, path, body):
        user = path.rpartition("/")[2]
        if verb == "POST":
            self.table.add(body["id"])
            return by_function(201)
        if verb == "DELETE":
            self.delete(self, user)
            return by_function(204)
        return by_function(200 if user in self.table - self.gone else 404)


@pytest.mark.parametrize(
    ("delete", "passed", "said"),
    [
        (lambda users, user: users.table.discard(user), True, "DELETE 204, then GET 404"),
        (lambda users, user: None, False, "then GET 200; the item is still in the table"),
        (lambda users, user: users.gone.add(user), False, "then GET 404; the item is still in the table"),
        (lambda users, user: users.table.clear(), False, "another profile: GET 404, gone from the table"),
        (
            lambda users, user: users.table.intersection_update({user, "ada"}),
            False,
            "another profile: GET 404, gone from the table",
        ),
    ],
)
def test_delete_removes_the_item_of_one_user_and_no_other(judged, delete, passed, said):
    users = Users(delete)
    found = judged(lab04.delete_a_profile, users, table=users.table)
    assert found.passed is passed
    assert found.actual.endswith(said)
    assert users.table <= {"ada"}, "the check tidies up"


def test_a_check_that_cannot_make_a_profile_says_that_it_tried(judged):
    found = judged(lab04.delete_a_profile, lambda *_: by_function(502, "{}"))
    assert found.actual.startswith("POST 502 {} (the check makes a profile first); 502: the function failed")


OK = '{"status": "ok"}'


@pytest.mark.parametrize(
    ("reply", "kind", "passed", "said"),
    [
        (by_gateway(200, OK), "MOCK", True, "from the integration MOCK"),
        (by_function(200, OK), "MOCK", False, "from another integration: MOCK is not deployed yet"),
        (by_function(200, "Hello"), "MOCK", False, "from another integration: MOCK is not deployed yet"),
        (by_function(200, OK), "AWS_PROXY", False, "from the integration AWS_PROXY"),
        (by_function(200, OK), None, False, "from no integration of /health"),
        (by_gateway(200, "{}"), "MOCK", False, "200 {}, from the integration MOCK"),
    ],
)
def test_a_mock_answers_only_when_it_is_deployed(judged, reply, kind, passed, said):
    found = judged(lab04.answer_a_health_check, lambda *_: reply, kind)
    assert found.passed is passed
    assert found.actual.endswith(said)


def schema(required=("id", "name"), pattern="[a-z]{2,20}", closed=True, refuse=by_gateway):
    """POST /users with a model like that; `refuse` is who refuses."""

    def answer(verb, path, body):
        good = set(required) <= set(body) and re.fullmatch(pattern, body.get("id", "ab"))
        if not good or (closed and set(body) - {"id", "name"}):
            return refuse(400, INVALID)
        return by_function(201) if "id" in body else by_function(502)

    return answer


def test_the_gateway_refuses_what_nobody_asked_for_and_what_step_9_refuses(judged):
    found = judged(lab04.accept_no_surprises, schema())
    assert found.passed
    assert found.actual == (
        "400 for a profile with admin, with shoeSize, with a bad id, without id and without name; 201 for a good one"
    )


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ({"closed": False}, "201 for a profile with admin and with shoeSize"),
        ({"required": ()}, "502 for a profile without id; 201 for a profile without name"),
        ({"required": ("id",)}, "201 for a profile without name"),
        ({"pattern": ".*"}, "201 for a profile with a bad id"),
        ({"refuse": by_function}, "400 by the function for a profile with admin"),
    ],
)
def test_a_new_schema_must_not_lose_what_the_old_one_refused(judged, lost, said):
    found = judged(lab04.accept_no_surprises, schema(**lost))
    assert not found.passed
    assert said in found.actual


def test_a_door_that_is_closed_to_good_profiles_too_is_not_wanted(judged):
    assert not judged(lab04.accept_no_surprises, lambda *_: by_gateway(400, INVALID)).passed
