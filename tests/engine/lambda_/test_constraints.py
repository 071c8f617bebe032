"""Malformed requests are refused in AWS's words: what its service model says, in the form of its answers of 2025."""

import re

import pytest
from botocore.exceptions import ClientError
from kit import ROLE, zipped

FUNCTION = {
    "FunctionName": "constraints",
    "Runtime": "python3.13",
    "Handler": "index.handler",
    "Role": ROLE,
    "Code": {"ZipFile": zipped({"index.py": "def handler(event, context): ..."})},
}
NAME = "Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?"
KEYS = "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]"

# Operation, request, where, the value as quoted, how the constraint begins. Sources: botocore's model of Lambda, and
# for the words the snapshots of LocalStack 4.9.2's tests/aws/services/lambda_/test_lambda_api.py (recorded in 2025).
MALFORMED = [
    ("get_function", {"FunctionName": "arn:aws:s3:::x"}, "functionName", "'arn:aws:s3:::x'", NAME),
    ("invoke", {"FunctionName": "arn:aws:lambda:us-east-1:1:function:f"}, "functionName", "'arn", NAME),
    ("get_function_configuration", {"FunctionName": "a b"}, "functionName", "'a b'", NAME),
    ("create_function", FUNCTION | {"FunctionName": ""}, "functionName", "''", NAME),
    ("create_function", FUNCTION | {"Handler": "a b"}, "handler", "'a b'", "Member must satisfy regular expression"),
    ("create_function", FUNCTION | {"Environment": {"Variables": {"A-B": "x"}}}, "environment.variables", None, KEYS),
    ("create_function", FUNCTION | {"Environment": {"Variables": {"A": "x"}}}, "environment.variables", None, KEYS),
    (
        "create_function",
        FUNCTION | {"EphemeralStorage": {"Size": 511}},
        "ephemeralStorage.size",
        "'511'",
        "Member must have value greater than or equal to 512",
    ),
    (
        "create_function",
        FUNCTION | {"Description": "x" * 257},
        "description",
        "'xxx",
        "Member must have length less than or equal to 256",
    ),
    (
        "create_function",
        FUNCTION | {"Layers": ["nope"]},
        "layers",
        "'[nope]'",
        "Member must satisfy constraint: [Member must have length less than or equal to 140, Member must have length "
        "greater than or equal to 1, Member must satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:",
    ),
    (
        "update_function_configuration",
        {"FunctionName": "f", "Role": "r1"},
        "role",
        "'r1'",
        "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::",
    ),
    (
        "create_function",
        FUNCTION | {"SnapStart": {"ApplyOn": "Nope"}},
        "snapStart.applyOn",
        "'Nope'",
        "Member must satisfy enum value set: [PublishedVersions, None]",
    ),
    (
        "update_function_configuration",
        {"FunctionName": "f", "TracingConfig": {"Mode": "Nope"}},
        "tracingConfig.mode",
        "'Nope'",
        "Member must satisfy enum value set: [Active, PassThrough]",
    ),
    (
        "update_function_configuration",
        {"FunctionName": "f", "DeadLetterConfig": {"TargetArn": "nope"}},
        "deadLetterConfig.targetArn",
        "'nope'",
        "Member must satisfy regular expression pattern: (arn:",
    ),
    ("invoke", {"FunctionName": "f", "InvocationType": "Nope"}, "invocationType", "'Nope'", "Member must satisfy enum"),
    ("invoke", {"FunctionName": "f", "LogType": "Nope"}, "logType", "'Nope'", "Member must satisfy enum value set: ["),
    ("list_functions", {"MaxItems": 0}, "maxItems", "'0'", "Member must have value greater than or equal to 1"),
    (
        "put_function_event_invoke_config",
        {"FunctionName": "f", "MaximumRetryAttempts": 3},
        "maximumRetryAttempts",
        "'3'",
        "Member must have value less than or equal to 2",
    ),
    (
        "create_event_source_mapping",
        {"FunctionName": "f", "EventSourceArn": "nope"},
        "eventSourceArn",
        "'nope'",
        "Member must satisfy regular expression pattern: arn:",
    ),
    (
        "publish_layer_version",
        {"LayerName": "a b", "Content": {"ZipFile": b""}},
        "layerName",
        "'a b'",
        "Member must satisfy regular expression pattern: (arn:",
    ),
]


@pytest.mark.parametrize(
    ("operation", "request_", "where", "value", "constraint"),
    MALFORMED,
    ids=[f"{operation}-{where}" for operation, _, where, *_ in MALFORMED],
)
def test_a_malformed_member_is_refused_with_the_constraint_it_violates(
    unchecked, operation, request_, where, value, constraint
):
    with pytest.raises(ClientError) as error:
        getattr(unchecked("lambda"), operation)(**request_)
    answer = error.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == ("ValidationException", 400)
    # The value of a sensitive member is not repeated.
    begin = f"1 validation error detected: Value{' ' + value if value else ' at'}"
    assert answer["Error"]["Message"].startswith(begin)
    assert f"at '{where}' failed to satisfy constraint: {constraint}" in answer["Error"]["Message"]


def test_two_malformed_members_are_named_in_one_answer(unchecked):
    with pytest.raises(ClientError, match=r"^.*: 2 validation errors detected: Value .*; Value 'b' at 'logType'"):
        unchecked("lambda").invoke(FunctionName="f", InvocationType="a", LogType="b")


# Snapshots of test_function_name_and_qualifier_validation (2025): the qualifier first, then length and pattern.
LONG = f"arn:aws:lambda:invalid-region:000000000000:function:{'a' * 171}"


@pytest.mark.parametrize(("operation", "longest"), [("get_function", 170), ("delete_function", 140), ("invoke", 170)])
def test_all_that_is_wrong_with_a_name_and_its_qualifier_is_named(unchecked, operation, longest):
    with pytest.raises(ClientError) as error:
        getattr(unchecked("lambda"), operation)(FunctionName=LONG, Qualifier="a" * 129)
    begin, *parts = re.split(" detected: |; ", error.value.response["Error"]["Message"])
    assert begin == "3 validation errors"
    assert [part.partition("constraint: ")[2] for part in parts[:2]] == [
        "Member must have length less than or equal to 128",
        f"Member must have length less than or equal to {longest}",
    ]
    assert "' at 'functionName' failed to satisfy constraint: Member must satisfy regular exp" in parts[2]


def test_an_arn_that_ends_with_the_word_function_is_of_a_function_of_that_name(unchecked):
    arn = "arn:aws:lambda:us-east-1:000000000000:function"
    with pytest.raises(ClientError, match=f"ResourceNotFoundException.*Function not found: {arn}:function$"):
        unchecked("lambda").get_function(FunctionName=arn)


def test_versions_are_listed_page_by_page(client, function):
    call = function("def handler(event, context): ...")
    lam = client("lambda")
    for number in range(3):
        lam.update_function_configuration(FunctionName=call.name, Description=str(number))
        lam.get_waiter("function_updated_v2").wait(FunctionName=call.name, WaiterConfig={"Delay": 0.1})
        lam.publish_version(FunctionName=call.name)
    pages = lam.get_paginator("list_versions_by_function").paginate(FunctionName=call.name, MaxItems=3)
    versions = [[version["Version"] for version in page["Versions"]] for page in pages]
    assert versions == [["$LATEST", "1", "2"], ["3"]]


def test_a_function_that_is_being_updated_cannot_be_published(client, function):
    call = function("def handler(event, context): ...")
    lam = client("lambda")
    files = {f"file{number}": "" for number in range(10_000)}  # to unpack them takes a second or more
    state = lam.update_function_code(FunctionName=call.name, ZipFile=zipped(files))
    assert state["LastUpdateStatus"] == "InProgress"
    with pytest.raises(ClientError) as error:
        lam.publish_version(FunctionName=call.name)
    assert error.value.response["Error"]["Code"] == "ResourceConflictException"
    assert error.value.response["Error"]["Message"] == (
        "The operation cannot be performed at this time. An update is in progress for resource: "
        f"arn:aws:lambda:us-east-1:000000000000:function:{call.name}"
    )


def test_a_filter_may_have_several_lines(unchecked):
    """`.*` takes it on AWS (recorded by LocalStack 4.9.2's tests, cloudformation/resources/test_lambda, 2024)."""
    with pytest.raises(ClientError) as error:
        unchecked("lambda").create_event_source_mapping(
            FunctionName="none-such",
            EventSourceArn="arn:aws:sqs:us-east-1:000000000000:none-such",
            FilterCriteria={"Filters": [{"Pattern": '{"body":\n {"a": [1]}}'}]},
        )
    assert error.value.response["Error"]["Code"] != "ValidationException"
