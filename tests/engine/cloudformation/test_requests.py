"""What CloudFormation refuses, and what its change sets say: its User Guide (2026-11) where nothing else is named."""

import json
import uuid

import pytest
from botocore.exceptions import ClientError
from template_kit import body

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}  # fmt: skip
QUEUE = {"Type": "AWS::SQS::Queue"}
SERVERLESS = "AWS::Serverless-2016-10-31"
INLINE = {"Type": "AWS::Serverless::Function", "Properties": {
    "Runtime": "python3.13", "Handler": "index.handler", "InlineCode": "def handler(e, c): return 1"}}  # fmt: skip


def role(**properties):
    return {
        "Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST, **properties}}}
    }


def one(**resource):
    return {"Resources": {"A": QUEUE | resource}}


def parameter(**declaration):
    return {"Parameters": {"P": {"Type": "String", **declaration}}, **one()}


# "Acknowledging IAM resources"; of transforms LocalStack 4.9.2's tests (test_template_engine, recorded on AWS in 2024).
@pytest.mark.parametrize(
    ("template", "given", "lacks"),
    [
        (role(), [], "CAPABILITY_IAM"),
        (role(RoleName="named"), ["CAPABILITY_IAM"], "CAPABILITY_NAMED_IAM"),
        ({"Transform": SERVERLESS, "Resources": {"F": INLINE}}, ["CAPABILITY_IAM"], "CAPABILITY_AUTO_EXPAND"),
        ({"Transform": SERVERLESS, "Resources": {"F": INLINE}}, ["CAPABILITY_AUTO_EXPAND"], "CAPABILITY_IAM"),
    ],
)
def test_capabilities_are_asked_for(stacks, template, given, lacks):
    with pytest.raises(ClientError) as error:
        stacks.api.create_stack(StackName=stacks.name(), TemplateBody=body(template), Capabilities=given)
    said = error.value.response["Error"]
    assert (said["Code"], said["Message"]) == (
        "InsufficientCapabilitiesException",
        f"Requires capabilities : [{lacks}]",
    )
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_a_change_set_of_a_transformed_template_fails_without_its_capability(stacks):
    # aws-samples/serverless-patterns#644 (2022)
    name, template = stacks.name(), body({"Transform": SERVERLESS, "Resources": {"F": INLINE}})
    stacks.api.create_change_set(StackName=name, ChangeSetName="c", ChangeSetType="CREATE", TemplateBody=template)
    found = stacks.api.describe_change_set(StackName=name, ChangeSetName="c")
    assert (found["Status"], found["StatusReason"]) == ("FAILED", "Requires capabilities : [CAPABILITY_IAM]")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        # LocalStack 4.9.2's tests, recorded on AWS: api/test_{validations,templates,stacks} (2024, 2025)
        ({"Description": "d"}, "Template format error: At least one Resources member must be defined."),
        ({"Resources": {"A": {}}},
         "Template format error: [/Resources/A] Every Resources object must contain a Type member."),
        ({"Resources": {"A": "x"}}, "Template format error: Any Resources member must be an object."),
        (one(Invalid=1), "Invalid template resource property 'Invalid'"),
        (one() | {"Outputs": {"O": {}}}, "Template format error: Every Outputs member must contain a Value object"),
        (one() | {"Outputs": {"O": {"Value": None}}}, "[/Outputs/O/Value] 'null' values are not allowed in templates"),
        ('{"Resources": ', "Template format error: JSON not well-formed. (line 1, column 15)"),
        # engine/test_references, engine/test_conditions
        (one(DependsOn="No"),
         "Template format error: Unresolved resource dependencies [No] in the Resources block of the template"),
        (one() | {"Outputs": {"O": {"Value": {"Ref": "No"}}}},
         "Unresolved resource dependencies [No] in the Outputs block of the template"),
        (one(Properties={"QueueName": {"Fn::Sub": "${No.Arn}-${AWS::Region}-${!A}"}}),
         "Template format error: Unresolved resource dependencies [No] in the Resources block of the template"),
        # aws-amplify/amplify-cli#1192 (2019)
        ({"Resources": {"A": QUEUE | {"DependsOn": "B"}, "B": QUEUE | {"DependsOn": ["A"]}}},
         "Circular dependency between resources: [A, B]"),
        # serverless/serverless#8580 (2020)
        (one(Type="AWS::Lambda::Functon"),
         "Template format error: Unrecognized resource types: [AWS::Lambda::Functon]"),
        (one(Type="Foo::Bar::Baz"), "Template format error: Unrecognized resource types: [Foo::Bar::Baz]"),
        (one(Type="AWS::CodeDeploy::Application"),
         "This engine cannot make resources of these types of AWS: AWS::CodeDeploy::Application."),
        # openedx-unsupported/configuration#1993 (2015), aws-quickstart/quickstart-pivotal-cloudfoundry#9 (2017)
        (parameter(), "Parameters: [P] must have values"),
        (parameter(Default="x", AllowedPattern="[0-9]+"), "Parameter 'P' must match pattern [0-9]+"),
        (parameter(Default="x", AllowedValues=["a"]), "Parameter 'P' must be one of AllowedValues"),
        (parameter(Default="x", MinLength=2), "Parameter 'P' must contain at least 2 characters"),
        (parameter(Type="Number", Default="x"), "Parameter 'P' must be a number"),
        (parameter(Type="Number", Default="9", MaxValue=5), "Parameter 'P' must be a number not greater than 5"),
        (parameter(Type="Strin", Default="9"), "Template format error: Unrecognized parameter type: Strin"),
        (parameter(Default="x", AllowedValues=["a"], ConstraintDescription="say a"),
         "Parameter 'P' failed to satisfy constraint: say a"),
    ],
)  # fmt: skip
def test_what_is_no_template_or_cannot_be_made_is_refused(stacks, template, message):
    with pytest.raises(ClientError) as error:
        stacks.api.create_stack(StackName=stacks.name(), TemplateBody=body(template))
    said = error.value.response["Error"]
    assert (said["Code"], said["Message"]) == ("ValidationError", message)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"NotificationARNs": ["arn:aws:sns:us-east-1:000000000000:t"]}, "sends no stack events to SNS topics"),
        ({"StackPolicyBody": "{}"}, "enforces no stack policies"),
        ({"Parameters": [{"ParameterKey": "No", "ParameterValue": "x"}]},
         "Parameters: [No] do not exist in the template"),
        # LocalStack 4.9.2's tests, recorded on AWS: api/test_update_stack (2024)
        ({"ResourceTypes": ["AWS::EC2::*"]},
         "Resource type AWS::SQS::Queue is not allowed by parameter ResourceTypes [AWS::EC2::*]"),
    ],
)  # fmt: skip
def test_an_option_without_effect_here_is_refused(stacks, options, message):
    with pytest.raises(ClientError) as error:
        stacks.api.create_stack(StackName=stacks.name(), TemplateBody=body(one()), **options)
    assert message in error.value.response["Error"]["Message"]


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        # aws/aws-cdk#13347 (2021)
        (QUEUE | {"Properties": {"Foo": 1}}, "[#: extraneous key [Foo] is not permitted]"),
        (
            {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE"}},
            "[#: required key [TargetFunctionArn] not found]",
        ),
        # LocalStack 4.9.2's tests, recorded on AWS: engine/test_attributes (2024)
        (QUEUE | {"Metadata": "out"}, "Resource type AWS::SQS::Queue does not support attribute {No}."),
    ],
)
def test_what_is_no_property_or_attribute_fails_the_stack(stacks, resource, reason):
    template = {"Resources": {"A": resource}}
    if resource.get("Metadata"):
        template["Outputs"] = {"O": {"Value": {"Fn::GetAtt": ["A", "No"]}}}
    stack = stacks.create(template)
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert any(reason in (why or "") for *_, why in stacks.events(stack["StackName"]))


def test_a_change_set_tells_what_will_happen_and_makes_it_happen(client, stacks):
    name, prefix = stacks.name(), f"q-{uuid.uuid4().hex[:8]}"

    def change(template, **options):
        made = stacks.api.create_change_set(StackName=name, ChangeSetName=f"c-{uuid.uuid4().hex[:6]}",
                                            TemplateBody=body({"Resources": template}), **options)["Id"]  # fmt: skip
        found = stacks.api.describe_change_set(ChangeSetName=made)
        told = [c["ResourceChange"] for c in found["Changes"]]
        return made, found, sorted((c["LogicalResourceId"], c["Action"], c.get("Replacement")) for c in told)

    def queue(**properties):
        return QUEUE | ({"Properties": properties} if properties else {})

    made, _, told = change(
        {"Plain": queue(), "Named": queue(QueueName=f"{prefix}-1"), "Gone": queue()}, ChangeSetType="CREATE"
    )
    assert told == [("Gone", "Add", None), ("Named", "Add", None), ("Plain", "Add", None)]
    assert stacks.describe(name)["StackStatus"] == "REVIEW_IN_PROGRESS"
    stacks.api.execute_change_set(ChangeSetName=made)
    assert stacks.settled(name)["StackStatus"] == "CREATE_COMPLETE"
    made, _, told = change({"Plain": queue(DelaySeconds=5), "Named": queue(QueueName=f"{prefix}-2"), "New": queue()})
    assert told == [
        ("Gone", "Remove", None),
        ("Named", "Modify", "True"),
        ("New", "Add", None),
        ("Plain", "Modify", "False"),
    ]
    stacks.api.execute_change_set(ChangeSetName=made)
    assert stacks.settled(name)["StackStatus"] == "UPDATE_COMPLETE"
    urls = client("sqs").list_queues(QueueNamePrefix=prefix)["QueueUrls"]
    assert [url.rpartition("/")[2] for url in urls] == [f"{prefix}-2"]
    # LocalStack 4.9.2's tests, recorded on AWS: api/test_changesets, api/test_update_stack (2024)
    _, empty, _ = change({"Plain": queue(DelaySeconds=5), "Named": queue(QueueName=f"{prefix}-2"), "New": queue()})
    assert (empty["Status"], empty["ExecutionStatus"]) == ("FAILED", "UNAVAILABLE")
    no_changes = (
        "The submitted information didn't contain changes. Submit different information to create a change set."
    )
    assert empty["StatusReason"] == no_changes
    with pytest.raises(ClientError, match="No updates are to be performed"):
        stacks.api.update_stack(StackName=name, UsePreviousTemplate=True)


def test_a_change_set_keeps_its_name(stacks):
    """aws-actions/aws-cloudformation-github-deploy#122 (2024); the same request again is the same change set."""
    name = stacks.name()
    stacks.create(one(), name)

    def change(seconds):
        template = body(one(Properties={"DelaySeconds": seconds}))
        return stacks.api.create_change_set(StackName=name, ChangeSetName="c", TemplateBody=template)["Id"]

    first = change(1)
    assert change(1) == first
    with pytest.raises(stacks.api.exceptions.AlreadyExistsException) as refused:
        change(2)
    message = "ChangeSet c cannot be created due to a mismatch with existing attribute Template"
    assert refused.value.response["Error"]["Message"] == message
    stacks.api.execute_change_set(ChangeSetName=first)
    stacks.settled(name)
    assert change(2) != first
    assert stacks.api.describe_change_set(StackName=name, ChangeSetName="c")["ExecutionStatus"] == "AVAILABLE"


def test_what_a_template_needs_is_told(stacks):
    found = stacks.api.validate_template(TemplateBody=json.dumps(role(RoleName="n") | {"Description": "d"}))
    assert (found["Capabilities"], found["Description"]) == (["CAPABILITY_NAMED_IAM"], "d")
    assert found["CapabilitiesReason"] == "The following resource(s) require capabilities: [AWS::IAM::Role]"
