"""Lab 04, API Gateway: exercises of the appendix. Checks send requests and read the API."""

import json
from contextlib import suppress

from botocore.exceptions import ClientError

from helpers.backend.session import Connection
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import http_api
from helpers.exercises.evidence.answers import random_name
from helpers.exercises.evidence.rest_api import api_id, in_one_line, in_words, requests_by_answer, send

API, HTTP_API, TABLE = "lab04-hello", "lab04-http", "lab04-user-profiles"


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
