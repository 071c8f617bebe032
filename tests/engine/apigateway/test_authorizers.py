"""Lambda authorizers of REST APIs, TOKEN and REQUEST."""

import json
import uuid

import pytest
from authorization_kit import refused
from rest_api_kit import ECHO

# What it answers depends on the token: "allow", "deny", "raise:Words", or {"answer": …} for exactly that.
AUTHORIZER = """
import json, uuid
def handler(event, context):
    token = event.get("authorizationToken") or event["headers"].get("x-token", "allow")
    kind, _, rest = token.partition(":")
    if kind == "raise":
        raise Exception(rest)
    if token.startswith("{"):
        return json.loads(token)["answer"]
    effect = "Deny" if kind == "deny" else "Allow"
    arn = event["methodArn"] if kind != "all" else event["methodArn"].split("/")[0] + "/*"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": "nothing" if kind == "none" else arn}
    return {
        "principalId": "me",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"call": str(uuid.uuid4()), "n": 5, "half": 0.5, "yes": True, "seen": json.dumps(event)},
        "usageIdentifierKey": rest or None,
    }
"""
POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}],
}


@pytest.fixture(scope="module")
def house(house):
    house.echo, house.authorizer = house.function(ECHO), house.function(AUTHORIZER)
    house.permit(house.echo, "*")
    house.permit(house.authorizer, "authorizers/*")
    return house


def guarded(house, *paths, kind="TOKEN", source="method.request.header.Auth", seconds=0, variables=None, **options):
    """Put an authorizer before GET /path of each path, and deploy if there is one; the authorizer's id."""
    made = house.gateway.create_authorizer(
        restApiId=house.api,
        name=uuid.uuid4().hex,
        type=kind,
        authorizerUri=options.pop("uri", house.authorizer),
        authorizerResultTtlInSeconds=seconds,
        **({"identitySource": source} if source else {}),
        **options,
    )["id"]
    for path in paths:
        house.method(path, house.echo, authorization="CUSTOM", authorizerId=made)
    if paths:
        house.deploy(**({"variables": variables} if variables else {}))
    return made


@pytest.fixture(scope="module")
def token(house):
    """The path of a method with a TOKEN authorizer that keeps nothing."""
    guarded(house, "token")
    return "/token"


# API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer" and "Configure an API Gateway Lambda
# authorizer" (2026-11); the words of the 403s: public reports of 2025.
ANSWERS = {
    "no token": (None, 401, {"message": "Unauthorized"}),
    "an empty token": ("", 401, {"message": "Unauthorized"}),
    "Unauthorized": ("raise:Unauthorized", 401, {"message": "Unauthorized"}),
    "another exception": ("raise:Unauthorized, go away", 500, {"message": None}),
    "an explicit deny": (
        "deny",
        403,
        {"Message": "User is not authorized to access this resource with an explicit deny in an identity-based policy"},
    ),
    "a policy about something else": (
        "none",
        403,
        {
            "Message": "User is not authorized to access this resource because no identity-based policy allows the "
            "execute-api:Invoke action"
        },
    ),
}


@pytest.mark.parametrize(("said", "status", "body"), ANSWERS.values(), ids=list(ANSWERS))
def test_whoever_is_not_let_in_gets_awss_answer(house, token, said, status, body):
    given = {} if said is None else {"Auth": said}
    assert house.ask(token, **given)[::2] == (status, body)


# aws/chalice#1636, dherault/serverless-offline#1376: a context that is no map of scalars is a 500.
MALFORMED = {
    "nothing": None,
    "text": "Allow",
    "no principal": {"policyDocument": POLICY},
    "no policy": {"principalId": "me"},
    "a policy in text": {"principalId": "me", "policyDocument": json.dumps(POLICY)},
    "a policy without statements": {"principalId": "me", "policyDocument": {"Version": "2012-10-17"}},
    "a list in the context": {"principalId": "me", "policyDocument": POLICY, "context": {"a": ["b"]}},
    "an object in the context": {"principalId": "me", "policyDocument": POLICY, "context": {"a": {"b": "c"}}},
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=list(MALFORMED))
def test_an_answer_that_is_none_is_an_error_of_the_authorizers_configuration(house, token, answer):
    status, headers, body = house.ask(token, Auth=json.dumps({"answer": answer}))
    assert (status, headers["x-amzn-ErrorType"], body) == (500, "AuthorizerConfigurationException", {"message": None})


def test_the_event_has_the_principal_and_the_context_as_text(house, token):
    _, _, event = house.ask(token, Auth="allow")
    found = event["requestContext"]["authorizer"]
    assert (found["principalId"], found["n"], found["half"], found["yes"]) == ("me", "5", "0.5", "true")
    assert isinstance(found["integrationLatency"], int)
    asked = json.loads(found["seen"])
    arn = f"arn:aws:execute-api:us-east-1:000000000000:{house.api}/live/GET/token"
    assert asked == {"type": "TOKEN", "methodArn": arn, "authorizationToken": "allow"}


def test_a_token_that_does_not_fit_the_expression_does_not_reach_the_function(house):
    guarded(house, "fits", identityValidationExpression="^(all|raise).*")
    assert house.ask("/fits", Auth="allow")[0] == 200
    assert house.ask("/fits", Auth="none")[0] == 401


def test_a_request_authorizer_sees_the_request_and_needs_all_its_sources(house):
    sources = "method.request.header.X-Token, method.request.querystring.q, stageVariables.v, context.httpMethod"
    guarded(house, "request", kind="REQUEST", source=sources, variables={"v": "1"})
    assert house.ask("/request?q=1")[0] == 401
    assert house.ask("/request", X_Token="allow")[0] == 401
    status, _, event = house.ask("/request?q=1&q=2", X_Token="allow")
    asked = json.loads(event["requestContext"]["authorizer"]["seen"])
    assert status == 200 and asked["type"] == "REQUEST"
    assert (asked["resource"], asked["path"], asked["httpMethod"]) == ("/request", "/request", "GET")
    assert asked["multiValueQueryStringParameters"] == {"q": ["1", "2"]} and asked["queryStringParameters"] == {
        "q": "2"
    }
    assert asked["stageVariables"] == {"v": "1"} and asked["pathParameters"] == {}
    assert asked["requestContext"]["resourcePath"] == "/request"


def test_a_request_authorizer_without_sources_is_asked_every_time(house):
    guarded(house, "sourceless", kind="REQUEST", source=None)
    assert calls(house, "/sourceless", {}, {}) == 2


def calls(house, path, *headers):
    """How often the function was called for these requests, all of them let in."""
    answers = [house.ask(path, **given) for given in headers]
    assert [status for status, _, _ in answers] == [200] * len(headers)
    return len({event["requestContext"]["authorizer"]["call"] for _, _, event in answers})


def test_an_answer_is_kept_for_its_token_and_covers_other_methods(house):
    made = guarded(house, "kept", "other", seconds=300)
    assert calls(house, "/kept", {"Auth": "all"}, {"Auth": "all"}, {"Auth": "all:2"}) == 2
    # A policy for one method, kept, denies the other: the trap of the guide's "Configure a Lambda authorizer".
    assert house.ask("/kept", Auth="allow")[0] == 200
    assert house.ask("/other", Auth="allow")[0] == 403
    house.gateway.flush_stage_authorizers_cache(restApiId=house.api, stageName="live")
    assert house.ask("/other", Auth="allow")[0] == 200
    assert house.ask("/other", Auth="all")[0] == 200
    assert house.gateway.get_authorizer(restApiId=house.api, authorizerId=made)["authorizerResultTtlInSeconds"] == 300


def test_an_authorizers_function_must_let_api_gateway_in(house):
    guarded(house, "closed", uri=house.function(AUTHORIZER))
    assert house.ask("/closed", Auth="allow")[::2] == (500, {"message": None})


def test_an_authorizer_names_the_api_key_of_the_usage_plan(house):
    gateway = house.gateway
    change = [{"op": "replace", "path": "/apiKeySource", "value": "AUTHORIZER"}]
    gateway.update_rest_api(restApiId=house.api, patchOperations=change)
    where = {"restApiId": house.api, "authorizerId": guarded(house)}
    house.method("metered", house.echo, authorization="CUSTOM", authorizerId=where["authorizerId"], apiKeyRequired=True)
    house.deploy()
    value = uuid.uuid4().hex
    key = gateway.create_api_key(name="k", value=value, enabled=True)["id"]
    plan = gateway.create_usage_plan(name="p", apiStages=[{"apiId": house.api, "stage": "live"}])["id"]
    gateway.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
    try:
        assert house.ask("/metered", Auth="allow")[0] == 403
        status, _, event = house.ask("/metered", Auth=f"allow:{value}")
        assert status == 200 and event["requestContext"]["identity"]["apiKeyId"] == key
    finally:
        gateway.delete_usage_plan_key(usagePlanId=plan, keyId=key)
        stage = {"op": "remove", "path": "/apiStages", "value": f"{house.api}:live"}
        gateway.update_usage_plan(usagePlanId=plan, patchOperations=[stage])
        gateway.delete_usage_plan(usagePlanId=plan)
        gateway.delete_api_key(apiKey=key)


def test_a_test_of_an_authorizer_calls_it_and_returns_its_policy(house):
    where = {"restApiId": house.api, "authorizerId": guarded(house)}
    tested = house.gateway.test_invoke_authorizer(**where, headers={"Auth": "deny"})
    assert (tested["clientStatus"], tested["principalId"]) == (0, "me")
    assert json.loads(tested["policy"])["Statement"][0]["Effect"] == "Deny"
    assert "ESTestInvoke-stage/GET/" in tested["policy"]
    assert house.gateway.test_invoke_authorizer(**where)["clientStatus"] == 401
    failed = house.gateway.test_invoke_authorizer(**where, headers={"Auth": "raise:no"})
    assert failed["clientStatus"] == 500
    assert "Execution failed due to configuration error: Authorizer error\n" in failed["log"]


def test_an_authorizer_of_cognito_is_refused(house):
    pool = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a"
    with refused("BadRequestException", "Amazon Cognito"):
        house.gateway.create_authorizer(
            restApiId=house.api, name="c", type="COGNITO_USER_POOLS", providerARNs=[pool], identitySource="x"
        )
