"""What this engine has not is refused in one sentence of ours, with a code that SDKs do not retry."""

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from kit import secret

# What is asked for, and how the answer begins.
ABSENT = [
    ("xray", "get_service_graph", {"StartTime": 0, "EndTime": 1}, "GetServiceGraph (AWS X-Ray) is not"),
    ("cognito-idp", "list_user_pools", {"MaxResults": 5}, "ListUserPools (Amazon Cognito Identity Provider) is not"),
    ("rds", "describe_db_instances", {}, "DescribeDBInstances (Amazon Relational Database Service) is not"),
    ("efs", "describe_file_systems", {}, "DescribeFileSystems (Amazon Elastic File System) is not"),
    ("bedrock", "list_foundation_models", {}, "ListFoundationModels (Amazon Bedrock) is not"),
    ("logs", "start_live_tail", {"logGroupIdentifiers": ["g"]}, "StartLiveTail (Amazon CloudWatch Logs) is not"),
    # Of November 2025, and so unknown to LocalStack 4.9.2.
    (
        "lambda",
        "put_function_scaling_config",
        {"FunctionName": "f", "Qualifier": "1"},
        "This engine knows no such operation of AWS Lambda (PUT /2025-11-30/functions/f/function-scaling-config)",
    ),
    (
        "logs",
        "list_scheduled_queries",
        {},
        "This engine knows no such operation of Amazon CloudWatch Logs (ListScheduled",
    ),
    ("cloudwatch", "list_alarm_mute_rules", {}, "This engine knows no such operation of Amazon CloudWatch ("),
    ("resourcegroupstaggingapi", "get_resources", {}, "GetResources (AWS Resource Groups Tagging API) is not"),
    ("cloudformation", "create_stack_set", {"StackSetName": "s"}, "CreateStackSet (AWS CloudFormation) is not"),
    ("opensearch", "create_domain", {"DomainName": "abcd"}, "CreateDomain (Amazon OpenSearch Service) is not"),
    ("transcribe", "start_transcription_job", {"TranscriptionJobName": "j", "Media": {}}, "StartTranscriptionJob ("),
]


@pytest.mark.parametrize(("service", "operation", "request_", "begins"), ABSENT, ids=[row[0] for row in ABSENT])
def test_what_is_not_here_is_refused_in_one_sentence(engine, service, operation, request_, begins):
    absent = boto3.client(
        service,
        endpoint_url=engine.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key=secret(engine),
        config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
    )
    with pytest.raises(ClientError) as error:
        getattr(absent, operation)(**request_)
    answer = error.value.response
    assert answer["Error"]["Code"] == "NotImplemented"
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 501
    message = answer["Error"]["Message"]
    assert message.startswith(begins)
    assert message.endswith(".") and "\n" not in message
    assert "license" not in message and "localstack.cloud" not in message
