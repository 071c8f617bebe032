"""`explain` on real refusals: who, what, which policies were asked, and a statement that really allows it."""

import json
from types import SimpleNamespace

import pytest
from authorization_kit import ACCOUNT, allow, document, statement
from botocore.exceptions import ClientError

from helpers import LabError, explain

BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
INVOKE = "lambda:InvokeFunction"


@pytest.fixture
def lab(client):
    return SimpleNamespace(client=client, account=ACCOUNT)


def refusal(call, **arguments) -> ClientError:
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value


def arn(name):
    return f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}"


def test_it_shows_who_what_and_the_policies_that_were_asked(actors, lab):
    role = actors.role(name="explained")
    role.put(allow(INVOKE, arn("another")), "narrow")
    role.put(allow(INVOKE, Condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}), "far")
    actors.iam.attach_role_policy(RoleName=role.name, PolicyArn=BASIC)
    found = explain(lab, refusal(role.session("me")("lambda").invoke, FunctionName="second"))
    assert (
        repr(found)
        == f"""\
Who:      arn:aws:sts::{ACCOUNT}:assumed-role/explained/me
Action:   lambda:InvokeFunction
Resource: {arn("second")}
Why not:  because no identity-based policy allows it
Asked:
  Policy                       Kind                      Answer
  far                          inline, role explained    allows it only under a condition
  narrow                       inline, role explained    allows it only on {arn("another")}
  AWSLambdaBasicExecutionRole  attached, role explained  does not mention lambda:InvokeFunction
This statement, in a policy of explained, would allow it:
{{
  "Effect": "Allow",
  "Action": "lambda:InvokeFunction",
  "Resource": "{arn("second")}"
}}"""
    )
    assert "<table>" in found._repr_html_() and "lambda:InvokeFunction" in found._repr_html_()


@pytest.mark.parametrize(
    ("service", "operation", "arguments"),
    [
        ("sqs", "create_queue", {"QueueName": "explained"}),
        ("sns", "publish", {"TopicArn": f"arn:aws:sns:us-east-1:{ACCOUNT}:t", "Message": "m"}),
        ("s3", "get_object", {"Bucket": "nowhere", "Key": "k"}),
        ("s3", "list_buckets", {}),
        ("logs", "describe_log_streams", {"logGroupName": "/aws/lambda/f"}),
        ("dynamodb", "get_item", {"TableName": "t", "Key": {"id": {"S": "1"}}}),
    ],
)
def test_the_statement_that_it_proposes_allows_it(actors, lab, service, operation, arguments):
    user = actors.user()
    call = getattr(user.client(service), operation)
    found = explain(lab, refusal(call, **arguments))
    user.put(document(found.statement))
    try:
        call(**arguments)
    except ClientError as error:
        assert "is not authorized" not in str(error)
    if service == "sqs":
        lab.client("sqs").delete_queue(QueueUrl=lab.client("sqs").get_queue_url(QueueName="explained")["QueueUrl"])


def test_against_a_deny_it_proposes_no_statement(actors, lab):
    user = actors.user(document(statement("s3:*"), statement("s3:ListAllMyBuckets", effect="Deny")))
    found = explain(lab, refusal(user.client("s3").list_buckets))
    assert found.statement is None
    assert found.advice == "No statement helps against a deny: narrow or remove it in policy."


def test_a_trust_policy_is_where_to_allow_assuming_a_role(actors, lab):
    role, user = actors.execution_role(), actors.user()
    found = explain(lab, refusal(user.client("sts").assume_role, RoleArn=role.arn, RoleSessionName="me"))
    assert found.statement == {"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "sts:AssumeRole"}
    assert role.name in found.advice


def test_it_reads_the_payload_of_a_function_that_was_refused(actors, lab):
    role = actors.role()
    text = str(refusal(role.session()("s3").list_buckets))
    payload = {"errorMessage": text, "errorType": "ClientError"}
    for form in (payload, json.dumps(payload), text):
        assert explain(lab, form).action == "s3:ListAllMyBuckets"


def test_another_error_is_no_refusal(lab):
    with pytest.raises(LabError, match="This is not a refusal by IAM"):
        explain(lab, "An error occurred (NoSuchBucket)")
