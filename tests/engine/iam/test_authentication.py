"""Signatures: who does not know the secret gets in nowhere, and is told so in AWS's words."""

import base64
import json
import subprocess
import time
import urllib.request
from datetime import timedelta
from urllib.error import HTTPError

import botocore.auth
import kit
import pytest
from authorization_kit import ACCOUNT, SESSION, allow, refused, unique
from botocore.auth import S3SigV4Auth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from helpers.state.home import ROOT

MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
CALLS = {
    "iam": "list_roles",
    "sts": "get_caller_identity",
    "sqs": "list_queues",
    "sns": "list_topics",
    "cloudformation": "list_stacks",
    "lambda": "list_functions",
    "apigateway": "get_rest_apis",
    "dynamodb": "list_tables",
    "logs": "describe_log_groups",
    "events": "list_rules",
    "stepfunctions": "list_state_machines",
    "s3": "list_buckets",
}
QUERY = {"iam", "sts", "sqs", "sns", "cloudformation"}


@pytest.fixture(scope="module")
def bucket(client):
    name = unique("bucket")
    client("s3").create_bucket(Bucket=name)
    client("s3").put_object(Bucket=name, Key="key", Body=b"kept")
    yield name
    client("s3").delete_objects(
        Bucket=name,
        Delete={"Objects": [{"Key": o["Key"]} for o in client("s3").list_objects_v2(Bucket=name)["Contents"]]},
    )
    client("s3").delete_bucket(Bucket=name)


@pytest.fixture
def clock(monkeypatch):
    """`clock(minutes)`: botocore signs as if it were that much later."""
    now = botocore.auth.get_current_datetime

    def shift(**by):
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *a, **k: now(*a, **k) + timedelta(**by))

    return shift


def s3_client(engine, key="test", secret=None, token=None, **config):
    """`signature_version="s3"` makes URLs and forms of version 2, "s3v4" of version 4."""
    return SESSION.client(
        "s3",
        endpoint_url=engine.endpoint,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret or kit.secret(engine, key),
        aws_session_token=token,
        config=Config(s3={"addressing_style": "path"}, **config),
    )


def ask(request: AWSRequest):
    """Status and body of the answer to a request that botocore has signed."""
    sent = urllib.request.Request(request.url, request.data or None, dict(request.headers), method=request.method)
    try:
        with urllib.request.urlopen(sent, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("service", CALLS)
def test_the_wrong_secret_is_refused(actors, service):
    code = "SignatureDoesNotMatch" if service in QUERY or service == "s3" else "InvalidSignatureException"
    words = "Check your key and signing method." if service == "s3" else MISMATCH
    for secret in ("test", kit.secret(actors.engine, "111122223333"), kit.owner_secret(actors.engine)):
        with refused(code, words):
            getattr(actors.client(service, secret=secret), CALLS[service])()
    getattr(actors.client(service), CALLS[service])()


@pytest.mark.parametrize("service", CALLS)
def test_a_key_that_nobody_has_is_refused(actors, service):
    code = {"s3": "InvalidAccessKeyId"}.get(service) or (
        "InvalidClientTokenId" if service in QUERY else "UnrecognizedClientException"
    )
    with refused(code):
        getattr(actors.client(service, "AKIAIOSFODNN7EXAMPLE", "x"), CALLS[service])()


@pytest.mark.parametrize("service", [name for name in CALLS if name != "s3"])
def test_an_old_request_is_refused_and_one_of_the_future_too(actors, clock, service):
    minutes = 15 if service == "sts" else 5
    code = "SignatureDoesNotMatch" if service in QUERY else "InvalidSignatureException"
    call = getattr(actors.client(service), CALLS[service])
    clock(minutes=-minutes, seconds=-30)
    with refused(code, "Signature expired: ") as caught:
        call()
    assert f"Z - {minutes} min.)" in caught["error"]["Message"]
    assert " is now earlier than " in caught["error"]["Message"]
    clock(minutes=minutes, seconds=30)
    with refused(code, "Signature not yet current: ") as caught:
        call()
    assert f"Z + {minutes} min.)" in caught["error"]["Message"]
    clock(minutes=minutes - 1)
    call()


def test_s3_speaks_of_skew(actors, clock):
    for minutes in (-16, 16):
        clock(minutes=minutes)
        with refused("RequestTimeTooSkewed", "The difference between the request time and the current time is too"):
            actors.client("s3").list_buckets()


def test_each_account_has_a_secret_of_its_own(actors):
    other = actors.client("sts", "111122223333")
    assert other.get_caller_identity()["Account"] == "111122223333"
    with refused("SignatureDoesNotMatch"):
        actors.client("sts", "111122223333", kit.secret(actors.engine, "444455556666")).get_caller_identity()
    with refused("SignatureDoesNotMatch"):
        actors.client("sts", ACCOUNT, kit.secret(actors.engine, "test")).get_caller_identity()


def test_a_user_signs_with_the_secret_it_was_given(actors):
    user = actors.user(allow("sqs:ListQueues"))
    user.client("sqs").list_queues()
    with refused("SignatureDoesNotMatch"):
        actors.client("sqs", user.key["AccessKeyId"], "x").list_queues()
    actors.iam.update_access_key(UserName=user.name, AccessKeyId=user.key["AccessKeyId"], Status="Inactive")
    with refused("InvalidClientTokenId"):
        user.client("sqs").list_queues()


def test_a_session_needs_its_token(actors):
    keys = actors.role(allow("sqs:ListQueues")).session().keys
    pair = (keys["AccessKeyId"], keys["SecretAccessKey"])
    actors.client("sqs", *pair, keys["SessionToken"]).list_queues()
    for token in (None, keys["SessionToken"][:-1]):
        with refused("InvalidClientTokenId"):
            actors.client("sqs", *pair, token).list_queues()
    with refused("InvalidToken"):
        actors.client("s3", *pair, "x").list_buckets()


EXPIRED = """
from datetime import datetime, timedelta
from types import SimpleNamespace as Some
from localstack.aws.api import CommonServiceException
from helpers.engine.iam import access_keys, authentication

for minutes in (1, -1):
    known = access_keys.AccessKey("secret", "token", datetime.utcnow() + timedelta(minutes=minutes))
    for service in ("sqs", "dynamodb", "s3"):
        try:
            authentication._check_token(Some(service=Some(service_name=service)), known, "token")
            print(service, "accepted")
        except CommonServiceException as error:
            print(service, error.code)
"""


def test_a_session_is_over_when_it_says_so():
    """In the engine's environment and not through an engine: the shortest session takes 15 minutes."""
    command = [str(ROOT / ".engine/bin/python"), "-W", "ignore", "-c", EXPIRED]
    said = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    accepted = ["sqs accepted", "dynamodb accepted", "s3 accepted"]
    refusals = ["sqs ExpiredToken", "dynamodb ExpiredTokenException", "s3 ExpiredToken"]
    assert said.stdout.splitlines() == accepted + refusals, said.stderr


def test_a_request_that_was_changed_on_its_way_is_refused(actors, engine):
    keys = Credentials("test", kit.secret(engine))
    url = engine.endpoint + "/"
    body = b"Action=GetCallerIdentity&Version=2011-06-15"
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    def signed():
        request = AWSRequest("POST", url, data=body, headers=form)
        SigV4Auth(keys, "sts", "us-east-1").add_auth(request)
        return request

    assert ask(signed())[0] == 200
    for change in (
        lambda request: setattr(request, "data", body + b"&a=b"),
        lambda request: setattr(request, "url", url + "?a=b"),
        lambda request: request.headers.replace_header("X-Amz-Date", "20200101T000000Z"),
    ):
        request = signed()
        change(request)
        status, answer = ask(request)
        assert (status, "SignatureDoesNotMatch" in answer) == (403, True), answer


def test_the_body_is_verified_as_it_was_sent_also_if_it_was_compressed(actors, engine):
    import gzip

    keys = Credentials("test", kit.secret(engine))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"}
    body = gzip.compress(b"Action=GetCallerIdentity&Version=2011-06-15")
    request = AWSRequest("POST", engine.endpoint + "/", data=body, headers=headers)
    SigV4Auth(keys, "sts", "us-east-1").add_auth(request)
    status, answer = ask(request)
    assert (status, "GetCallerIdentityResult" in answer) == (200, True), answer


def test_s3_holds_a_client_to_the_hash_that_it_signed(actors, client, bucket):
    class Lies(S3SigV4Auth):
        def payload(self, request):
            return "0" * 64

    request = AWSRequest("PUT", f"{actors.engine.endpoint}/{bucket}/lie", data=b"x")
    Lies(Credentials("test", kit.secret(actors.engine)), "s3", "us-east-1").add_auth(request)
    status, answer = ask(request)
    assert (status, "XAmzContentSHA256Mismatch" in answer) == (400, True), answer
    assert "lie" not in [o["Key"] for o in client("s3").list_objects_v2(Bucket=bucket)["Contents"]]


@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_s3_gets_the_whole_body_after_it_was_verified(actors, bucket, size):
    for checksums in ("when_required", "when_supported"):
        s3 = s3_client(actors.engine, request_checksum_calculation=checksums)
        s3.put_object(Bucket=bucket, Key="a key/ü+ =&?", Body=b"x" * size, Metadata={"a": "b  c"})
        assert s3.get_object(Bucket=bucket, Key="a key/ü+ =&?")["Body"].read() == b"x" * size


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_a_presigned_url_is_good_for_what_was_signed(actors, bucket, version):
    def url(secret=None, key="key", **options):
        s3 = s3_client(actors.engine, secret=secret, signature_version=version)
        return s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, **options)

    assert ask(AWSRequest("GET", url())) == (200, "kept")
    status, answer = ask(AWSRequest("GET", url("test")))
    assert (status, "SignatureDoesNotMatch" in answer) == (403, True)
    assert ask(AWSRequest("GET", url().replace("/key?", "/other?")))[0] == 403
    assert ask(AWSRequest("DELETE", url()))[0] == 403
    short = url(ExpiresIn=1)
    time.sleep(2.1)
    status, answer = ask(AWSRequest("GET", short))
    assert (status, "Request has expired" in answer) == (403, True)
    bare = url().partition("&Signature" if version == "s3" else "&X-Amz-Signature")[0]
    assert ask(AWSRequest("GET", bare))[0] in (400, 403)


def test_a_url_that_is_signed_by_one_key_and_names_another_is_refused(actors, bucket):
    user = actors.user()
    where = {"Bucket": bucket, "Key": "key"}
    for version, other in (
        ("s3", "X-Amz-Credential=test/20260101/us-east-1/s3/aws4_request"),
        ("s3v4", "AWSAccessKeyId=test&Signature=x&Expires=9999999999"),
        ("s3v4", "X-Amz-Credential=test/20260101/us-east-1/s3/aws4_request"),
    ):
        s3 = s3_client(actors.engine, user.key["AccessKeyId"], user.key["SecretAccessKey"], signature_version=version)
        url = s3.generate_presigned_url("get_object", Params=where)
        for changed in (f"{url}&{other}", url.replace("?", f"?{other}&")):
            status, answer = ask(AWSRequest("GET", changed))
            assert (status >= 400, "kept" in answer) == (True, False), (changed, answer)


def test_a_presigned_url_lives_for_a_week_at_most(actors, bucket):
    s3 = s3_client(actors.engine, signature_version="s3v4")
    where = {"Bucket": bucket, "Key": "key"}
    status, answer = ask(AWSRequest("GET", s3.generate_presigned_url("get_object", where, ExpiresIn=604_801)))
    assert (status, "AuthorizationQueryParametersError" in answer) == (400, True)


def form(url, fields, name="file", content=b"posted"):
    boundary = "form"
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    file = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="f"\r\n\r\n'
    body = "".join(parts).encode() + file.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return AWSRequest("POST", url, data=body, headers={"Content-Type": f"multipart/form-data; boundary={boundary}"})


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_a_form_is_good_for_the_policy_that_was_signed(actors, client, bucket, version):
    def made(secret=None):
        s3 = s3_client(actors.engine, secret=secret, signature_version=version)
        return s3.generate_presigned_post(bucket, "form")

    post = made()
    assert ask(form(post["url"], post["fields"]))[0] == 204
    assert client("s3").get_object(Bucket=bucket, Key="form")["Body"].read() == b"posted"
    wide = base64.b64encode(json.dumps({"expiration": "2099-01-01T00:00:00Z", "conditions": []}).encode()).decode()
    unsigned = {name: value for name, value in post["fields"].items() if "ignature" not in name}
    no_policy = {name: value for name, value in post["fields"].items() if name != "policy"}
    for fields in ({**post["fields"], "policy": wide}, unsigned, no_policy, made("test")["fields"]):
        status, answer = ask(form(post["url"], {**fields, "key": "stolen"}))
        assert (status, "SignatureDoesNotMatch" in answer) == (403, True), answer
    assert "stolen" not in [o["Key"] for o in client("s3").list_objects_v2(Bucket=bucket)["Contents"]]


def test_other_services_take_presigned_requests_of_users_but_never_an_accounts_own_key(actors, engine):
    user = actors.user()
    url = f"{engine.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15"

    def presigned(key, secret, **options):
        request = AWSRequest("GET", url)
        SigV4QueryAuth(Credentials(key, secret), "sts", "us-east-1", **options).add_auth(request)
        return ask(request)

    status, answer = presigned(user.key["AccessKeyId"], user.key["SecretAccessKey"])
    assert (status, user.arn in answer) == (200, True), answer
    assert "SignatureDoesNotMatch" in presigned(user.key["AccessKeyId"], "x")[1]
    assert "Signature expired" in presigned(user.key["AccessKeyId"], user.key["SecretAccessKey"], expires=-1)[1]
    status, answer = presigned("test", kit.secret(engine))
    assert (status, "an account's own key goes into a header" in answer) == (403, True)


@pytest.mark.parametrize(
    ("service", "authorization", "code"),
    [
        ("sts", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request", "IncompleteSignature"),
        ("sts", "AWS4-HMAC-SHA256 Credential=test/x, SignedHeaders=host, Signature=1", "IncompleteSignature"),
        ("s3", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request", "AuthorizationHeaderMalformed"),
        ("s3", "AWS test:signature", "InvalidRequest"),
        ("s3", "AWS4-ECDSA-P256-SHA256 Credential=test/20260101/s3/aws4_request", "InvalidRequest"),
    ],
)
def test_a_signature_that_is_none_is_refused(engine, bucket, service, authorization, code):
    url = f"{engine.endpoint}/{bucket}" if service == "s3" else f"{engine.endpoint}/?Action=GetCallerIdentity"
    request = AWSRequest("GET", url, headers={"Authorization": authorization})
    status, answer = ask(request)
    assert (status in (400, 403), f"<Code>{code}</Code>" in answer) == (True, True), answer


def test_the_host_has_to_be_signed(engine):
    request = AWSRequest("POST", engine.endpoint + "/", data=b"Action=GetCallerIdentity&Version=2011-06-15")
    request.headers["Content-Type"] = "application/x-www-form-urlencoded"
    SigV4Auth(Credentials("test", kit.secret(engine)), "sts", "us-east-1").add_auth(request)
    header = request.headers["Authorization"].replace("content-type;host;", "content-type;")
    request.headers.replace_header("Authorization", header)
    assert "'Host' or ':authority' must be a 'SignedHeader'" in ask(request)[1]


def test_the_code_of_a_function_can_be_downloaded(client, function):
    call = function("def handler(event, context): return 1")
    location = client("lambda").get_function(FunctionName=call.name)["Code"]["Location"]
    with urllib.request.urlopen(location, timeout=10) as answer:
        assert answer.read()[:2] == b"PK"
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(location.replace("Signature=", "Signature=a"), timeout=10)


def test_the_account_of_another_cannot_be_named_in_a_header(actors):
    """moto would believe it."""
    user = actors.user(allow("iam:ListUsers"))
    iam = user.client("iam")
    iam.meta.events.register(
        "before-call", lambda params, **_: params["headers"].update({"x-moto-account-id": "111122223333"})
    )
    assert user.name in [found["UserName"] for found in iam.list_users()["Users"]]


def test_what_is_verified_is_what_counts(actors, engine):
    """An Authorization header that is read in one way by who verifies, in another by who looks for the account."""
    user = actors.user(allow("iam:ListUsers"))
    keys = Credentials(user.key["AccessKeyId"], user.key["SecretAccessKey"])
    body = b"Action=ListUsers&Version=2010-05-08"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for change in (
        lambda header: header.replace("SignedHeaders=", "SignedHeaders=a;Credential=test/20260101/us-east-1/iam/x;"),
        lambda header: header.replace(
            "Credential=", "Credential=test/20260101/us-east-1/iam/aws4_request, Credential="
        ),
        lambda header: header + ", Credential=111122223333/20260101/us-east-1/iam/aws4_request",
        lambda header: header.replace("Credential=", "a=111122223333/20260101/us-east-1/iam/x, Credential="),
    ):
        request = AWSRequest("POST", engine.endpoint + "/", data=body, headers=form)
        SigV4Auth(keys, "iam", "us-east-1").add_auth(request)
        assert ask(request)[0] == 200
        request.headers.replace_header("Authorization", change(request.headers["Authorization"]))
        status, answer = ask(request)
        assert status in (400, 403) or user.name in answer, answer


def test_a_presigned_url_of_a_session_needs_its_token(actors, client, bucket):
    keys = actors.role(allow("s3:GetObject")).session().keys
    pair = (keys["AccessKeyId"], keys["SecretAccessKey"])
    for version in ("s3", "s3v4"):
        for token, status in ((keys["SessionToken"], 200), ("x", 400)):
            s3 = s3_client(actors.engine, *pair, token, signature_version=version)
            url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "key"})
            found, answer = ask(AWSRequest("GET", url))
            assert found == status, (version, answer)
