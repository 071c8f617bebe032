"""LAB_IAM=off and LAB_AUTH=off: what each lets through, and what stays as it is."""

import os
import urllib.request
from contextlib import contextmanager
from urllib.error import HTTPError

import kit
import pytest
from authorization_kit import SESSION, refused
from botocore import UNSIGNED
from botocore.config import Config
from ports import free_port

from helpers.backend.engine import Engine


@contextmanager
def running(tmp_path_factory, **settings):
    engine = Engine(home=tmp_path_factory.mktemp("lab"), environ={"PATH": os.environ["PATH"], **settings})
    yield engine.up(free_port())
    engine.down()


@pytest.fixture(scope="module")
def no_iam(tmp_path_factory):
    with running(tmp_path_factory, LAB_IAM="off") as record:
        yield record


@pytest.fixture(scope="module")
def no_auth(tmp_path_factory):
    with running(tmp_path_factory, LAB_AUTH="off") as record:
        yield record


@pytest.fixture(scope="module")
def neither(tmp_path_factory):
    with running(tmp_path_factory, LAB_IAM="off", LAB_AUTH="off") as record:
        yield record


def client(engine, service, key="test", secret="x", **options):
    return SESSION.client(
        service,
        endpoint_url=engine.endpoint,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        **options,
    )


def user_of(engine, secret):
    iam = client(engine, "iam", secret=secret)
    iam.create_user(UserName="powerless")
    key = iam.create_access_key(UserName="powerless")["AccessKey"]
    return {"key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}


def test_without_iam_whoever_is_known_may_do_all(no_iam):
    assert kit.status(no_iam)["features"]["iam"] is False
    client(no_iam, "sqs", **user_of(no_iam, kit.secret(no_iam))).create_queue(QueueName="q")


def test_without_iam_signatures_are_verified_all_the_same(no_iam):
    with refused("SignatureDoesNotMatch"):
        client(no_iam, "iam").list_roles()
    with refused("InvalidClientTokenId"):
        client(no_iam, "iam", "AKIAIOSFODNN7EXAMPLE").list_roles()
    with refused("MissingAuthenticationToken"):
        client(no_iam, "iam", config=Config(signature_version=UNSIGNED)).list_roles()
    client(no_iam, "s3", secret=kit.secret(no_iam)).create_bucket(Bucket="bucket")
    with refused("AccessDenied"):
        client(no_iam, "s3", config=Config(signature_version=UNSIGNED)).list_objects_v2(Bucket="bucket")


def test_without_iam_simulation_answers(no_iam):
    with refused("NoSuchEntity"):
        client(no_iam, "iam", secret=kit.secret(no_iam)).simulate_principal_policy(
            PolicySourceArn="arn:aws:iam::000000000000:role/nobody", ActionNames=["s3:GetObject"]
        )


def test_without_auth_any_secret_is_accepted_and_status_says_so(no_auth):
    assert kit.status(no_auth)["features"]["auth"] is False
    assert client(no_auth, "iam").list_roles()["Roles"] == []
    assert client(no_auth, "s3").list_buckets()["Buckets"] == []


def test_without_auth_iam_decides_as_before(no_auth):
    with refused("AccessDenied"):
        client(no_auth, "sqs", **{**user_of(no_auth, "x"), "secret": "y"}).create_queue(QueueName="q")
    with refused("InvalidClientTokenId"):
        client(no_auth, "iam", "AKIAIOSFODNN7EXAMPLE").list_roles()


@pytest.mark.parametrize("path", ["/_lab/status", "/_localstack/info"])
def test_without_auth_the_engines_own_addresses_still_want_the_secret(no_auth, path):
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(no_auth.endpoint + path, timeout=10)


@pytest.mark.parametrize("version", ["s3", "s3v4"])
@pytest.mark.parametrize("who", ["account", "account that says test", "user"])
def test_with_lab_auth_off_a_signed_url_is_verified_all_the_same(no_auth, version, who):
    own = {"secret": kit.secret(no_auth)}
    s3 = client(no_auth, "s3", **own)
    s3.create_bucket(Bucket="urls")
    s3.put_object(Bucket="urls", Key="key", Body=b"content")
    if who == "user":
        iam = client(no_auth, "iam", **own)
        iam.create_user(UserName=f"signer-{version}")
        made = iam.create_access_key(UserName=f"signer-{version}")["AccessKey"]
        signer = {"key": made["AccessKeyId"], "secret": made["SecretAccessKey"]}
        allowed = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
        iam.put_user_policy(UserName=f"signer-{version}", PolicyName="s3", PolicyDocument=allowed)
    else:
        signer = own if who == "account" else {"secret": "test"}
    signing = client(no_auth, "s3", **signer, config=Config(signature_version=version))

    def url(method="get_object", **options):
        return signing.generate_presigned_url(method, Params={"Bucket": "urls", "Key": "key"}, **options)

    def status(address, method="GET", body=None):
        try:
            return urllib.request.urlopen(urllib.request.Request(address, body, method=method), timeout=10).status
        except HTTPError as error:
            return error.code

    assert status(url()) == 200
    assert status(url("put_object"), "PUT", b"more") == 200  # urllib says that this is a form
    assert status(url(ExpiresIn=-1)) == 403
    assert status(url().replace("Signature=", "Signature=0")) == 403


def test_without_both_any_key_may_do_all(neither):
    assert client(neither, "iam", "AKIAIOSFODNN7EXAMPLE").list_roles()["Roles"] == []


@pytest.mark.parametrize(
    "credential", ["", "&X-Amz-Credential=test/20260101/us-east-1/sns/aws4_request", "&AWSAccessKeyId=a"]
)
def test_without_both_a_url_alone_does_nothing(neither, credential):
    """An image of a web page is such a URL, and under some names of this machine it says nothing of that page."""
    url = f"{neither.endpoint}/?Action=CreateTopic&Name=t&Version=2010-03-31{credential}"
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(url, timeout=10)
    assert client(neither, "sns").list_topics()["Topics"] == []


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1:{port}"},
        {"Referer": "http://127.0.0.1:{port}/_aws/execute-api/a/b/"},
        {"Host": "localhost.localstack.cloud:{port}"},
        {"Host": "a.localhost.localstack.cloud"},
    ],
    ids=str,
)
def test_without_auth_no_page_is_trusted_not_even_one_that_is_published_here(no_auth, said):
    """Its script could say `test`. Names without `localhost` at their end: browsers do not say where it comes from."""
    headers = {name: value.format(port=no_auth.port) for name, value in said.items()}
    headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request"
    body = b"Action=GetCallerIdentity&Version=2011-06-15"
    url = f"{no_auth.endpoint}/"
    assert urllib.request.urlopen(
        urllib.request.Request(url, body, {"Authorization": headers["Authorization"]}), timeout=10
    )
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10)
