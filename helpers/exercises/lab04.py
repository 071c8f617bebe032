"""Lab 04, API Gateway: exercises. Each is judged by calling the API, as anybody could."""

from helpers.checks import Check, exercise
from helpers.cleanup import Owns
from helpers.exercises.rest_api import Reply, integration, send

TITLE = "API Gateway"
API = "lab04-hello"
OWNS = Owns(
    functions=("HelloWorld", "ShowEvent", "UserProfile", "GreetByName"),
    roles=("lab04-gateway", "lab04-profile", "lab04-orders"),
    policies=("lab04-invoke-hello",),
    users=("lab04-caller",),
    queues=("lab04-orders",),
    tables=("lab04-user-profiles",),
    usage_plans=("lab04-partners",),
    api_keys=("lab04-partner",),
    rest_apis=(API,),
)
SOLUTIONS = "labs/solutions/04_api_gateway.py"


@exercise(
    "4.1",
    "Refuse what you do not serve",
    desired="GET 200, and DELETE and PUT 405 with Allow: GET",
    hints=[
        "The gateway lets every verb through: it is the function that has to look which one came.",
        "Unless event.httpMethod is GET: statusCode 405, headers { Allow: 'GET' }. Then deploy (UpdateFunctionCode).",
        f"The explained solution is block 4.1 in {SOLUTIONS}.",
    ],
)
def refuse_other_verbs(lab) -> Check:
    """`HelloWorld` answers GET, and refuses other verbs in the way HTTP has for it."""
    served = send(lab, API, "GET", "/hello").status
    refused = {verb: send(lab, API, verb, "/hello") for verb in ("DELETE", "PUT")}
    passed = served == 200 and all(
        reply.status == 405 and "GET" in reply.headers.get("Allow", "") for reply in refused.values()
    )
    found = [f"{verb} {reply.status} with {allow(reply)}" for verb, reply in refused.items()]
    return Check(passed, f"GET {served}, and {' and '.join(found)}")


def allow(reply: Reply) -> str:
    """The header `Allow` of a response, in words."""
    return f"Allow: {reply.headers['Allow']}" if "Allow" in reply.headers else "no Allow"


@exercise(
    "4.2",
    "Delete a profile",
    desired="DELETE 204, then GET 404",
    hints=[
        "Work inwards: the method on /users/{id}, the deployment, the handler, and what its role may do.",
        "expose('DELETE', '/users/{id}', to_profile), table.delete_item(Key=...), dynamodb:DeleteItem, publish().",
        f"The explained solution is block 4.2 in {SOLUTIONS}.",
    ],
)
def delete_a_profile(lab) -> Check:
    """A profile that is made here can be deleted, and is gone then."""
    made = send(lab, API, "POST", "/users", {"id": "exercise", "name": "Nobody"})
    if made.status != 201:
        return Check(False, f"POST {said(made)}")
    deleted, after = (send(lab, API, verb, "/users/exercise") for verb in ("DELETE", "GET"))
    passed = deleted.status == 204 and after.status == 404
    return Check(passed, f"DELETE {said(deleted)}, then GET {after.status}")


@exercise(
    "4.3",
    "Answer a health check",
    desired='200 with {"status": "ok"}, from a MOCK integration',
    hints=[
        "/version does the same, with another answer.",
        'PutIntegration of type MOCK: expose("GET", "/health", {"type": "MOCK", ...}), then respond(...), publish().',
        f"The explained solution is block 4.3 in {SOLUTIONS}.",
    ],
)
def answer_a_health_check(lab) -> Check:
    """`GET /health` says ok, and API Gateway says it by itself."""
    reply, kind = send(lab, API, "GET", "/health"), integration(lab, API, "GET", "/health").get("type")
    passed = reply.status == 200 and reply.json == {"status": "ok"} and kind == "MOCK"
    return Check(passed, f"{said(reply)}, from {f'the integration {kind}' if kind else 'no integration of /health'}")


@exercise(
    "4.4",
    "Accept no surprises",
    desired="400 for a profile with admin or shoeSize, 201 for one with neither",
    hints=[
        "By default a JSON Schema allows every property that it does not name.",
        'UpdateModel with [{"op": "replace", "path": "/schema", ...}]: a schema with additionalProperties false.',
        f"The explained solution is block 4.4 in {SOLUTIONS}.",
    ],
)
def accept_no_surprises(lab) -> Check:
    """The gateway refuses a profile with any unknown property, and still takes a good one."""
    profile = {"id": "exercise", "name": "Nobody"}
    bodies = {"admin": {**profile, "admin": True}, "shoeSize": {**profile, "shoeSize": 43}, "neither": profile}
    found = {field: send(lab, API, "POST", "/users", body).status for field, body in bodies.items()}
    passed = found == {"admin": 400, "shoeSize": 400, "neither": 201}
    return Check(passed, ", ".join(f"{status} for a profile with {field}" for field, status in found.items()))


def said(reply: Reply) -> str:
    """Status and body in one line, the body no longer than is readable."""
    text = " ".join(reply.text.split())
    return f"{reply.status} {text if len(text) <= 80 else f'{text[:80]}…'}".rstrip()
