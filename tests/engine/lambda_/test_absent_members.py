"""Settings that would be accepted without effect are refused, those of this year's AWS Lambda included."""

import pytest
from botocore.exceptions import ClientError
from kit import ROLE, zipped

FUNCTION = {
    "FunctionName": "absent-members",
    "Runtime": "python3.13",
    "Handler": "index.handler",
    "Role": ROLE,
    "Code": {"ZipFile": zipped({"index.py": "def handler(event, context): ..."})},
}
MAPPING = {"FunctionName": "absent-members"}
KAFKA = {"Type": "VPC_SUBNET", "URI": "subnet-1"}

REFUSED = [
    ("create_function", FUNCTION | {"PackageType": "Image"}, "PackageType"),
    ("create_function", FUNCTION | {"Code": {"ImageUri": "image"}}, "Code.ImageUri"),
    ("create_function", FUNCTION | {"ImageConfig": {"Command": ["index.handler"]}}, "ImageConfig"),
    ("create_function", FUNCTION | {"VpcConfig": {"SubnetIds": ["subnet-1"]}}, "VpcConfig.SubnetIds"),
    ("create_function", FUNCTION | {"SnapStart": {"ApplyOn": "PublishedVersions"}}, "SnapStart.ApplyOn"),
    (
        "create_function",
        FUNCTION | {"FileSystemConfigs": [{"Arn": f"arn:aws:elasticfilesystem:us-east-1:{'0' * 12}:access-point/"
                                           f"fsap-{'0' * 17}", "LocalMountPath": "/mnt/a"}]},
        "FileSystemConfigs",
    ),
    ("update_function_configuration", {"FunctionName": "f", "VpcConfig": {"SecurityGroupIds": ["sg-1"]}}, "VpcConfig"),
    ("update_function_code", {"FunctionName": "f", "ImageUri": "image"}, "ImageUri"),
    ("list_functions", {"MasterRegion": "us-east-1"}, "MasterRegion"),
    ("create_event_source_mapping", MAPPING | {"Topics": ["topic"]}, "Topics"),
    ("create_event_source_mapping", MAPPING | {"SourceAccessConfigurations": [KAFKA]}, "SourceAccessConfigurations"),
    ("create_event_source_mapping", MAPPING | {"MetricsConfig": {"Metrics": ["EventCount"]}}, "MetricsConfig.Metrics"),
    # Of November 2025 and later: unknown to LocalStack 4.9.2.
    ("create_function", FUNCTION | {"DurableConfig": {"ExecutionTimeout": 1}}, "DurableConfig"),
    ("update_function_configuration", {"FunctionName": "f", "DurableConfig": {"ExecutionTimeout": 1}}, "DurableConfig"),
    ("publish_version", {"FunctionName": "f", "PublishTo": "LATEST_PUBLISHED"}, "PublishTo"),
    ("invoke", {"FunctionName": "f", "DurableExecutionName": "d"}, "DurableExecutionName"),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "request_", "member"), REFUSED, ids=[f"{row[0]}-{row[2]}" for row in REFUSED])
def test_a_setting_without_effect_here_is_refused_in_one_sentence(client, operation, request_, member):
    with pytest.raises(ClientError) as error:
        getattr(client("lambda"), operation)(**request_)
    answer = error.value.response["Error"]
    assert answer["Code"] == "NotImplemented"
    assert answer["Message"].startswith(member) and "is not part of this engine: " in answer["Message"]


@pytest.mark.parametrize(
    "configuration",
    [{"PackageType": "Zip"}, {"VpcConfig": {"SubnetIds": []}}, {"SnapStart": {"ApplyOn": "None"}}],
    ids=["Zip", "no VPC", "no SnapStart"],
)
def test_the_same_setting_with_the_value_that_is_here_is_accepted(client, configuration):
    lam = client("lambda")
    lam.create_function(**FUNCTION | configuration)
    lam.delete_function(FunctionName=FUNCTION["FunctionName"])
