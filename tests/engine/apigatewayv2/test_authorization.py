"""Who may call a route of an HTTP API: JWT authorizers, Lambda authorizers, IAM; and pages of other origins (CORS).

Sources: API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers", "… with AWS Lambda
authorizers", "… with IAM authorization", "Troubleshooting issues with HTTP API JWT authorizers", "Configure CORS for
HTTP APIs" (2026-11).
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from authorization_kit import allow
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from http_api_kit import arn_of, ask, public_key, token

UNAUTHORIZED, FORBIDDEN = b'{"message":"Unauthorized"}', b'{"message":"Forbidden"}'


class IssuerHandler(BaseHTTPRequestHandler):
    """An issuer's two documents."""

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        found = {"/.well-known/openid-configuration": {"issuer": here, "jwks_uri": f"{here}/keys"}}
        body = json.dumps(found.get(self.path, {"keys": [public_key()]})).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def issuer():
    server = HTTPServer(("127.0.0.1", 0), IssuerHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def guarded(make_api, v2, integrate, issuer):
    """The address of an API with GET /jwt, and GET /scoped for the scopes read and write."""
    api = make_api()
    where, target = {"ApiId": api["ApiId"]}, integrate(api["ApiId"])
    authorizer = v2.create_authorizer(
        **where,
        Name="jwt",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Issuer": issuer, "Audience": ["app", "other"]},
    )["AuthorizerId"]
    kind = {"AuthorizationType": "JWT", "AuthorizerId": authorizer, "Target": target}
    v2.create_route(**where, RouteKey="GET /jwt", **kind)
    v2.create_route(**where, RouteKey="GET /scoped", AuthorizationScopes=["read", "write"], **kind)
    v2.create_stage(**where, StageName="$default", AutoDeploy=True)
    return api["ApiEndpoint"]


def claims(issuer, **changes):
    now = int(time.time())
    made = {"iss": issuer, "aud": "app", "exp": now + 300, "iat": now - 5, "nbf": now - 5, **changes}
    return {name: value for name, value in made.items() if value is not None}


JWT = [  # path, header of the token, changes of its claims; status, part of www-authenticate
    ("jwt", {}, {}, 200, ""),
    ("jwt", {}, {"aud": ["x", "other"]}, 200, ""),
    ("jwt", {}, {"aud": None, "client_id": "app"}, 200, ""),
    ("jwt", {}, {"aud": "x", "client_id": "app"}, 401, 'error_description="the token does not have a valid audience"'),
    ("jwt", {}, {"iss": "https://x"}, 401, "invalid_token"),
    ("jwt", {}, {"exp": 1}, 401, "expired"),
    ("jwt", {}, {"exp": None}, 401, "invalid_token"),
    ("jwt", {}, {"nbf": 2**40}, 401, "invalid_token"),
    ("jwt", {"alg": "none"}, {}, 401, "invalid_token"),
    ("jwt", {"alg": "HS256"}, {}, 401, "invalid_token"),
    ("jwt", {"kid": "unknown"}, {}, 401, "invalid_token"),
    ("scoped", {}, {"scope": "write more"}, 200, ""),
    ("scoped", {}, {"scp": ["read"]}, 200, ""),
    ("scoped", {}, {"scope": "more"}, 403, 'Bearer scope="read write" error="insufficient_scope"'),
    ("scoped", {}, {}, 403, "insufficient_scope"),
    ("scoped", {}, {"aud": "x"}, 401, 'Bearer scope="read write" error="invalid_token"'),
]


@pytest.mark.parametrize(("path", "header", "changes", "status", "challenge"), JWT)
def test_a_token_is_good_for_its_issuer_audience_time_and_scopes(
    guarded, issuer, path, header, changes, status, challenge
):
    answer = ask(f"{guarded}/{path}", Authorization=f"Bearer {token(header, **claims(issuer, **changes))}")
    said = answer.header("www-authenticate")
    assert (answer.status, challenge in said, bool(said)) == (status, True, status != 200), said
    if status != 200:
        assert answer.body == (UNAUTHORIZED if status == 401 else FORBIDDEN)


def test_without_a_token_the_challenge_is_bearer_and_a_forged_signature_is_no_token(guarded, issuer):
    missing = ask(f"{guarded}/jwt")
    assert (missing.status, missing.header("www-authenticate"), missing.body) == (401, "Bearer", UNAUTHORIZED)
    text, _, signature = token(**claims(issuer)).rpartition(".")
    assert ask(f"{guarded}/jwt", Authorization=f"{text}.{'A' * len(signature)}").status == 401
    assert ask(f"{guarded}/jwt", Authorization="Bearer nothing").status == 401


def test_the_claims_are_in_the_event_as_text(guarded, issuer):
    given = claims(issuer, scope="read more", roles=["a", "b"], admin=True)
    event = ask(f"{guarded}/jwt", Authorization=token(**given)).json
    authorizer = event["requestContext"]["authorizer"]["jwt"]
    assert authorizer["scopes"] == ["read", "more"]
    assert (authorizer["claims"]["roles"], authorizer["claims"]["admin"]) == ("[a b]", "true")
    assert authorizer["claims"]["exp"] == str(given["exp"])


# The authorizer's function counts how often it was asked, and returns what the header x-say says.
ASKED = """
import json
asked = 0
def handler(event, context):
    global asked
    asked += 1
    text = json.dumps(event)
    said = json.loads({k.lower(): v for k, v in event["headers"].items()}["x-say"])
    if isinstance(said, dict) and "context" in said:
        said["context"] = {**said["context"], "asked": asked, "event": text}
    return said
"""


def policy(effect, resource="*"):
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}, "context": {}}


LAMBDA = [  # whether it answers simply, what it returns, status of GET /f/1
    (True, {"isAuthorized": True, "context": {"who": "me"}}, 200),
    (True, {"isAuthorized": False}, 403),
    (True, {"isAuthorized": "yes"}, 500),
    (True, "yes", 500),
    (False, policy("Allow"), 200),
    (False, policy("Allow", "arn:aws:execute-api:us-east-1:*:*/$default/GET/f/*"), 200),
    (False, policy("Allow", "arn:aws:execute-api:us-east-1:*:*/$default/POST/*"), 403),
    (False, policy("Deny"), 403),
    (False, {"isAuthorized": True}, 500),
]


@pytest.fixture(scope="module")
def asked(deploy):
    return deploy(ASKED)


@pytest.fixture(scope="module")
def functions(make_api, v2, integrate, asked):
    """Addresses of APIs whose authorizer answers simply (True) or with a policy (False)."""
    found = {}
    for simple, version in ((True, "2.0"), (False, "1.0")):
        api = make_api()
        authorizer = v2.create_authorizer(
            ApiId=api["ApiId"],
            Name="f",
            AuthorizerType="REQUEST",
            AuthorizerUri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn_of(asked)}/invocations",
            AuthorizerPayloadFormatVersion=version,
            IdentitySource=["$request.header.x-key", "$request.querystring.q"],
            AuthorizerResultTtlInSeconds=300,
            **({"EnableSimpleResponses": True} if simple else {}),
        )["AuthorizerId"]
        kind = {"AuthorizationType": "CUSTOM", "AuthorizerId": authorizer}
        v2.create_route(ApiId=api["ApiId"], RouteKey="GET /f/{id}", Target=integrate(api["ApiId"]), **kind)
        v2.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
        found[simple] = api["ApiEndpoint"]
    return found


@pytest.mark.parametrize(("simple", "said", "status"), LAMBDA)
def test_a_function_says_who_may_call(functions, simple, said, status):
    key = json.dumps([simple, said])
    answer = ask(f"{functions[simple]}/f/1?q=1", x_key=str(hash(key)), x_say=json.dumps(said))
    assert answer.status == status
    if status == 403:
        assert answer.body == FORBIDDEN


def test_without_an_identity_source_nobody_is_asked_and_an_answer_is_kept(functions):
    url, yes = f"{functions[True]}/f/1", json.dumps({"isAuthorized": True, "context": {"who": "me"}})
    missing = ask(f"{url}?q=1", x_say=yes)
    assert (missing.status, missing.body) == (401, UNAUTHORIZED)
    first, second, other = (
        ask(f"{url}?q=2", x_key=key, x_say=yes).json["requestContext"]["authorizer"]["lambda"] for key in "aab"
    )
    assert first["who"] == "me" and first["asked"] == second["asked"] == other["asked"] - 1
    event = json.loads(first["event"])
    assert (event["version"], event["type"], event["routeKey"]) == ("2.0", "REQUEST", "GET /f/{id}")
    assert (event["identitySource"], event["pathParameters"]) == (["a", "2"], {"id": "1"})
    assert event["routeArn"].endswith("/$default/GET/f/1") and "body" not in event


def test_iam_lets_in_who_may_invoke_the_route(make_api, v2, integrate, actors):
    api = make_api()
    kind = {"Target": integrate(api["ApiId"]), "AuthorizationType": "AWS_IAM"}
    v2.create_route(ApiId=api["ApiId"], RouteKey="GET /iam/{x}", **kind)
    v2.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
    url, user = f"{api['ApiEndpoint']}/iam/1", actors.user()

    def signed(secret=user.key["SecretAccessKey"]):
        request = AWSRequest("GET", url)
        SigV4Auth(Credentials(user.key["AccessKeyId"], secret), "execute-api", "us-east-1").add_auth(request)
        return ask(url, **dict(request.headers))

    assert ask(url).body == signed().body == FORBIDDEN
    user.put(allow("execute-api:Invoke", f"arn:aws:execute-api:us-east-1:*:{api['ApiId']}/$default/GET/iam/*"))
    assert signed().json["requestContext"]["authorizer"]["iam"]["userArn"] == user.arn
    assert signed("wrong").status == 403


OWN = {"statusCode": 200, "headers": {"access-control-allow-origin": "https://wrong.example"}}
CORS = [  # the API's origins, the page's, what it is told
    (["https://a.example"], "https://a.example", "https://a.example"),
    (["https://a.example"], "https://b.example", ""),
    (["*"], "https://b.example", "*"),
    (["https://*"], "https://b.example", "https://b.example"),
    (["https://*"], "http://b.example", ""),
    (["https://a.example"], None, ""),
]


@pytest.fixture(scope="module")
def shared(make_api, echo):
    return make_api(Target=arn_of(echo), RouteKey="GET /c")


@pytest.mark.parametrize(("origins", "origin", "told"), CORS)
def test_the_api_answers_pages_of_other_origins(shared, v2, origins, origin, told):
    cors = {"AllowOrigins": origins, "AllowMethods": ["GET", "PUT"], "AllowHeaders": ["x-a"], "ExposeHeaders": ["x-b"]}
    v2.update_api(ApiId=shared["ApiId"], CorsConfiguration={**cors, "MaxAge": 5})
    url, page = f"{shared['ApiEndpoint']}/c", {"Origin": origin} if origin else {}
    preflight = ask(url, "OPTIONS", Access_Control_Request_Method="PUT", **page)
    assert preflight.status == (204 if origin else 404)
    says = [preflight.header(f"access-control-{name}") for name in ("allow-origin", "allow-methods", "max-age")]
    assert says == ([told, "GET,PUT", "5"] if told else ["", "", ""])
    # "API Gateway ignores CORS headers returned from your backend integration."
    answer = ask(url, x_return=json.dumps(OWN), **page)
    assert answer.header("access-control-allow-origin") == told
    assert answer.header("access-control-expose-headers") == ("x-b" if told else "")


def test_without_a_configuration_what_the_function_says_of_origins_stays(shared, v2):
    v2.delete_cors_configuration(ApiId=shared["ApiId"])
    answer = ask(f"{shared['ApiEndpoint']}/c", x_return=json.dumps(OWN), Origin="https://a.example")
    assert answer.header("access-control-allow-origin") == "https://wrong.example"
