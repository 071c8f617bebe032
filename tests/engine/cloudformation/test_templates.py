"""Templates: what is none, what is told of one, and what of it is made. Sources as in helpers/engine/cloudformation."""

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from template_kit import body

QUEUE = {"Type": "AWS::SQS::Queue"}
SERVERLESS = "AWS::Serverless-2016-10-31"


def queue(**properties):
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def one(**sections):
    return {"Resources": {"A": QUEUE}, **sections}


FORMAT = "Template format error: "


@pytest.mark.parametrize(
    ("template", "why"),
    [
        (
            {"Resources": {"A": {**QUEUE, "DeletionPolicy": "Keep"}}},
            f"{FORMAT}Unrecognized DeletionPolicy Keep for resource A",
        ),
        (one(AWSTemplateFormatVersion="2011"), f"{FORMAT}2011 is not a supported value for AWSTemplateFormatVersion."),
        (one(Parameters={"P": {}}), f"{FORMAT}Every Parameters object must contain a Type member."),
        (
            one(Outputs={"O": {"Value": ["a"]}}),
            f"{FORMAT}The Value field of every Outputs member must evaluate to a String and not a List.",
        ),
        (
            one(Conditions={"C": {"Fn::Equals": ["a"]}}),
            "Template error: every Fn::Equals object requires a list of 2 string parameters.",
        ),
        (
            {"Resources": {"A": queue(DelaySeconds={"Fn::FindInMap": ["M", "a", "b"]})}},
            "Template error: Mapping named 'M' is not present in the 'Mappings' section of template.",
        ),
        (
            {"Resources": {"A": queue(VisibilityTimeout="{{resolve:ssm-secure:/p}}")}},
            "SSM Secure reference is not supported in: [AWS::SQS::Queue/Properties/VisibilityTimeout]",
        ),
        (
            one(Parameters={"P": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/none/here"}}),
            "Unable to fetch parameters [/none/here] from parameter store for this account.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused(stacks, template, why):
    with pytest.raises(ClientError) as refused:
        stacks.api.create_stack(StackName=stacks.name(), TemplateBody=body(template))
    assert refused.value.response["Error"] == {"Type": "Sender", "Code": "ValidationError", "Message": why}


def test_a_function_that_there_is_not_is_refused(stacks):
    with pytest.raises(ClientError, match="Encountered unsupported function: Fn::Nope Supported functions are: "):
        stacks.api.create_stack(
            StackName=stacks.name(), TemplateBody=body({"Resources": {"A": queue(DelaySeconds={"Fn::Nope": 1})}})
        )


def test_an_attribute_in_one_text_is_updated_and_literals_stay(stacks):
    """`"Fn::GetAtt": "A.Arn"` in JSON was an internal error of every update."""
    outputs = {
        "Arn": {"Value": {"Fn::GetAtt": "A.Arn"}},
        "Text": {"Value": {"Fn::Sub": ["${x} ${!x} ${AWS::Region}", {"x": "1"}]}},
    }
    name = stacks.name()
    stacks.create({"Resources": {"A": QUEUE}, "Outputs": outputs}, name)
    changed = {"Resources": {"A": queue(DelaySeconds=3)}, "Outputs": outputs}
    assert stacks.update(name, changed)["StackStatus"] == "UPDATE_COMPLETE"
    assert stacks.outputs(name)["Text"] == "1 ${x} us-east-1"
    assert ("A", "CREATE_IN_PROGRESS", "Resource creation Initiated") in stacks.events(name)


def test_a_transform_that_fails_leaves_a_stack_that_stands(stacks):
    name = stacks.name()
    stacks.create(one(), name)
    function = {"Type": "AWS::Serverless::Function", "Properties": {"Nope": 1}}
    broken = {"Transform": SERVERLESS, "Resources": {"A": QUEUE, "F": function}}
    stacks.api.create_change_set(
        StackName=name, ChangeSetName="c", TemplateBody=body(broken), Capabilities=["CAPABILITY_IAM"]
    )
    told = stacks.api.describe_change_set(StackName=name, ChangeSetName="c")
    assert told["Status"] == "FAILED"
    start = f"Transform {SERVERLESS} failed with: Invalid Serverless Application Specification document. "
    assert told["StatusReason"].startswith(f"{start}Number of errors found: 1. Resource with id [F] is invalid.")
    assert stacks.describe(name)["StackStatus"] == "CREATE_COMPLETE"
    assert stacks.update(name, broken)["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert stacks.update(name, {"Resources": {"A": queue(DelaySeconds=1)}})["StackStatus"] == "UPDATE_COMPLETE"


def test_a_change_set_tells_which_properties_change_and_no_secret(stacks, client):
    secret = f"s-{uuid.uuid4().hex[:8]}"
    client("secretsmanager").create_secret(Name=secret, SecretString="hidden")
    name = stacks.name()
    stacks.create(one(), name)
    reference = f"{{{{resolve:secretsmanager:{secret}}}}}"
    changed = {"Resources": {"A": queue(QueueName=reference, DelaySeconds=1)}}
    stacks.api.create_change_set(StackName=name, ChangeSetName="c", TemplateBody=body(changed))
    told = stacks.api.describe_change_set(StackName=name, ChangeSetName="c", IncludePropertyValues=True)
    assert "hidden" not in json.dumps(told, default=str)
    change = told["Changes"][0]["ResourceChange"]
    found = {one["Target"]["Name"]: one["Target"]["RequiresRecreation"] for one in change["Details"]}
    assert (change["Scope"], found) == (["Properties"], {"QueueName": "Always", "DelaySeconds": "Never"})


def test_what_providers_read_over_is_set_or_refused(stacks, client):
    name = stacks.name()
    rules = [{"Id": "a", "Status": "Enabled", "ExpirationInDays": 3}]
    group = {"Type": "AWS::Logs::LogGroup"}
    metric = {"MetricName": "m", "MetricNamespace": "n", "MetricValue": "1"}
    counted = {"LogGroupName": {"Ref": "G"}, "FilterPattern": "ERROR", "MetricTransformations": [metric]}
    stacks.create(
        {
            "Resources": {
                "B": {"Type": "AWS::S3::Bucket", "Properties": {"LifecycleConfiguration": {"Rules": rules}}},
                "G": group,
                "M": {"Type": "AWS::Logs::MetricFilter", "Properties": counted},
                "D": {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": '{"widgets": []}'}},
            },
            "Outputs": {one: {"Value": {"Ref": one}} for one in "BGD"},
        },
        name,
    )
    made = stacks.outputs(name)
    kept = client("s3").get_bucket_lifecycle_configuration(Bucket=made["B"])["Rules"][0]
    assert (kept["ID"], kept["Expiration"]) == ("a", {"Days": 3})
    assert client("logs").describe_metric_filters(logGroupName=made["G"])["metricFilters"]
    assert client("cloudwatch").get_dashboard(DashboardName=made["D"])["DashboardBody"]

    other = stacks.name()
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"LoggingConfiguration": {}}}
    assert stacks.create({"Resources": {"B": bucket}}, other)["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "does not know the property LoggingConfiguration" in stacks.failures(other)[0][2]


def test_a_bucket_with_objects_is_not_deleted(stacks, client):
    name = stacks.name()
    stacks.create({"Resources": {"B": {"Type": "AWS::S3::Bucket"}}, "Outputs": {"B": {"Value": {"Ref": "B"}}}}, name)
    bucket = stacks.outputs(name)["B"]
    client("s3").put_object(Bucket=bucket, Key="k", Body=b"")
    assert stacks.delete(name)["StackStatus"] == "DELETE_FAILED"
    assert "The bucket you tried to delete is not empty" in stacks.failures(name)[0][2]
    client("s3").delete_object(Bucket=bucket, Key="k")
    assert stacks.delete(name)["StackStatus"] == "DELETE_COMPLETE"


def test_a_mapping_is_looked_up_by_a_parameter_when_a_stack_is_updated(stacks, client):
    """CloudFormation User Guide, "Fn::FindInMap" (2026-11), whose example has `!Ref AWS::Region` for a key."""

    def update(seconds, stage):
        found = {"Fn::FindInMap": ["Stages", {"Ref": "Stage"}, "Delay"]}
        template = {
            "Parameters": {"Stage": {"Type": "String"}},
            "Mappings": {"Stages": {"test": {"Delay": seconds}, "prod": {"Delay": 60}}},
            "Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": found}}},
            "Outputs": {"Q": {"Value": {"Ref": "Q"}}, "Sum": {"Value": f"{seconds} {stage}"}},
        }
        settle = stacks.update if stacks.made else stacks.create
        given = {"Parameters": [{"ParameterKey": "Stage", "ParameterValue": stage}]}
        stack = settle(stacks.made[0], template, **given) if stacks.made else settle(template, **given)
        queue = stacks.outputs(stack["StackName"])["Q"]
        asked = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["DelaySeconds"])
        return stack["StackStatus"], asked["Attributes"]["DelaySeconds"]

    assert update(10, "test") == ("CREATE_COMPLETE", "10")
    assert update(20, "test") == ("UPDATE_COMPLETE", "20")
    assert update(30, "prod") == ("UPDATE_COMPLETE", "60")
