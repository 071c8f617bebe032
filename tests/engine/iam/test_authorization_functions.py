"""Functions and IAM: what an execution role gives, what a function cannot take, function URLs."""

import json
import time
import urllib.request
from urllib.error import HTTPError

import kit
import pytest
from authorization_kit import ACCOUNT, ROOT, allow, document, refused, statement, unique
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from kit import TRUST, caller, eventually, wait_until_active, zipped

ARN = f"us-east-1:{ACCOUNT}"
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
CALLS = """
import boto3
def handler(event, context):
    keys = dict(aws_access_key_id=event["key"], aws_secret_access_key="test") if event.get("key") else {}
    try:
        return str(getattr(boto3.client(event["service"], **keys), event["operation"])(**event.get("arguments", {})))
    except Exception as error:
        return "refused: " + str(error)
"""
GETS = """
import os, urllib.request
def handler(event, context):
    request = urllib.request.Request(os.environ["AWS_ENDPOINT_URL"] + event["path"], headers=event.get("headers", {}))
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code
"""


@pytest.fixture
def deploy(client):
    """`deploy(role, source)`: a caller of a new function."""
    lam, names = client("lambda"), []

    def make(role, source=CALLS, **options):
        name = unique("f")
        lam.create_function(
            FunctionName=name, Handler="index.handler", Role=role.arn, Timeout=20,
            Code={"ZipFile": zipped({"index.py": source, "index.js": source})}, **{"Runtime": "python3.13", **options},
        )  # fmt: skip
        names.append(name)
        wait_until_active(lam, name)
        return caller(lam, name)

    yield make
    for name in names:
        lam.delete_function(FunctionName=name)


def log_of(client, name):
    logs = client("logs")
    try:
        return logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    except logs.exceptions.ResourceNotFoundException:
        return []


def test_a_function_may_do_what_its_execution_role_allows(actors, deploy, client):
    bucket = unique("bucket")
    client("s3").create_bucket(Bucket=bucket)
    role = actors.execution_role()
    call = deploy(role)
    event = {"service": "s3", "operation": "list_objects_v2", "arguments": {"Bucket": bucket}}
    assert (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/{role.name}/{call.name} is not authorized to perform: s3:ListBucket"
        f' on resource: "arn:aws:s3:::{bucket}" because no identity-based policy allows the s3:ListBucket action'
    ) in call(event).payload
    role.put(allow("s3:ListBucket", f"arn:aws:s3:::{bucket}"))
    assert "KeyCount" in call(event).payload
    client("s3").delete_bucket(Bucket=bucket)


@pytest.mark.parametrize("key", ["test", ACCOUNT, "111122223333", "__internal_call__"])
def test_a_function_cannot_become_root_by_its_choice_of_a_key(actors, deploy, key):
    call = deploy(actors.execution_role())
    event = {"service": "iam", "operation": "list_roles", "key": key}
    refusal = "InvalidClientTokenId" if key == "__internal_call__" else "SignatureDoesNotMatch"
    assert f"({refusal})" in call(event).payload
    actors.client("iam", key if key != "__internal_call__" else "test").list_roles()  # the learner can


NODEJS = """
const { LambdaClient, ListFunctionsCommand } = require('@aws-sdk/client-lambda');
exports.handler = async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  try { await new LambdaClient({ credentials }).send(new ListFunctionsCommand({})); return 'root'; }
  catch (error) { return error.name; }
};"""


def test_a_nodejs_function_cannot_either(actors, deploy):
    call = deploy(actors.execution_role(), NODEJS, Runtime="nodejs22.x")
    assert call().payload == "InvalidSignatureException"


@pytest.mark.parametrize("path", ["/_lab/status", "/_localstack/info", "/_aws/sqs/messages?QueueUrl=x"])
def test_the_engines_own_endpoints_are_not_for_functions(actors, deploy, client, engine, path):
    client("sqs").list_queues()  # its endpoints are there from now on
    call = deploy(actors.execution_role(), GETS)
    assert call({"path": path}).payload == 403
    assert call({"path": path, "headers": {"Authorization": "Bearer x"}}).payload == 403
    assert call({"path": path, "headers": {"Authorization": kit.owner(engine, path)}}).payload != 403


def test_a_queues_url_is_no_way_around(actors, deploy, client, engine):
    url = client("sqs").create_queue(QueueName=unique("q"))["QueueUrl"]
    path = f"/{url.split('/', 3)[3]}?Action=ReceiveMessage"
    call = deploy(actors.execution_role(), GETS)
    assert call({"path": path}).payload == 403
    for key, secret, status in (("test", "test", 403), ("test", kit.secret(engine), 200)):
        signed = AWSRequest("GET", engine.endpoint + path)
        SigV4Auth(Credentials(key, secret), "sqs", "us-east-1").add_auth(signed)
        assert call({"path": path, "headers": dict(signed.headers)}).payload == status
    nobody = actors.user().key
    for trick in ("XCredential=test/a/b/c/d", "XCredential=__internal_call__/a/b/c/d", ""):
        signed = AWSRequest("GET", engine.endpoint + path)
        keys = Credentials(nobody["AccessKeyId"], nobody["SecretAccessKey"])
        SigV4Auth(keys, "sqs", "us-east-1").add_auth(signed)
        signed.headers.replace_header("Authorization", f"{signed.headers['Authorization']}, {trick}")
        assert call({"path": path, "headers": dict(signed.headers)}).payload in (400, 403)
    client("sqs").delete_queue(QueueUrl=url)


def test_services_calls_cannot_be_forged(actors, engine):
    """LocalStack believes its own header from anybody: with it, this would be bookkeeping, and allowed."""

    def forge(client, header):
        client.meta.events.register("before-call", lambda params, **_: params["headers"].update(header))
        return client

    as_sns = json.dumps({"service_principal": "sns", "source_arn": f"arn:aws:sns:{ARN}:t"})
    for header in ("{}", as_sns, "0" * 32 + "{}"):
        with refused("InvalidClientTokenId"):
            forge(actors.client("sqs", "__internal_call__"), {"x-localstack-data": header}).list_queues()
        with refused("AccessDenied"):
            forge(actors.role().session()("sqs"), {"x-localstack-data": header}).list_queues()


def test_no_logs_permission_no_logs(actors, deploy, client):
    role = actors.execution_role()
    call = deploy(role, "def handler(event, context): print('a line')")
    assert call().error is None
    time.sleep(0.7)
    assert log_of(client, call.name) == []
    actors.iam.attach_role_policy(RoleName=role.name, PolicyArn=BASIC)
    call()
    assert eventually(lambda: len(log_of(client, call.name)) == 4)
    actors.iam.detach_role_policy(RoleName=role.name, PolicyArn=BASIC)
    call()
    time.sleep(0.7)
    assert len(log_of(client, call.name)) == 4
    actors.iam.attach_role_policy(RoleName=role.name, PolicyArn=BASIC)
    call()
    assert eventually(lambda: len(log_of(client, call.name)) == 8)
    client("logs").delete_log_group(logGroupName=f"/aws/lambda/{call.name}")


def test_a_deleted_role_writes_no_logs(actors, deploy, client):
    role = actors.execution_role()
    actors.iam.attach_role_policy(RoleName=role.name, PolicyArn=BASIC)
    call = deploy(role, "def handler(event, context): print('a line')")
    call()
    # INIT_START, START, the line, END, REPORT.
    assert eventually(lambda: len(log_of(client, call.name)) == 5)
    actors.iam.detach_role_policy(RoleName=role.name, PolicyArn=BASIC)
    actors.iam.delete_role(RoleName=role.name)
    call()
    time.sleep(0.7)
    assert len(log_of(client, call.name)) == 5


CREATE = {"Runtime": "python3.13", "Handler": "index.handler", "Code": {"ZipFile": zipped({"index.py": ""})}}


@pytest.mark.parametrize(
    "trusted", [None, ROOT, {**TRUST["Statement"][0], "Principal": {"Service": "ec2.amazonaws.com"}}]
)
def test_lambda_must_be_trusted_by_an_execution_role(actors, deploy, client, trusted):
    lam = client("lambda")
    words = "The role defined for the function cannot be assumed by Lambda."
    role = f"arn:aws:iam::{ACCOUNT}:role/nobody" if trusted is None else actors.role(trust=trusted).arn
    with refused("InvalidParameterValueException", words):
        lam.create_function(FunctionName=unique("f"), Role=role, **CREATE)
    call = deploy(actors.execution_role(), "")
    with refused("InvalidParameterValueException", words):
        lam.update_function_configuration(FunctionName=call.name, Role=role)


def test_create_function_passes_a_role(actors, client):
    name, role = unique("f"), actors.execution_role()
    maker = actors.role(allow("lambda:*"))
    lam = maker.session()("lambda")
    with refused(
        "AccessDeniedException", f"is not authorized to perform: iam:PassRole on resource: {role.arn} because no"
    ):
        lam.create_function(FunctionName=name, Role=role.arn, **CREATE)
    to_ec2 = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    maker.put(allow("iam:PassRole", role.arn, Condition=to_ec2), "pass")
    with refused("AccessDeniedException", "iam:PassRole"):
        lam.create_function(FunctionName=name, Role=role.arn, **CREATE)
    to_lambda = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
    maker.put(allow("iam:PassRole", role.arn, Condition=to_lambda), "pass")
    lam.create_function(FunctionName=name, Role=role.arn, **CREATE)
    client("lambda").delete_function(FunctionName=name)


def test_add_permission_lets_an_identity_of_the_account_invoke(actors, deploy, client):
    lam, call = client("lambda"), deploy(actors.execution_role(), "def handler(event, context): return 1")
    role = actors.role()
    theirs = role.session()("lambda")
    with refused("AccessDeniedException", "because no identity-based policy allows the lambda:InvokeFunction action"):
        theirs.invoke(FunctionName=call.name)
    grant = {"FunctionName": call.name, "StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": role.arn}
    lam.add_permission(**grant)
    assert theirs.invoke(FunctionName=call.name)["StatusCode"] == 200
    lam.remove_permission(FunctionName=call.name, StatementId="s")
    with refused("AccessDeniedException"):
        theirs.invoke(FunctionName=call.name)


def test_an_alias_has_a_policy_of_its_own(actors, deploy, client):
    lam, call = client("lambda"), deploy(actors.execution_role(), "def handler(event, context): return 1", Publish=True)
    lam.create_alias(FunctionName=call.name, Name="live", FunctionVersion="1")
    role = actors.role()
    theirs = role.session()("lambda")
    lam.add_permission(
        FunctionName=call.name, Qualifier="live", StatementId="s", Action="lambda:InvokeFunction", Principal=role.arn
    )
    assert theirs.invoke(FunctionName=call.name, Qualifier="live")["StatusCode"] == 200
    for qualifier in ({}, {"Qualifier": "1"}):
        with refused("AccessDeniedException"):
            theirs.invoke(FunctionName=call.name, **qualifier)


def test_another_account_needs_both_sides(actors, deploy, client):
    lam, call = client("lambda"), deploy(actors.execution_role(), "def handler(event, context): return 1")
    arn = f"arn:aws:lambda:{ARN}:function:{call.name}"
    other = actors.client("lambda", "111122223333")
    with refused("AccessDeniedException", "because no resource-based policy allows the lambda:InvokeFunction action"):
        other.invoke(FunctionName=arn)
    lam.add_permission(
        FunctionName=call.name, StatementId="s", Action="lambda:InvokeFunction", Principal="111122223333"
    )
    assert other.invoke(FunctionName=arn)["StatusCode"] == 200


# -- function URLs ------------------------------------------------------------------------------------------

URL = {"StatementId": "url", "Action": "lambda:InvokeFunctionUrl"}
VIA_URL = {"StatementId": "via-url", "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": True}
FORBIDDEN = (
    "Forbidden. For troubleshooting Function URL authorization issues, see: "
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"
)


def get(engine, url, credentials=None):
    """Status and body of a GET to a function URL, signed if there are credentials."""
    host = url.split("/")[2]
    headers = {"Host": host}
    if credentials:
        signed = AWSRequest("GET", url, headers={"Host": host})
        SigV4Auth(credentials, "lambda", "us-east-1").add_auth(signed)
        headers = dict(signed.headers)
    try:
        with urllib.request.urlopen(
            urllib.request.Request(engine.endpoint + "/", headers=headers), timeout=20
        ) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_a_public_function_url_needs_two_permissions(actors, deploy, client, engine):
    lam, call = client("lambda"), deploy(actors.execution_role(), "def handler(event, context): return 'hello'")
    url = lam.create_function_url_config(FunctionName=call.name, AuthType="NONE")["FunctionUrl"]
    everybody = {"FunctionName": call.name, "Principal": "*"}
    forbidden = (403, json.dumps({"Message": FORBIDDEN}))
    assert get(engine, url) == forbidden
    lam.add_permission(**everybody, **URL, FunctionUrlAuthType="NONE")
    assert get(engine, url) == forbidden
    added = json.loads(lam.add_permission(**everybody, **VIA_URL)["Statement"])
    assert added["Condition"] == {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}
    assert get(engine, url) == (200, "hello")
    lam.remove_permission(FunctionName=call.name, StatementId="url")
    assert get(engine, url) == forbidden
    # What lets everybody in through the URL lets nobody in elsewhere.
    with refused("AccessDeniedException"):
        actors.role().session()("lambda").invoke(FunctionName=call.name)


def test_a_function_url_with_aws_iam_asks_who_signed(actors, deploy, client, engine):
    lam, call = client("lambda"), deploy(actors.execution_role(), "def handler(event, context): return 'hello'")
    url = lam.create_function_url_config(FunctionName=call.name, AuthType="AWS_IAM")["FunctionUrl"]
    arn = f"arn:aws:lambda:{ARN}:function:{call.name}"
    user = actors.user(allow("lambda:InvokeFunctionUrl", arn))
    credentials = Credentials(user.key["AccessKeyId"], user.key["SecretAccessKey"])
    assert get(engine, url)[0] == 403
    assert get(engine, url, Credentials("AKIAIOSFODNN7EXAMPLE", "x"))[0] == 403
    assert get(engine, url, Credentials("test", "test"))[0] == 403
    assert get(engine, url, credentials)[0] == 403
    via_url = statement("lambda:InvokeFunction", arn, Condition={"Bool": {"lambda:InvokedViaFunctionUrl": "true"}})
    user.put(document(statement("lambda:InvokeFunctionUrl", arn), via_url))
    assert get(engine, url, credentials) == (200, "hello")
    with refused("AccessDeniedException"):
        user.client("lambda").invoke(FunctionName=call.name)
