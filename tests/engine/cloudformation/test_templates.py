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
JOIN = (  # recorded on AWS by LocalStack 4.9.2's test_change_set_fn_join (2025), as SELECT by test_change_set_fn_select
    "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings "
    "to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
)
SELECT = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list"
X = {"X": {"Type": "String", "Default": "b"}}
IS_A = {"Fn::Equals": [{"Ref": "X"}, "a"]}
UNMADE = {
    "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
    "Resources": {"A": QUEUE, "B": {**QUEUE, "Condition": "Never"}},
}


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
        (one(Description="d" * 1025), f"{FORMAT}'Description' length is greater than 1024."),
        (
            one(Conditions={"C": {"Fn::And": [{"Fn::Equals": ["a", "b"]}]}}),
            "Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.",
        ),
        ({"Resources": {"A": queue(QueueName={"Fn::Join": ["-"]})}}, JOIN),
        (one(Outputs={"O": {"Value": {"Fn::Select": ["5", ["a"]]}}}), SELECT),
        (
            one(Conditions={"C": {"Fn::Equals": [{"Ref": "A"}, "b"]}}),
            f"{FORMAT}Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template",
        ),
        (
            one(Conditions={"C": {"Condition": "D"}, "D": {"Fn::Not": [{"Condition": "C"}]}}),
            "Template error: Found circular condition dependency: [C, D]",
        ),
        (
            {"Resources": {"A": queue(DelaySeconds={"Fn::If": ["Nope", 1, 2]})}},
            f"{FORMAT}Unresolved condition dependency Nope in the Resources block of the template",
        ),
        (
            {**UNMADE, "Outputs": {"O": {"Value": {"Ref": "B"}}}},
            "Unresolved resource dependencies [B] in the Outputs block of the template",
        ),
        (
            {**UNMADE, "Resources": {**UNMADE["Resources"], "C": queue(QueueName={"Fn::Sub": "${B.QueueName}-2"})}},
            f"{FORMAT}Unresolved resource dependencies [B] in the Resources block of the template",
        ),
        (
            one(Parameters=X, Rules={"R": {"Assertions": [{"Assert": IS_A, "AssertDescription": "X has to be a"}]}}),
            "Template validation error: Rule R failed: X has to be a",
        ),
        (
            one(
                Parameters=X,
                Rules={
                    "R": {
                        "RuleCondition": {"Fn::Not": [IS_A]},
                        "Assertions": [{"Assert": {"Fn::Contains": [["b", "c"], {"Ref": "X"}]}}, {"Assert": IS_A}],
                    }
                },
            ),
            "Template validation error: Rule R failed: an assertion is false",
        ),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused(stacks, template, why):
    with pytest.raises(ClientError) as refused:
        stacks.api.create_stack(StackName=stacks.name(), TemplateBody=body(template))
    assert refused.value.response["Error"] == {"Type": "Sender", "Code": "ValidationError", "Message": why}


def test_what_no_condition_asks_for_is_not_needed(stacks):
    """Fn::If, DependsOn and what is not made itself may name a resource that is not made; a rule may hold."""
    template = {
        **UNMADE,
        "Parameters": X,
        "Rules": {"R": {"RuleCondition": IS_A, "Assertions": [{"Assert": {"Fn::Not": [IS_A]}}]}},
        "Outputs": {
            "B": {"Condition": "Never", "Value": {"Ref": "B"}},
            "C": {"Value": {"Fn::If": ["Never", {"Ref": "B"}, "none"]}},
        },
    }
    for part in ({"Fn::GetAtt": ["B", "Arn"]}, {"Fn::Sub": "${B.QueueName}-${B}"}, {"Ref": "B"}):
        name = f"D{len(template['Resources'])}"
        template["Resources"][name] = {**queue(QueueName=part), "Condition": "Never"}
    template["Resources"]["C"] = {**queue(DelaySeconds={"Fn::If": ["Never", {"Ref": "B"}, 1]}), "DependsOn": "B"}
    stack = stacks.create(template)
    assert (stack["StackStatus"], stacks.outputs(stack["StackName"])) == ("CREATE_COMPLETE", {"C": "none"})


@pytest.mark.parametrize(
    ("kind", "properties", "why"),
    [
        # aws-samples/iam-identity-center-team#157 (2024)
        ("AWS::S3::Bucket", "BucketName", "{name} already exists (Service: S3, Status Code: 0, Request ID: null)"),
        ("AWS::SQS::Queue", "QueueName", "Resource of type '{kind}' with identifier '{name}' already exists."),
        ("AWS::SNS::Topic", "TopicName", "Resource of type '{kind}' with identifier '{name}' already exists."),
        ("AWS::CloudWatch::Alarm", "AlarmName", "Resource of type '{kind}' with identifier '{name}' already exists."),
        ("AWS::Events::Rule", "Name", "Resource of type '{kind}' with identifier '{name}' already exists."),
    ],
)
def test_a_second_stack_takes_nothing_over(stacks, kind, properties, why):
    name = f"n-{uuid.uuid4().hex[:8]}"
    more = {
        "AWS::CloudWatch::Alarm": {
            "ComparisonOperator": "GreaterThanThreshold",
            "EvaluationPeriods": 1,
            "MetricName": "m",
            "Namespace": "n",
            "Period": 60,
            "Statistic": "Sum",
            "Threshold": 1,
        },
        "AWS::Events::Rule": {"ScheduleExpression": "rate(1 day)"},
    }
    template = {"Resources": {"A": {"Type": kind, "Properties": {properties: name, **more.get(kind, {})}}}}
    assert stacks.create(template)["StackStatus"] == "CREATE_COMPLETE"
    for _ in range(2):  # the rollback of the first leaves it where it is
        second = stacks.create(template)
        assert second["StackStatus"] == "ROLLBACK_COMPLETE"
        assert why.format(kind=kind, name=name) in stacks.failures(second["StackName"])[0][2]


def test_a_list_is_no_text(stacks):
    parameter = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Fn::Split": [",", "a,b"]}}}
    stack = stacks.create({"Resources": {"P": parameter}})
    assert "#/Value: expected type: String, found: JSONArray" in stacks.failures(stack["StackName"])[0][2]


def test_two_outputs_have_two_export_names(stacks):
    output = {"Value": "v", "Export": {"Name": f"e-{uuid.uuid4().hex[:8]}"}}
    assert stacks.create(one(Outputs={"A": output, "B": output}))["StackStatus"] == "ROLLBACK_COMPLETE"


def test_language_extensions_give_defaults_and_policies(stacks, client):
    """Template Reference, "AWS::LanguageExtensions transform" (2026-11)."""

    def template(key):
        return {
            "Transform": "AWS::LanguageExtensions",
            "Parameters": {"Policy": {"Type": "String", "Default": "Retain"}},
            "Mappings": {"M": {"a": {"b": "found"}}},
            "Resources": {"A": {**QUEUE, "DeletionPolicy": {"Ref": "Policy"}}},
            "Outputs": {"O": {"Value": {"Fn::FindInMap": ["M", key, "b", {"DefaultValue": "default"}]}}},
        }

    name = stacks.name()
    assert stacks.create(template("c"), name)["StackStatus"] == "CREATE_COMPLETE"
    assert stacks.outputs(name) == {"O": "default"}
    assert stacks.update(name, template("a"))["StackStatus"] == "UPDATE_COMPLETE"
    assert stacks.outputs(name) == {"O": "found"}
    queue = stacks.api.describe_stack_resource(StackName=name, LogicalResourceId="A")["StackResourceDetail"]
    stacks.delete(name)
    assert client("sqs").get_queue_attributes(QueueUrl=queue["PhysicalResourceId"])


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
