"""Requests that AWS cannot read, or that lack what they must have, are the caller's mistake: 400, and never 500."""

import json
import urllib.request

import pytest
from botocore.exceptions import ClientError
from kit import refusal

# Service, target or method and path, body, code. Sources: `unreadable`.
UNREADABLE = [
    ("lambda", "POST /2015-03-31/functions", "{nope", "InvalidRequestContentException"),
    ("lambda", "PUT /2015-03-31/functions/f/configuration", '{"Timeout": "abc"}', "InvalidRequestContentException"),
    ("lambda", "PUT /2015-03-31/functions/f/configuration", "[]", "InvalidRequestContentException"),
    ("logs", "Logs_20140328.CreateLogGroup", "{nope", "SerializationException"),
    ("logs", "Logs_20140328.CreateLogGroup", '{"logGroupName": "g", "tags": [1]}', "SerializationException"),
    ("dynamodb", "DynamoDB_20120810.ListTables", "[", "SerializationException"),
]
# Service, operation, what is given, code, message. Sources: `required`.
MISSING = [
    ("logs", "create_log_group", {}, "InvalidParameterException", "logGroupName"),
    ("kinesis", "get_records", {}, "ValidationException", "shardIterator"),
    ("dynamodb", "put_item", {"TableName": "t"}, "ValidationException", "item"),
    ("iam", "get_role", {}, "ValidationError", "roleName"),
    ("sqs", "create_queue", {}, "MissingParameter", "The request must contain the parameter QueueName."),
    ("cloudwatch", "put_metric_data", {}, "MissingParameter", "The parameter Namespace is required."),
]
# As in `required`, but for the scheduler, whose paths cannot be made without.
CHECKED = [
    "cloudformation",
    "cloudwatch",
    "dynamodb",
    "dynamodbstreams",
    "events",
    "firehose",
    "iam",
    "kinesis",
    "logs",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "stepfunctions",
]
UNSENT = ("batch_get_item", "batch_write_item")  # boto3 looks into them to find an endpoint
# Kinesis and SQS API References (2026-11).
MALFORMED = [
    ("kinesis", "get_records", {"ShardIterator": "bad"}, "InvalidArgumentException", "Invalid ShardIterator."),
    (
        "kinesis",
        "describe_stream",
        {"StreamARN": "x"},
        "ValidationException",
        "1 validation error detected: Value 'x' at 'streamARN' failed to satisfy constraint: Member must satisfy "
        r"regular expression pattern: arn:aws.*:kinesis:.*:\d{12}:stream/\S+",
    ),
    (
        "sqs",
        "start_message_move_task",
        {"SourceArn": "x"},
        "InvalidParameterValue",
        "You must use this format to specify the SourceArn: "
        "arn:<partition>:<service>:<region>:<account-id>:<resource-id>",
    ),
    (
        "sqs",
        "get_queue_url",
        {"QueueName": "q", "QueueOwnerAWSAccountId": "x"},
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.",
    ),
]


@pytest.mark.parametrize(("service", "where", "body", "code"), UNREADABLE)
def test_what_cannot_be_read_is_refused(engine, service, where, body, code):
    method, _, path = where.rpartition(" ")
    signed = (
        f"AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
    )
    headers = {"Authorization": signed, "Content-Type": "application/x-amz-json-1.1"}
    if not method:
        method, path, headers["X-Amz-Target"] = "POST", "/", path
    request = urllib.request.Request(engine.endpoint + path, body.encode(), headers, method=method)
    opener = urllib.request.OpenerDirector()  # without what raises for a status
    opener.add_handler(urllib.request.HTTPHandler())
    answer = opener.open(request, timeout=60)
    assert (answer.status, json.load(answer)["__type"]) == (400, code)


@pytest.mark.parametrize(("service", "operation", "given", "code", "message"), MISSING)
def test_who_leaves_out_what_is_required_is_told(unchecked, service, operation, given, code, message):
    if " " not in message:
        where = f"1 validation error detected: Value null at '{message}'"
        message = f"{where} failed to satisfy constraint: Member must not be null"
    assert refusal(getattr(unchecked(service), operation), **given) == (code, message)


def test_a_batch_without_entries_is_an_empty_one(unchecked):
    """LocalStack's `test_send_message_batch_with_empty_list`, as AWS passed it."""
    url = unchecked("sqs").create_queue(QueueName="empty-batch")["QueueUrl"]
    assert refusal(unchecked("sqs").send_message_batch, QueueUrl=url)[0] == "AWS.SimpleQueueService.EmptyBatchRequest"
    unchecked("sqs").delete_queue(QueueUrl=url)


@pytest.mark.parametrize(("service", "operation", "given", "code", "message"), MALFORMED)
def test_what_is_malformed_is_refused(unchecked, service, operation, given, code, message):
    assert refusal(getattr(unchecked(service), operation), **given) == (code, message)


@pytest.mark.parametrize("service", CHECKED)
def test_no_operation_fails_without_what_it_requires(unchecked, service):
    client, wrong = unchecked(service), {}
    for name, operation in client.meta.method_to_api_mapping.items():
        shape = client.meta.service_model.operation_model(operation).input_shape
        if shape and shape.required_members and name not in UNSENT:
            try:  # in a form an empty list looks like none: of that some take an empty one
                getattr(client, name)()
            except ClientError as error:
                if (status := error.response["ResponseMetadata"]["HTTPStatusCode"]) not in (400, 501):
                    wrong[name] = status
    assert wrong == {}
