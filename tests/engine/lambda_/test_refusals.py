"""What Lambda refuses, beyond its model's constraints: each row with AWS's code and words. Sources: the modules'."""

import json

import botocore.session
import pytest
from botocore.exceptions import ClientError
from kit import ROLE, zipped

PACKAGE = {"ZipFile": zipped({"index.py": "def handler(event, context): return event"})}
NEW = {"FunctionName": "refused", "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, "Code": PACKAGE}
EMPTY = {"ZipFile": zipped({})}
PERMISSION = {"StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": "*"}
INVALID = "InvalidParameterValueException"
FIFO = "arn:aws:sqs:us-east-1:000000000000:records.fifo"
ARN = "arn:aws:lambda:us-east-1:000000000000:function:refusals"
STREAM = {
    "FunctionName": "refusals",
    "EventSourceArn": "arn:aws:kinesis:us-east-1:000000000000:stream/none-such",
    "StartingPosition": "LATEST",
}
LONG_TAG = "A tag's key has 1 to 128 characters, its value up to 256."
UNQUALIFIED = (
    f"1 validation error detected: Value '{ARN}:live' at 'functionName' failed to satisfy constraint: Member must "
    r"satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?"
    r"([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?"
    r"(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)"
)
VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
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
    # Lambda Developer Guide, "Using tags on Lambda functions" (2026-11); the words are ours.
    "51 tags": (
        "create_function",
        NEW | {"Tags": {str(number): "" for number in range(51)}},
        INVALID,
        "Number of tags exceeds resource tag limit.",
    ),
    "a tag of AWS's": (
        "create_function",
        NEW | {"Tags": {"AWS:x": "y"}},
        INVALID,
        "The tag key AWS:x begins with aws:, which is reserved for AWS.",
    ),
    "a tag with a long key": ("create_function", NEW | {"Tags": {"k" * 129: ""}}, INVALID, LONG_TAG),
    "a tag with a long value": ("tag_resource", {"Resource": ARN, "Tags": {"k": "v" * 257}}, INVALID, LONG_TAG),
    "a tag with a star": (
        "tag_resource",
        {"Resource": ARN, "Tags": {"*": ""}},
        INVALID,
        "A tag has letters, digits, spaces and the characters + - = . _ : / @ only.",
    ),
    # As PutFunctionConcurrency answers (LocalStack's snapshots, 2024); the model's UnqualifiedFunctionName.
    "the concurrency of a version": (
        "delete_function_concurrency",
        {"FunctionName": f"{ARN}:1"},
        INVALID,
        "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. "
        "Please specify either a function name or an unqualified function ARN.",
    ),
    "recursion of an alias": (
        "put_function_recursion_config",
        {"FunctionName": f"{ARN}:live", "RecursiveLoop": "Allow"},
        "ValidationException",
        UNQUALIFIED,
    ),
    "what recursion of an alias is": (
        "get_function_recursion_config",
        {"FunctionName": f"{ARN}:live"},
        "ValidationException",
        UNQUALIFIED,
    ),
    # The model's CompatibleRuntimes.
    "16 runtimes": (
        "publish_layer_version",
        {"LayerName": "refused", "Content": PACKAGE, "CompatibleRuntimes": ["python3.13"] * 16},
        "ValidationException",
        f"1 validation error detected: Value '[{', '.join(['python3.13'] * 16)}]' at 'compatibleRuntimes' failed to "
        "satisfy constraint: Member must have length less than or equal to 15",
    ),
    # Lambda Developer Guide, "Control which events Lambda sends to your function" (2026-11); the words are ours.
    "six filters": (
        "create_event_source_mapping",
        STREAM | {"FilterCriteria": {"Filters": [{"Pattern": "{}"}] * 6}},
        INVALID,
        "An event source mapping may have up to 5 filters.",
    ),
    # The same, "the filter pattern for data properties must be in a valid JSON format"; LocalStack's snapshots, 2024.
    "a filter for text in a stream": (
        "create_event_source_mapping",
        STREAM | {"FilterCriteria": {"Filters": [{"Pattern": '{"data": ["hello"]}'}]}},
        INVALID,
        "Invalid filter pattern definition.",
    ),
    "a number for a text": (
        "update_function_configuration",
        {"FunctionName": "refusals", "Description": 5},
        "SerializationException",
        "Invalid type when parsing Description: '5' cannot be parsed to string.",
    ),
    # Of Lambda's parser: the sources of `json_errors`.
    **{
        f"the event {event}": (
            "invoke",
            {"FunctionName": "refusals", "Payload": event},
            "InvalidRequestContentException",
            f"Could not parse request body into json: Could not parse payload into json: {said}\n"
            f' at [Source: (byte[])"{event}"; line: 1, column: {column}]',
        )
        for event, said, column in (
            ("{a: 1}", "Unexpected character ('a' (code 97)): was expecting double-quote to start field name", 3),
            ("test data", f"Unrecognized token 'test': was expecting {VALUE}", 6),
            ("nope", f"Unrecognized token 'nope': was expecting {VALUE}", 5),
            ("[1,]", f"Unexpected character (']' (code 93)): expected a valid value {VALUE}", 5),
        )
    },
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
def lam(unchecked, client):
    """A client that sends what it is given, and a function."""
    may = {"Effect": "Allow", "Action": ["sqs:SendMessage", "kinesis:*"], "Resource": "*"}
    policy = {"RoleName": ROLE.rpartition("/")[2], "PolicyName": "refusals"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [may]})
    client("iam").put_role_policy(**policy, PolicyDocument=document)
    client("lambda").create_function(**NEW | {"FunctionName": "refusals"})
    yield unchecked("lambda")
    client("lambda").delete_function(FunctionName="refusals")
    client("iam").delete_role_policy(**policy)


@pytest.mark.parametrize(("operation", "request_", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_awss_words(lam, operation, request_, code, message):
    if operation in ("add_permission", "put_function_event_invoke_config"):
        request_ = {"FunctionName": "refusals", **request_}
    with pytest.raises(ClientError) as error:
        getattr(lam, operation)(**{name: value for name, value in request_.items() if value is not None})
    assert error.value.response["Error"] == {"Code": code, "Message": message}
    with pytest.raises(lam.exceptions.ResourceNotFoundException):
        lam.get_function(FunctionName="refused")


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
        and not operation.endswith("ExecutionsByFunction")  # of which this function has none
    )


def _pages(lam, operation, name):
    paginator = lam.get_paginator(botocore.xform_name(operation))
    for page in paginator.paginate(FunctionName=name, PaginationConfig={"PageSize": 1}):
        yield {key: value for key, value in page.items() if isinstance(value, list)}
