"""What IAM, Parameter Store, STS and DynamoDB refuse of single values (their API References, 2026-11)."""

import json
import uuid

import pytest
from botocore.exceptions import ClientError

TRUST = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
DOCUMENT = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
ITEMS = [{"PutRequest": {"Item": {"id": {"S": str(i)}}}} for i in range(26)]


@pytest.mark.parametrize(
    ("service", "call", "request_", "code"),
    [
        ("iam", "create_role", {"RoleName": "a b", "AssumeRolePolicyDocument": DOCUMENT}, "ValidationError"),
        ("iam", "create_user", {"UserName": "a/b"}, "ValidationError"),
        ("ssm", "put_parameter", {"Name": "NAME", "Value": "x" * 4097, "Type": "String"}, "ValidationException"),
        (
            "ssm",
            "put_parameter",
            {"Name": "NAME", "Value": "abc", "Type": "String", "AllowedPattern": "^[0-9]+$"},
            "ParameterPatternMismatchException",
        ),
        ("ssm", "send_command", {"InstanceIds": ["i-1"], "DocumentName": "AWS-RunShellScript"}, "NotImplemented"),
        ("sts", "get_session_token", {}, "NotImplemented"),
        ("dynamodb", "batch_write_item", {"RequestItems": {"table": ITEMS}}, "ValidationException"),
    ],
)
def test_values_that_no_service_takes_are_refused(client, service, call, request_, code):
    given = {name: f"/{uuid.uuid4().hex[:8]}" if value == "NAME" else value for name, value in request_.items()}
    with pytest.raises(ClientError) as refused:
        getattr(client(service), call)(**given)
    assert refused.value.response["Error"]["Code"] == code
