"""What Lambda refuses, beyond its model's constraints: each row with AWS's code and words. Sources: the modules'."""

import json

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from kit import ROLE, secret, zipped

PACKAGE = {"ZipFile": zipped({"index.py": "def handler(event, context): return event"})}
NEW = {"FunctionName": "refused", "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, "Code": PACKAGE}
EMPTY = {"ZipFile": zipped({})}
PERMISSION = {"StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": "*"}
INVALID = "InvalidParameterValueException"
FIFO = "arn:aws:sqs:us-east-1:000000000000:records.fifo"
MANDATORY = "Runtime and Handler are mandatory parameters for functions created with deployment packages."
NOBODY = "The provided principal was invalid. Please check the principal and try again."
MISSING = "1 validation error detected: Value null at 'role' failed to satisfy constraint: Member must not be null"

# The request; a value of None: without the member.
REFUSED = {
    "a function without a handler": ("create_function", NEW | {"Handler": None}, INVALID, MANDATORY),
    "a function without a runtime": ("create_function", NEW | {"Runtime": None}, INVALID, MANDATORY),
    "a function without a role": ("create_function", NEW | {"Role": None}, "ValidationException", MISSING),
    "an archive without files": (
        "create_function",
        NEW | {"Code": EMPTY},
        INVALID,
        "Uploaded file must be a non-empty zip",
    ),
    "a bucket for dead letters": (
        "create_function",
        NEW | {"DeadLetterConfig": {"TargetArn": "arn:aws:s3:::letters"}},
        INVALID,
        "The dead-letter target arn:aws:s3:::letters is neither an Amazon SQS queue nor an Amazon SNS topic.",
    ),
    "a FIFO queue for records": (
        "put_function_event_invoke_config",
        {"DestinationConfig": {"OnFailure": {"Destination": FIFO}}},
        INVALID,
        f"The destination ARN {FIFO} is invalid.",
    ),
    "a layer without files": (
        "publish_layer_version",
        {"LayerName": "refused", "Content": EMPTY},
        INVALID,
        "Uploaded file must be a non-empty zip",
    ),
    "a role that is not there": (
        "add_permission",
        PERMISSION | {"Principal": "arn:aws:iam::000000000000:role/nobody"},
        INVALID,
        NOBODY,
    ),
    "a user who is not there": (
        "add_permission",
        PERMISSION | {"Principal": "arn:aws:iam::000000000000:user/nobody"},
        INVALID,
        NOBODY,
    ),
    "a role in an account that nobody has used": (
        "add_permission",
        PERMISSION | {"Principal": "arn:aws:iam::999988887777:role/nobody"},
        INVALID,
        NOBODY,
    ),
    "a role of no partition": (
        "add_permission",
        PERMISSION | {"Principal": "arn:aws-x:iam::000000000000:role/nobody"},
        INVALID,
        NOBODY,
    ),
    "an action of another service": (
        "add_permission",
        PERMISSION | {"Action": "s3:GetObject"},
        "ValidationException",
        "1 validation error detected: Value 's3:GetObject' at 'action' failed to satisfy constraint: Member must "
        "satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])",
    ),
    "the condition of URLs for another action": (
        "add_permission",
        PERMISSION | {"FunctionUrlAuthType": "NONE"},
        INVALID,
        "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action",
    ),
}


@pytest.fixture(scope="module")
def lam(engine, client):
    """A client that sends what it is given, and a function."""
    may = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": FIFO}
    policy = {"RoleName": ROLE.rpartition("/")[2], "PolicyName": "refusals"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [may]})
    client("iam").put_role_policy(**policy, PolicyDocument=document)
    client("lambda").create_function(**NEW | {"FunctionName": "refusals"})
    yield boto3.client(
        "lambda",
        endpoint_url=engine.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key=secret(engine),
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False),
    )
    client("lambda").delete_function(FunctionName="refusals")
    client("iam").delete_role_policy(**policy)


@pytest.mark.parametrize(("operation", "request_", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_awss_words(lam, operation, request_, code, message):
    if operation in ("add_permission", "put_function_event_invoke_config"):
        request_ = {"FunctionName": "refusals", **request_}
    with pytest.raises(ClientError) as error:
        getattr(lam, operation)(**{name: value for name, value in request_.items() if value is not None})
    assert error.value.response["Error"] == {"Code": code, "Message": message}


def test_a_principal_that_is_there_is_taken(lam):
    lam.add_permission(FunctionName="refusals", **PERMISSION | {"StatementId": "role", "Principal": ROLE})
    lam.remove_permission(FunctionName="refusals", StatementId="role")


def test_a_code_signing_configuration_that_a_function_uses_cannot_be_deleted(lam):
    # Lambda API Reference, "DeleteCodeSigningConfig" (2026-11).
    profile = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/team/abcdefghij"
    made = lam.create_code_signing_config(AllowedPublishers={"SigningProfileVersionArns": [profile]})
    arn = made["CodeSigningConfig"]["CodeSigningConfigArn"]
    lam.put_function_code_signing_config(FunctionName="refusals", CodeSigningConfigArn=arn)
    with pytest.raises(lam.exceptions.ResourceConflictException, match=arn):
        lam.delete_code_signing_config(CodeSigningConfigArn=arn)
    lam.delete_function_code_signing_config(FunctionName="refusals")
    lam.delete_code_signing_config(CodeSigningConfigArn=arn)


def test_every_list_can_be_read_page_by_page(lam):
    """Of what one function has, two of each; boto3's paginators send the marker back as it came."""
    name = "refusals"
    lam.get_waiter("function_active_v2").wait(FunctionName=name)
    for number in range(2):
        lam.update_function_code(FunctionName=name, ZipFile=zipped({"index.py": f"# {number}"}))
        lam.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
        version = lam.publish_version(FunctionName=name)["Version"]
        lam.create_alias(FunctionName=name, Name=f"alias-{number}", FunctionVersion=version)
        lam.create_function_url_config(FunctionName=name, Qualifier=f"alias-{number}", AuthType="AWS_IAM")
        lam.put_function_event_invoke_config(FunctionName=name, Qualifier=version, MaximumRetryAttempts=1)
        lam.put_provisioned_concurrency_config(FunctionName=name, Qualifier=version, ProvisionedConcurrentExecutions=1)
    pages = {
        operation: [len(next(iter(page.values()))) for page in _pages(lam, operation, name)]
        for operation in botocore.session.get_session().get_service_model("lambda").operation_names
        if operation.startswith("List") and _of_one_function(lam, operation)
    }
    expected = {key: [1, 1] for key in pages} | {"ListVersionsByFunction": [1, 1, 1]}
    assert {"ListAliases", "ListProvisionedConcurrencyConfigs"} <= pages.keys()
    assert pages == expected


def _of_one_function(lam, operation):
    shape = lam.meta.service_model.operation_model(operation).input_shape
    return (
        "FunctionName" in shape.required_members
        and lam.can_paginate(botocore.xform_name(operation))
        and not operation.endswith("ExecutionsByFunction")  # there are no durable functions
    )


def _pages(lam, operation, name):
    paginator = lam.get_paginator(botocore.xform_name(operation))
    for page in paginator.paginate(FunctionName=name, PaginationConfig={"PageSize": 1}):
        yield {key: value for key, value in page.items() if isinstance(value, list)}
