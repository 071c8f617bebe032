"""Lab 04's checks, against APIs that refuse too little, too much, or in the wrong place."""

import json
import re
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError
from requests.structures import CaseInsensitiveDict

from helpers.exercises import lab04
from helpers.exercises.checks import run
from helpers.exercises.evidence import http_api
from helpers.exercises.evidence.rest_api import Reply

PAGE = "http://page.lambda-url.us-east-1.localhost:4566"
INVALID = '{"message": "Invalid request body"}'


def by_function(status, text="", **headers):
    return Reply(status, CaseInsensitiveDict({"X-Amzn-Trace-Id": "Root=1-5", **headers}), text)


def by_gateway(status, text=""):
    return Reply(status, CaseInsensitiveDict(), text)


@pytest.fixture
def judged(monkeypatch):
    """`judged(exercise, answer)`: the check of an API that gives `answer(verb, path, body)`; `table`: ids, if any.

    `stages`: {name: deployment}; `solved`: numbers of exercises; `schema`: the model's, deployed or not; `greeting`:
    the variable of each stage.
    """

    def judge(exercise, answer, kind=None, table=None, stages=None, solved=(), schema=None, greeting=None):
        def asked_for(TableName, Key, **_):  # noqa: N803
            if table is None:
                raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "no table"}}, "GetItem")
            return Key["id"]["S"] if Key["id"]["S"] in table else None

        variables = {"variables": {"greeting": greeting}} if greeting else {}
        listed = [{"stageName": name, "deploymentId": each, **variables} for name, each in (stages or {}).items()]
        aws = SimpleNamespace(
            get_stages=lambda **_: {"item": listed},
            get_model=lambda **_: {"schema": json.dumps(schema or {})},
            get_function_url_config=lambda **_: {"FunctionUrl": f"{PAGE}/"},
            get_item=lambda **asked: {"Item": {}} if asked_for(**asked) else {},
            delete_item=lambda **asked: (user := asked_for(**asked)) and table.remove(user),
        )
        monkeypatch.setattr(
            lab04, "send", lambda lab, api, verb, path, body=None, stage="test": answer(verb, path, body)
        )
        monkeypatch.setattr(lab04, "api_id", lambda *_: "a1")
        monkeypatch.setattr(lab04, "integration", lambda *_: {"type": kind} if kind else {})
        return run(exercise, SimpleNamespace(client=lambda service: aws, solved=set(solved))).check

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
    assert "; 502: the function failed, or returned no HTTP response (its log says why: " in found.actual
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
        (by_gateway(200, "{}"), "MOCK", False, "MOCK (is it as it should be, and only not deployed yet?)"),
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


def test_the_gateway_refuses_what_nobody_asked_for_and_what_step_10_refuses(judged):
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


def test_a_model_that_is_closed_but_not_deployed_is_named(judged):
    left_open = schema(closed=False)
    found = judged(lab04.accept_no_surprises, left_open, schema={"additionalProperties": False})
    assert not found.passed
    assert found.actual.endswith("; the model is closed, but not deployed yet")
    assert "deployed" not in judged(lab04.accept_no_surprises, left_open).actual


def test_the_check_leaves_no_profile_behind(judged):
    table = {"ada"}

    def answer(verb, path, body):
        table.add(body.get("id", "ada"))
        return by_function(201)

    judged(lab04.accept_no_surprises, answer, table=table)
    assert table == {"ada"}


def test_a_door_that_is_closed_to_good_profiles_too_is_not_wanted(judged):
    assert not judged(lab04.accept_no_surprises, lambda *_: by_gateway(400, INVALID)).passed


def greeting(verb, path, body):
    _, _, rest = path.partition("/hello")
    return by_function(200, f"Hello {rest.removeprefix('/').removeprefix('?name=') or 'world'}")


def test_a_name_in_the_path_or_the_query_is_greeted(judged):
    found = judged(lab04.greet_by_path, greeting)
    assert found.passed
    assert found.actual.startswith("200 Hello (name) for /hello/(name), "), "what is made up is not shown"


@pytest.mark.parametrize("text", ["Hello world", "Hello Ada", "Hello hello/Ada"])
def test_a_greeting_that_does_not_depend_on_the_path_is_not_enough(judged, text):
    assert not judged(lab04.greet_by_path, lambda *_: by_function(200, text)).passed


def allowing(origin, users="POST", user="GET,DELETE", headers="Content-Type", answers=("GET", "DELETE")):
    """Preflights that name `users` and `user`; replies to the verbs in `answers` may be read by the page."""

    def answer(verb, path, body):
        if verb != "OPTIONS":
            return by_function(404, **({"Access-Control-Allow-Origin": PAGE} if verb in answers else {}))
        allowed = users if path == "/users" else user
        sent = {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": allowed}
        return Reply(204, CaseInsensitiveDict({**sent, "Access-Control-Allow-Headers": headers}), "")

    return answer


@pytest.mark.parametrize(
    ("origin", "users", "user", "passed"),
    [
        (PAGE, "POST", "GET,DELETE", True),
        (PAGE, "POST, GET", "delete, get", True),
        ("*", "POST", "GET,DELETE", False),
        (PAGE, "*", "*", False),
        (PAGE, "POST", "GET", False),
        (PAGE, "GET", "GET,DELETE", False),
        ("http://elsewhere", "POST", "GET,DELETE", False),
        (f"{PAGE}/", "POST", "GET,DELETE", False),
    ],
)
def test_this_page_and_no_other_is_allowed_what_it_sends(judged, origin, users, user, passed):
    assert judged(lab04.let_the_page_delete, allowing(origin, users, user)).passed is passed


def test_a_page_that_sends_json_needs_leave_for_the_header(judged):
    found = judged(lab04.let_the_page_delete, allowing(PAGE, headers=""))
    assert not found.passed
    assert "/users: POST without any header for the page" in found.actual
    assert judged(lab04.let_the_page_delete, allowing(PAGE, headers="authorization, content-type")).passed


def test_the_page_may_read_the_answers_too_and_that_to_delete_once_exercise_3_is_solved(judged):
    deaf, no_get = allowing(PAGE, answers=("GET",)), allowing(PAGE, answers=("DELETE",))
    assert judged(lab04.let_the_page_delete, deaf).passed, "DELETE is not served yet"
    found = judged(lab04.let_the_page_delete, deaf, solved=["4.3"])
    assert not found.passed
    assert found.actual.endswith("the answer to DELETE has no Access-Control-Allow-Origin for the page")
    assert not judged(lab04.let_the_page_delete, no_get).passed


def test_a_preflight_for_every_page_is_named_as_that(judged):
    found = judged(lab04.let_the_page_delete, allowing("*", user="*"))
    assert found.actual.startswith("/users/ada: every verb (*) with Content-Type for every page, not this one alone")


def test_a_preflight_that_a_function_greets_allows_nothing(judged):
    found = judged(lab04.let_the_page_delete, lambda *_: by_function(200, "Hello world"))
    assert not found.passed
    assert found.actual.startswith("/users/ada: 200 and no Access-Control-Allow-Origin")


@pytest.mark.parametrize(
    ("stages", "text", "passed"),
    [
        ({"prod": "d2", "beta": "d2"}, "Servus world", True),
        ({"prod": "d2", "beta": "d1"}, "Servus world", False),
        ({"prod": "d2", "beta": "d2"}, "Hello world", False),
        ({"prod": "d2", "test": "d1"}, "Servus world", False),
        ({"beta": "d2"}, "Servus world", False),
    ],
)
def test_a_third_stage_serves_what_prod_serves_with_its_own_greeting(judged, stages, text, passed):
    assert judged(lab04.open_a_third_stage, lambda *_: by_function(200, text), stages=stages).passed is passed


@pytest.mark.parametrize(
    ("greeting", "said"),
    [
        ("Servus", "the variable greeting is Servus: does HelloWorld read event.stageVariables, as in step 11?"),
        ("Salve", "its variable greeting: Salve"),
        (None, "its variable greeting: none"),
    ],
)
def test_a_third_stage_that_does_not_greet_says_whose_part_is_missing(judged, greeting, said):
    answer, stages = (lambda *_: by_function(200, "Hello world")), {"prod": "d2", "beta": "d2"}
    found = judged(lab04.open_a_third_stage, answer, stages=stages, greeting=greeting)
    assert not found.passed
    assert found.actual.endswith(said)


@pytest.mark.parametrize(
    ("key", "elsewhere", "passed"),
    [("GET /event", "Hello {}", True), ("$default", "Hello {}", False), ("GET /event", "{}", False)],
)
def test_one_path_goes_elsewhere_by_a_route_of_its_own(judged, monkeypatch, key, elsewhere, passed):
    def asked(lab, name, path, query):
        event = json.dumps({"routeKey": key, "queryStringParameters": query})
        return by_function(200, event if path == "/event" else elsewhere.format(query["name"]))

    monkeypatch.setattr(http_api, "get", asked)
    assert judged(lab04.route_one_path_elsewhere, None).passed is passed
