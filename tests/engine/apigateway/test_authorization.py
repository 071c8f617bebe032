"""Who may call a method: AWS_IAM, and the resource policy of the API."""

import json

import kit
import pytest
from authorization_kit import Actors, allow, refused, unique
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from rest_api_kit import ECHO, House, get

INVOKE = "execute-api:Invoke"


@pytest.fixture(scope="module")
def actors(engine, client):
    made = Actors(engine, client)
    yield made
    made.clean_up()


@pytest.fixture(scope="module")
def house(house):
    echo = house.function(ECHO)
    house.permit(echo, "*")
    house.method("signed", echo, authorization="AWS_IAM")
    house.method("open", echo)
    house.deploy()
    return house


def signed(house, key, secret, token=None, path="/signed", service="execute-api", region="us-east-1"):
    url = f"{house.engine.endpoint}/_aws/execute-api/{house.api}/live{path}"
    request = AWSRequest("GET", url)
    SigV4Auth(Credentials(key, secret, token), service, region).add_auth(request)
    return house.ask(path, **dict(request.headers.items()))


def by_user(house, user, **options):
    return signed(house, user.key["AccessKeyId"], user.key["SecretAccessKey"], **options)


def test_an_unsigned_request_to_a_method_with_iam_misses_an_authentication_token(house):
    status, headers, body = house.ask("/signed")
    assert (status, body) == (403, {"message": "Missing Authentication Token"})
    assert headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"


def test_the_account_itself_may_call_and_the_event_says_who_called(house):
    status, _, event = signed(house, "test", kit.secret(house.engine))
    identity = event["requestContext"]["identity"]
    assert status == 200
    assert identity["userArn"] == "arn:aws:iam::000000000000:root"
    assert (identity["accountId"], identity["caller"], identity["user"]) == ("000000000000",) * 3


def test_an_integration_may_be_called_as_the_caller_who_needs_that_permission_too(engine, client, actors):
    made = House(engine, client)
    try:
        own = {"credentials": "arn:aws:iam::*:user/*"}  # what SAM writes for AWS_IAM
        echo = made.function(ECHO)  # which lets nobody in
        made.method("signed", echo, authorization="AWS_IAM", integration=own)
        made.method("open", echo, integration=own)
        made.deploy()
        user = actors.user(allow(INVOKE))
        assert made.ask("/open")[0] == by_user(made, user)[0] == 500
        user.put(allow("lambda:InvokeFunction"), name="second")
        assert by_user(made, user)[0] == 200
    finally:
        made.clean_up()


def test_a_user_without_permission_is_told_which_action_on_which_resource_is_missing(house, actors):
    user = actors.user()
    status, headers, body = by_user(house, user)
    resource = f"arn:aws:execute-api:us-east-1:********0000:{house.api}/live/GET/signed"
    assert status == 403 and headers["x-amzn-ErrorType"] == "AccessDeniedException"
    # The words, with the masked account: public reports of 2025 and 2026 ("********4690", "because no … allows").
    assert body == {
        "Message": f"User: {user.arn} is not authorized to perform: {INVOKE} on resource: {resource} "
        f"because no identity-based policy allows the {INVOKE} action"
    }


def test_a_policy_allows_a_user_one_method_and_not_the_others(house, actors):
    api = f"arn:aws:execute-api:us-east-1:000000000000:{house.api}"
    user = actors.user(allow(INVOKE, f"{api}/live/GET/signed"))
    status, _, event = by_user(house, user)
    identity = event["requestContext"]["identity"]
    assert status == 200
    assert (identity["accessKey"], identity["userArn"]) == (user.key["AccessKeyId"], user.arn)
    unique = actors.iam.get_user(UserName=user.name)["User"]["UserId"]
    assert (identity["caller"], identity["user"]) == (unique, unique)
    user.put(allow(INVOKE, f"{api}/live/POST/signed"))
    assert by_user(house, user)[0] == 403


def test_a_role_session_is_named_with_its_session(house, actors):
    keys = actors.role(allow(INVOKE)).session("me").keys
    status, _, event = signed(house, keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    identity = event["requestContext"]["identity"]
    assert status == 200
    assert identity["userArn"].endswith("/me") and identity["caller"].endswith(":me")
    assert identity["caller"].startswith("AROA")


WRONG = {
    "another secret": ({"secret": "no"}, "InvalidSignatureException", "does not match the signature you provided"),
    "another service": ({"service": "lambda"}, "InvalidSignatureException", "correct service: 'execute-api'"),
    "another region": ({"region": "eu-west-1"}, "InvalidSignatureException", "scoped to a valid region"),
    "nobody's key": ({"key": "AKIAIOSFODNN7EXAMPLE"}, "UnrecognizedClientException", "security token included"),
}


@pytest.mark.parametrize(("options", "kind", "words"), WRONG.values(), ids=list(WRONG))
def test_a_signature_that_proves_nothing_is_refused(house, actors, options, kind, words):
    user = actors.user(allow(INVOKE))
    options = {"key": user.key["AccessKeyId"], "secret": user.key["SecretAccessKey"], **options}
    status, headers, body = signed(house, **options)
    assert (status, headers["x-amzn-ErrorType"]) == (403, kind)
    assert words in body["message"]


def test_a_header_that_is_no_signature_is_refused(house):
    assert house.ask("/signed", Authorization="Bearer me")[0] == 403


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def statement(effect, resource="execute-api:/*", principal="*", **more):
    return {"Effect": effect, "Principal": principal, "Action": INVOKE, "Resource": resource, **more}


EVERY = statement("Allow")
HERE = {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}
# API Gateway Developer Guide, "How API Gateway resource policies affect authorization workflow" (2026-11):
# (statements, status of the open method, status of the signed one for a user who may, for one who may not)
POLICIES = {
    "allows everybody": ([EVERY], 200, 200, 200),
    "allows one path": ([statement("Allow", "execute-api:/live/GET/open")], 200, 200, 403),
    "allows another stage": ([statement("Allow", "execute-api:/prod/*")], 403, 200, 403),
    "denies an address": ([EVERY, statement("Deny", Condition=HERE)], 403, 403, 403),
    "allows an address": ([statement("Allow", Condition=HERE)], 200, 200, 200),
    "allows users of the account": (
        [statement("Allow", principal={"AWS": "arn:aws:iam::000000000000:root"})],
        403,
        200,
        403,
    ),
}


@pytest.mark.parametrize(("statements", "free", "permitted", "unpermitted"), POLICIES.values(), ids=list(POLICIES))
def test_a_resource_policy_decides(house, actors, statements, free, permitted, unpermitted):
    may, may_not = actors.user(allow(INVOKE)), actors.user()
    change = [{"op": "replace", "path": "/policy", "value": policy(*statements)}]
    house.gateway.update_rest_api(restApiId=house.api, patchOperations=change)
    try:
        before = house.ask("/open")[0]
        house.deploy()
        assert before == 200, "a policy counts from the next deployment on"
        found = house.ask("/open")[0], by_user(house, may)[0], by_user(house, may_not)[0]
        assert found == (free, permitted, unpermitted)
    finally:
        reset = [{"op": "replace", "path": "/policy", "value": policy(EVERY)}]
        house.gateway.update_rest_api(restApiId=house.api, patchOperations=reset)
        house.deploy()


def test_a_resource_policys_refusal_says_that_nobody_called(engine, client):
    denied = policy(statement("Deny"))
    made = House(engine, client, policy=denied)
    try:
        made.method("open", "", integration={"type": "MOCK", "uri": ""})
        made.deploy()
        status, _, body = made.ask("/open")
        resource = f"arn:aws:execute-api:us-east-1:********0000:{made.api}/live/GET/open"
        assert status == 403
        assert body == {
            "Message": f"User: anonymous is not authorized to perform: {INVOKE} on resource: {resource} "
            "with an explicit deny in a resource-based policy"
        }
    finally:
        made.clean_up()


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", policy({"Effect": "Allow", "Action": INVOKE, "Resource": "*"}), policy(EVERY)[:-1]]
)
def test_a_malformed_resource_policy_is_refused(house, text):
    with refused("BadRequestException", "Invalid policy document."):
        house.gateway.create_rest_api(name="refused", policy=text)
    with refused("BadRequestException", "Invalid policy document."):
        change = [{"op": "replace", "path": "/policy", "value": text}]
        house.gateway.update_rest_api(restApiId=house.api, patchOperations=change)


@pytest.mark.parametrize(
    "named", [{"X-Amz-Credential": "test/20261129/us-east-1/sqs/aws4_request"}, {"AWSAccessKeyId": "test"}]
)
def test_an_integration_with_a_service_that_is_not_there_calls_nothing_in_the_name_of_the_account(
    house, actors, client, named
):
    queue = client("sqs").create_queue(QueueName=unique())["QueueUrl"]
    gateway = actors.user(allow("apigateway:*")).client("apigateway")
    api = gateway.create_rest_api(name="engine-test")["id"]
    try:
        where = {"restApiId": api, "resourceId": gateway.get_resources(restApiId=api)["items"][0]["id"]}
        gateway.put_method(**where, httpMethod="GET", authorizationType="NONE")
        query = {**named, "Action": "DeleteQueue", "QueueUrl": queue}
        gateway.put_integration(
            **where,
            httpMethod="GET",
            type="AWS",
            integrationHttpMethod="GET",
            uri="arn:aws:apigateway:us-east-1:nobody.sqs:path/",
            requestParameters={f"integration.request.querystring.{name}": f"'{text}'" for name, text in query.items()},
        )
        gateway.put_method_response(**where, httpMethod="GET", statusCode="200")
        gateway.put_integration_response(**where, httpMethod="GET", statusCode="200")
        gateway.create_deployment(restApiId=api, stageName="live")
        assert get(house.engine, api, "/live/") == (500, {"message": "Internal server error"})
    finally:
        client("apigateway").delete_rest_api(restApiId=api)
    client("sqs").delete_queue(QueueUrl=queue)  # it is still there
