"""Lab 04, API Gateway: exercises. Checks call the API, as any client could."""

from botocore.exceptions import ClientError

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import random_name
from helpers.exercises.evidence.rest_api import (
    Reply,
    in_one_line,
    in_words,
    integration,
    requests_by_answer,
    send,
    why_502,
)

API = "lab04-hello"
TABLE = "lab04-user-profiles"
ABOUT = About(
    title="API Gateway",
    you_will="put HTTP in front of a function",
    minutes=40,
    builds_on=("01", "02"),
    place=(3, 1),
    owns=Owns(
        functions=("HelloWorld", "ShowEvent", "UserProfile", "GreetByName", "lab04-*"),
        roles=("lab04-*",),
        policies=("lab04-invoke-hello",),
        users=("lab04-caller",),
        queues=("lab04-orders",),
        tables=(TABLE,),
        usage_plans=("lab04-partners",),
        api_keys=("lab04-partner",),
        rest_apis=(API,),
    ),
)


@exercise(
    "4.1",
    "Refuse what you do not serve",
    desired="GET 200, and every other verb 405 with Allow: GET",
    hints=[
        "The gateway lets every verb through: it is the function that has to look which one came.",
        "Unless event.httpMethod is GET: statusCode 405, headers { Allow: 'GET' }. Then deploy (UpdateFunctionCode).",
    ],
)
def refuse_other_verbs(lab: Connection) -> Check:
    """`HelloWorld` answers GET, and refuses other verbs as HTTP prescribes.

    HEAD and OPTIONS are not tried: a function that serves them may name them in `Allow`.
    """
    served = send(lab, API, "GET", "/hello")
    refused = {verb: send(lab, API, verb, "/hello") for verb in ("DELETE", "PUT", "POST", "PATCH")}
    passed = served.status == 200 and all(reply.status == 405 and allows_get(reply) for reply in refused.values())
    alike = requests_by_answer(
        {verb: f"{reply.status} with {allow_in_words(reply)}" for verb, reply in refused.items()}
    )
    found = [f"{in_words(verbs)} {answer}" for answer, verbs in alike.items()]
    return Check(passed, f"GET {served.status}, and {in_words(found)}{why_502(served, *refused.values())}")


def allow_in_words(reply: Reply) -> str:
    """Return the header `Allow` of a response, in words."""
    return f"Allow: {reply.headers['Allow']}" if "Allow" in reply.headers else "no Allow"


def allows_get(reply: Reply) -> bool:
    """Tell whether `Allow` names GET, and no verb that was refused."""
    named = {verb.strip().upper() for verb in reply.headers.get("Allow", "").split(",")}
    return {"GET"} <= named <= {"GET", "HEAD", "OPTIONS"}


@exercise(
    "4.2",
    "Delete a profile",
    desired="DELETE 204, then GET 404, and no other profile lost",
    hints=[
        "Work inwards: the method on /users/{id}, the deployment, the handler, and what its role may do.",
        "expose('DELETE', '/users/{id}', to_profile), table.delete_item(Key=...), dynamodb:DeleteItem, publish().",
    ],
)
def delete_a_profile(lab: Connection) -> Check:
    """One of two new profiles can be deleted, and is then gone from API and table; the other stays."""
    table = lab.client("dynamodb")
    leaving, staying = random_name(), random_name()
    keys = {user: {"TableName": TABLE, "Key": {"id": {"S": user}}} for user in (leaving, staying)}
    try:
        for user in keys:
            made = send(lab, API, "POST", "/users", {"id": user, "name": "Nobody"})
            if made.status != 201:
                return Check(False, f"POST {in_one_line(made)} (the check makes a profile first){why_502(made)}")
        deleted, after = (send(lab, API, verb, f"/users/{leaving}") for verb in ("DELETE", "GET"))
        other = send(lab, API, "GET", f"/users/{staying}")
        stored = {user for user, key in keys.items() if "Item" in table.get_item(**key, ConsistentRead=True)}
    finally:
        for key in keys.values():
            try:
                table.delete_item(**key)
            except ClientError:  # no table, say: what was found matters more
                pass
    wrong = ["the item is still in the table"] if deleted.status == 204 and leaving in stored else []
    if other.status != 200 or staying not in stored:
        wrong.append(f"another profile: GET {other.status}{'' if staying in stored else ', gone from the table'}")
    passed = deleted.status == 204 and after.status == 404 and not wrong
    found = "; ".join([f"DELETE {in_one_line(deleted)}, then GET {after.status}", *wrong])
    return Check(passed, found + why_502(deleted, after, other))


@exercise(
    "4.3",
    "Answer a health check",
    desired='200 with {"status": "ok"}, from a MOCK integration',
    hints=[
        "/version does the same, with another answer.",
        'PutIntegration of type MOCK: expose("GET", "/health", {"type": "MOCK", ...}), then respond(...), publish().',
    ],
)
def answer_a_health_check(lab: Connection) -> Check:
    """`GET /health` says ok, answered by API Gateway itself, in the deployed stage too."""
    reply, kind = send(lab, API, "GET", "/health"), integration(lab, API, "GET", "/health").get("type")
    found = f"{in_one_line(reply)}, from {f'the integration {kind}' if kind else 'no integration of /health'}"
    if stale := kind == "MOCK" and reply.from_backend:
        found = f"{in_one_line(reply)}, from another integration: MOCK is not deployed yet"
    passed = reply.status == 200 and reply.json == {"status": "ok"} and kind == "MOCK" and not stale
    return Check(passed, found)


@exercise(
    "4.4",
    "Accept no surprises",
    desired="400 by the gateway for a profile with admin, shoeSize or a bad id, without id or name; 201 for a good one",
    hints=[
        "By default a JSON Schema allows every property that it does not name.",
        'UpdateModel with [{"op": "replace", "path": "/schema", ...}]: a schema with additionalProperties false.',
    ],
)
def accept_no_surprises(lab: Connection) -> Check:
    """The gateway itself refuses unknown properties and what step 9 refuses, and accepts a good profile."""
    good = {"id": "exercise", "name": "Nobody"}
    bodies = {
        "with admin": {**good, "admin": True},
        "with shoeSize": {**good, "shoeSize": 43},
        "with a bad id": {**good, "id": "X1"},
        "without id": {"name": "Nobody"},
        "without name": {"id": "exercise"},
    }
    refused = {kind: send(lab, API, "POST", "/users", body) for kind, body in bodies.items()}
    taken = send(lab, API, "POST", "/users", good)
    passed = taken.status == 201 and all(one.status == 400 and not one.from_backend for one in refused.values())
    by = {True: " by the function", False: ""}
    alike = requests_by_answer(
        {k: f"{one.status}{by[one.status == 400 and one.from_backend]}" for k, one in refused.items()}
    )
    found = [f"{answer} for a profile {in_words(kinds)}" for answer, kinds in alike.items()]
    return Check(passed, f"{'; '.join(found)}; {taken.status} for a good one")
