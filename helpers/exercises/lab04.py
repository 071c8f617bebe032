"""Lab 04, API Gateway: exercises. Checks call the API, as any client could."""

import json
from contextlib import suppress

from botocore.exceptions import ClientError

from helpers.backend.lab_like import LabLike
from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import http_api
from helpers.exercises.evidence.allowed_verbs import (
    allow_in_words,
    allowed_in_words,
    allows_get,
    allows_page,
    answers_page,
)
from helpers.exercises.evidence.answers import random_name
from helpers.exercises.evidence.rest_api import (
    api_id,
    in_one_line,
    in_words,
    integration,
    requests_by_answer,
    send,
    why_502,
)

API = "lab04-hello"
HTTP_API = "lab04-http"
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
        users=("lab04-caller",),
        queues=("lab04-orders",),
        tables=(TABLE,),
        usage_plans=("lab04-partners",),
        api_keys=("lab04-partner",),
        rest_apis=(API,),
        http_apis=(HTTP_API,),
        log_groups=("lab04-access",),
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
    half='''
strict_mjs = """
export const handler = async (event) => {
  if (event.___ !== ___) return { statusCode: ___, headers: { ___: "GET" }, body: "" };
  return { statusCode: 200, headers: { "Content-Type": "text/plain" }, body: "Hello world" };
};
"""
deploy(lab, "HelloWorld", {"index.mjs": strict_mjs}, **node)
''',
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


@exercise(
    "4.2",
    "Greet by path",
    desired="Hello and the name for /hello/(name) and for /hello?name=(name), Hello world for /hello",
    hints=[
        "The greedy {hello+} has matched all of hello/Ada: the name is what stands behind the slash.",
        "event.pathParameters?.hello.split('/')[1] is the name or undefined; ?? tries the next. UpdateFunctionCode.",
    ],
    half='''
by_path_mjs = """
export const handler = async (event) => {
  const name = event.___?.hello.split(___)[1] ?? event.queryStringParameters?.name ?? "world";
  return { statusCode: 200, headers: { "Content-Type": "text/plain" }, body: `Hello ${___}` };
};
"""
deploy(lab, "HelloWorld", {"index.mjs": by_path_mjs}, **node)
''',
)
def greet_by_path(lab: Connection) -> Check:
    """`HelloWorld` greets a name, made up here, that comes in the path, in the query, or not at all."""
    name = random_name()
    wanted = {f"/hello/{name}": f"Hello {name}", f"/hello?name={name}": f"Hello {name}", "/hello": "Hello world"}
    replies = {path: send(lab, API, "GET", path) for path in wanted}
    passed = all(reply.status == 200 and reply.text == wanted[path] for path, reply in replies.items())
    found = ", ".join(f"{in_one_line(reply)} for {path}" for path, reply in replies.items())
    return Check(passed, found.replace(name, "(name)") + why_502(*replies.values()))


@exercise(
    "4.3",
    "Delete a profile",
    desired="DELETE 204, then GET 404, and no other profile lost",
    hints=[
        "Work inwards: the method on /users/{id}, the deployment, the handler, and what its role may do.",
        "expose('DELETE', '/users/{id}', to_profile), table.delete_item(Key=...), dynamodb:DeleteItem, publish().",
    ],
    half='''
deleting_py = profile_py.replace(
    '    profile = table.get_item(Key={"id": user})',
    """    if event["httpMethod"] == ___:
        table.___(Key={"id": user})
        return {**answer(___, None), "body": ""}
    profile = table.get_item(Key={"id": user})""",
)
deploy(lab, "UserProfile", {"lambda_function.py": deleting_py}, **settings)
actions = ["dynamodb:PutItem", "dynamodb:GetItem", ___]
may_use_table = document(Action=actions, Resource=table["TableArn"])
iam.put_role_policy(RoleName="lab04-profile", PolicyName="may", PolicyDocument=may_use_table)
expose(___, "/users/{id}", to_profile)
publish()
''',
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
            with suppress(ClientError):  # no table, say: what was found matters more
                table.delete_item(**key)
    wrong = ["the item is still in the table"] if deleted.status == 204 and leaving in stored else []
    if other.status != 200 or staying not in stored:
        wrong.append(f"another profile: GET {other.status}{'' if staying in stored else ', gone from the table'}")
    passed = deleted.status == 204 and after.status == 404 and not wrong
    found = "; ".join([f"DELETE {in_one_line(deleted)}, then GET {after.status}", *wrong])
    return Check(passed, found + why_502(deleted, after, other))


@exercise(
    "4.4",
    "Let the page delete",
    desired="preflights that allow this page GET and DELETE for /users/{id}, POST with Content-Type for /users",
    hints=[
        "Step 8 has done it for /users and POST.",
        'allow_page("/users/{id}", "GET,DELETE") makes a MOCK for OPTIONS; CreateDeployment, by publish().',
    ],
    half="allow_page(___, ___)\npublish()",
)
def let_the_page_delete(lab: LabLike) -> Check:
    """Preflights of both resources allow what the page sends, and the page may read the answers.

    The answer to DELETE counts once exercise 4.3 is solved: until then it is the greeting's.
    """
    page = lab.client("lambda").get_function_url_config(FunctionName="lab04-page")["FunctionUrl"].rstrip("/")
    one, all_users = "/users/ada", "/users"
    asked = {path: send(lab, API, "OPTIONS", path) for path in (one, all_users)}
    allowed = (
        allows_page(asked[one], page, {"GET", "DELETE"}),
        allows_page(asked[all_users], page, {"POST"}, "Content-Type"),
    )
    nobody = f"/users/{random_name()}"
    answers = {verb: send(lab, API, verb, nobody) for verb in ("GET", *(["DELETE"] if "4.3" in lab.solved else []))}
    kept = [verb for verb, reply in answers.items() if not answers_page(reply, page)]
    found = [f"{path}: {allowed_in_words(reply, page)}" for path, reply in asked.items()]
    found += [f"the answer to {in_words(kept)} has no Access-Control-Allow-Origin for the page"] if kept else []
    return Check(all(allowed) and not kept, "; ".join(found) + why_502(*answers.values()))


@exercise(
    "4.5",
    "Answer a health check",
    desired='200 with {"status": "ok"}, from a MOCK integration',
    hints=[
        "/version does the same, with another answer.",
        'PutIntegration of type MOCK: expose("GET", "/health", {"type": "MOCK", ...}), then respond(...), publish().',
    ],
    half="""
health = expose("GET", ___, {"type": ___, "requestTemplates": ok})
respond(health, "200", ___)
publish()
""",
)
def answer_a_health_check(lab: Connection) -> Check:
    """`GET /health` says ok, answered by API Gateway itself, in the deployed stage too."""
    reply, kind = send(lab, API, "GET", "/health"), integration(lab, API, "GET", "/health").get("type")
    found = f"{in_one_line(reply)}, from {f'the integration {kind}' if kind else 'no integration of /health'}"
    if stale := kind == "MOCK" and reply.from_backend:
        found = f"{in_one_line(reply)}, from another integration: MOCK is not deployed yet"
    passed = reply.status == 200 and reply.json == {"status": "ok"} and kind == "MOCK" and not stale
    if kind == "MOCK" and not passed and not stale:
        found += " (is it as it should be, and only not deployed yet?)"
    return Check(passed, found)


@exercise(
    "4.6",
    "Accept no surprises",
    desired="400 by the gateway for a profile with admin, shoeSize or a bad id, without id or name; 201 for a good one",
    hints=[
        "By default a JSON Schema allows every property that it does not name.",
        'UpdateModel with [{"op": "replace", "path": "/schema", ...}]: additionalProperties false; then publish().',
    ],
    half="""
closed = json.dumps({**schema, ___: ___})
gateway.update_model(
    restApiId=api_id,
    modelName="Profile",
    patchOperations=[{"op": "replace", "path": ___, "value": closed}],
)
___
""",
)
def accept_no_surprises(lab: Connection) -> Check:
    """The gateway itself refuses unknown properties and what step 10 refuses, and accepts a good profile."""
    good = {"id": random_name(), "name": "Nobody"}
    bodies = {
        "with admin": {**good, "admin": True},
        "with shoeSize": {**good, "shoeSize": 43},
        "with a bad id": {**good, "id": "X1"},
        "without id": {"name": "Nobody"},
        "without name": {"id": good["id"]},
    }
    try:
        refused = {kind: send(lab, API, "POST", "/users", body) for kind, body in bodies.items()}
        taken = send(lab, API, "POST", "/users", good)
    finally:
        for user in (good["id"], "X1"):
            with suppress(ClientError):  # no table, say: what was found matters more
                lab.client("dynamodb").delete_item(TableName=TABLE, Key={"id": {"S": user}})
    passed = taken.status == 201 and all(one.status == 400 and not one.from_backend for one in refused.values())
    by = {True: " by the function", False: ""}
    alike = requests_by_answer(
        {k: f"{one.status}{by[one.status == 400 and one.from_backend]}" for k, one in refused.items()}
    )
    found = [f"{answer} for a profile {in_words(kinds)}" for answer, kinds in alike.items()]
    later = "" if passed or not _is_closed(lab) else "; the model is closed, but not deployed yet"
    return Check(passed, f"{'; '.join(found)}; {taken.status} for a good one{later}")


def _is_closed(lab: Connection) -> bool:
    """Tell whether the model, deployed or not, refuses properties that it does not name."""
    try:
        model = lab.client("apigateway").get_model(restApiId=api_id(lab, API), modelName="Profile")
    except ClientError:
        return False
    return bool(json.loads(model["schema"]).get("additionalProperties") is False)


@exercise(
    "4.7",
    "Open a third stage",
    desired="a stage beta with the deployment of prod, that greets with Servus",
    hints=[
        "A stage is a name for a deployment, with variables.",
        "CreateStage, with stageName='beta', deploymentId=newest, variables={'greeting': 'Servus'}.",
    ],
    half="gateway.create_stage(restApiId=api_id, stageName=___, deploymentId=___, variables={___: ___})",
)
def open_a_third_stage(lab: Connection) -> Check:
    """The stage `beta` points at what `prod` points at, and its variable reaches the function."""
    gateway, api = lab.client("apigateway"), api_id(lab, API)
    stages = {each["stageName"]: each for each in gateway.get_stages(restApiId=api)["item"]}
    if "beta" not in stages:
        return Check(False, f"the stages {', '.join(sorted(stages))}")
    same = stages["beta"]["deploymentId"] == stages.get("prod", {}).get("deploymentId")
    reply = send(lab, API, "GET", "/hello", stage="beta")
    word = stages["beta"].get("variables", {}).get("greeting")
    found = f"beta with {'the deployment of prod' if same else 'another deployment than prod'}, {in_one_line(reply)}"
    if word == "Servus" and reply.text != "Servus world":
        found += "; the variable greeting is Servus: does HelloWorld read event.stageVariables, as in step 11?"
    elif word != "Servus":
        found += f"; its variable greeting: {word or 'none'}"
    return Check(same and reply.status == 200 and reply.text == "Servus world", found)


@exercise(
    "4.8",
    "Route one path elsewhere",
    desired=f"GET /event of {HTTP_API} answered by ShowEvent, all else by HelloWorld",
    hints=[
        "A route names a verb and a path, and leads to an integration: first the integration, then the route.",
        "CreateIntegration (AWS_PROXY, PayloadFormatVersion 2.0), CreateRoute (Target integrations/ID), AddPermission.",
    ],
    half="""
http_apis, at = lab.client("apigatewayv2"), {"ApiId": http["ApiId"]}
how = {"IntegrationType": ___, "IntegrationUri": ___, "PayloadFormatVersion": "2.0"}
to_show = http_apis.create_integration(**at, **how)
http_apis.create_route(**at, RouteKey=___, Target=f"integrations/{to_show['IntegrationId']}")
allow_gateway(___, f"{http['ApiId']}/*", "lab04-http")
""",
)
def route_one_path_elsewhere(lab: Connection) -> Check:
    """`GET /event` gives back the event with a word made up here, by a route of its own; other paths greet."""
    word = random_name()
    event, other = (http_api.get(lab, HTTP_API, path, {"name": word}) for path in ("/event", "/elsewhere"))
    given = event.json if isinstance(event.json, dict) else {}
    routed = given.get("routeKey") == "GET /event" and given.get("queryStringParameters") == {"name": word}
    passed = event.status == 200 and routed and other.text == f"Hello {word}"
    found = f"{'the event' if routed else in_one_line(event)} for /event, {in_one_line(other)} for /elsewhere"
    return Check(passed, found.replace(word, "(name)"))
