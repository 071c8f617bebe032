"""Members of requests that AWS's SDK knows and LocalStack 4.9.2 does not: nothing is done as if they were not there.

botocore's service models of November 2026, beside those that LocalStack was released with.
"""

import json

import botocore
import pytest
from kit import refusal

ALLOW = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
STREAM = {"StreamName": "s"}
POLICIES = {"PolicyInputList": [json.dumps(ALLOW)], "ActionNames": ["s3:GetObject"]}
STACK = {"StackName": "s", "TemplateBody": "{}"}
TABLE = {
    "TableName": "table",
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
}
SHARD = {
    "StreamArn": "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-11-30T00:00:00.000",
    "ShardId": "s" * 28,
}
SCHEDULE = {"Name": "s", "ScheduleExpression": "rate(1 minute)", "FlexibleTimeWindow": {"Mode": "OFF"}}
TARGET = {
    "Arn": "arn:aws:events:us-east-1:000000000000:event-bus/default",
    "RoleArn": "arn:aws:iam::000000000000:role/r",
}
OBJECT = {"Bucket": "bucket", "Key": "key"}
ROWS = [
    ("apigateway", "CreateRestApi", {"name": "n"}, "securityPolicy", "SecurityPolicy_TLS13_1_3_2025_09"),
    ("cloudformation", "CreateChangeSet", STACK | {"ChangeSetName": "c"}, "DeploymentMode", "REVERT_DRIFT"),
    ("cloudformation", "CreateStack", STACK, "DisableValidation", True),
    ("cloudwatch", "PutDashboard", {"DashboardName": "d", "DashboardBody": "{}"}, "Tags", [{"Key": "k", "Value": "v"}]),
    ("dynamodb", "CreateTable", TABLE, "GlobalTableSettingsReplicationMode", "ENABLED"),
    ("dynamodbstreams", "GetShardIterator", SHARD | {"ShardIteratorType": "AT_TIMESTAMP"}, "Timestamp", 1),
    ("kinesis", "CreateStream", STREAM, "MaxRecordSizeInKiB", 2048),
    ("kinesis", "PutRecord", STREAM | {"Data": b"d", "PartitionKey": "k"}, "DryRun", True),
    ("scheduler", "CreateSchedule", SCHEDULE, "Target", TARGET | {"EventBridgePutRawEventsParameters": {}}),
    ("secretsmanager", "CreateSecret", {"Name": "n"}, "Type", "t"),
    ("stepfunctions", "TestState", {"definition": "{}"}, "stateName", "s"),
    (
        "iam",
        "SimulateCustomPolicy",
        POLICIES,
        "OrderedOrganizationPolicyInputList",
        [{"ServiceControlPolicyInputList": ["{}"]}],
    ),
    ("s3", "PutObject", OBJECT, "ChecksumSHA512", "c"),
    ("s3", "CopyObject", OBJECT | {"CopySource": "bucket/other"}, "IfNoneMatch", "*"),
]
WRITTEN = {
    "Target": "Target.EventBridgePutRawEventsParameters",
    "ChecksumSHA512": "x-amz-checksum-sha512",
    "IfNoneMatch": "If-None-Match",
}


@pytest.mark.parametrize(("service", "operation", "request_", "member", "value"), ROWS, ids=[row[3] for row in ROWS])
def test_what_is_newer_than_localstack_is_refused(unchecked, service, operation, request_, member, value):
    code, message = refusal(getattr(unchecked(service), botocore.xform_name(operation)), **request_, **{member: value})

    assert code == "NotImplemented", message
    assert message.lower().startswith(f"{WRITTEN.get(member, member)} of {operation} (".lower())
    assert message.endswith("is not part of this engine: it is newer than October 2025, or not AWS's.")
