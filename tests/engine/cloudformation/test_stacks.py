"""Stacks: what becomes of them, by CloudFormation's User Guide (2026-11) where no other source is named."""

import json
import uuid

import pytest
from authorization_kit import allow, document, refused, statement
from botocore.exceptions import ClientError
from kit import ROLE

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}  # fmt: skip


def queue(**properties):
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def broken(**more):
    """A permission for a function that is not there."""
    properties = {"FunctionName": "none-such", "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com"}
    return {"Type": "AWS::Lambda::Permission", "Properties": properties, **more}


def of(**resources):
    return {"Resources": resources}


def queues(client, name):
    return [url.rpartition("/")[2] for url in client("sqs").list_queues(QueueNamePrefix=name).get("QueueUrls", [])]


@pytest.fixture
def prefix():
    return f"q-{uuid.uuid4().hex[:8]}"


# "Stack failure options": rolling back is what happens without one.
@pytest.mark.parametrize(
    ("options", "status", "left"),
    [
        ({}, "ROLLBACK_COMPLETE", False),
        ({"OnFailure": "ROLLBACK"}, "ROLLBACK_COMPLETE", False),
        ({"OnFailure": "DELETE"}, "DELETE_COMPLETE", False),
        ({"OnFailure": "DO_NOTHING"}, "CREATE_FAILED", True),
        ({"DisableRollback": True}, "CREATE_FAILED", True),
    ],
)
def test_a_creation_that_fails_ends_as_was_asked(client, stacks, prefix, options, status, left):
    name = stacks.name()
    template = of(Q=queue(QueueName=prefix), Bad=broken(DependsOn="Q"))
    stack = stacks.api.create_stack(
        StackName=name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"], **options
    )["StackId"]
    settled = stacks.settled(stack)
    assert settled["StackStatus"] == status
    assert (queues(client, prefix) == [prefix]) is left
    events = stacks.events(stack)
    assert ("Q", "CREATE_COMPLETE", None) in events
    reason = next(why for name, status, why in events if (name, status) == ("Bad", "CREATE_FAILED"))
    assert reason.startswith('Resource handler returned message: "Function not found: ')
    assert reason.endswith("HandlerErrorCode: NotFound)")
    assert any(why and why.startswith("The following resource(s) failed to create: [Bad].") for *_, why in events)
    if not left:
        assert ("Q", "DELETE_COMPLETE", None) in events


def test_an_update_that_fails_is_rolled_back_to_what_was_before(client, stacks, prefix):
    before = of(Same=queue(QueueName=f"{prefix}-same", DelaySeconds=1), Gone=queue(QueueName=f"{prefix}-gone"))
    name = stacks.create(before)["StackName"]
    after = of(Same=queue(QueueName=f"{prefix}-same", DelaySeconds=7), New=queue(QueueName=f"{prefix}-new"),
               Bad=broken(DependsOn=["Same", "New"]))  # fmt: skip
    stack = stacks.update(name, after)
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert sorted(queues(client, prefix)) == [f"{prefix}-gone", f"{prefix}-same"]
    url = client("sqs").get_queue_url(QueueName=f"{prefix}-same")["QueueUrl"]
    attributes = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["DelaySeconds"])["Attributes"]
    assert attributes == {"DelaySeconds": "1"}
    statuses = [status for what, status, _ in stacks.events(name) if what == name]
    assert statuses[2:] == ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS",
                            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"]  # fmt: skip
    listed = stacks.api.list_stack_resources(StackName=name)["StackResourceSummaries"]
    assert {r["LogicalResourceId"] for r in listed} == {"Same", "Gone"}  # fmt: skip
    again = stacks.update(name, of(Same=queue(QueueName=f"{prefix}-same", DelaySeconds=9)))
    assert again["StackStatus"] == "UPDATE_COMPLETE"
    assert queues(client, prefix) == [f"{prefix}-same"]


def test_an_update_that_fails_stays_as_it_is_without_rollback(client, stacks, prefix):
    name = stacks.create(of(Q=queue(QueueName=prefix)))["StackName"]
    stack = stacks.update(name, of(Q=queue(QueueName=prefix), N=queue(QueueName=f"{prefix}-n"),
                                   Bad=broken(DependsOn="N")), DisableRollback=True)  # fmt: skip
    assert (stack["StackStatus"], len(queues(client, prefix))) == ("UPDATE_FAILED", 2)
    stacks.delete(name)
    assert queues(client, prefix) == []


def test_a_resource_that_must_be_replaced_is_and_the_old_one_is_deleted(client, stacks, prefix):
    name = stacks.create(of(Q=queue(QueueName=f"{prefix}-1")))["StackName"]
    stacks.update(name, of(Q=queue(QueueName=f"{prefix}-2")))
    assert queues(client, prefix) == [f"{prefix}-2"]


def test_what_is_to_be_retained_survives_its_stack(client, stacks, prefix):
    kept = {**queue(QueueName=f"{prefix}-kept"), "DeletionPolicy": "Retain"}
    name = stacks.create(of(Kept=kept, Q=queue(QueueName=f"{prefix}-not")))["StackName"]
    assert stacks.delete(name)["StackStatus"] == "DELETE_COMPLETE"
    assert queues(client, prefix) == [f"{prefix}-kept"]
    client("sqs").delete_queue(QueueUrl=client("sqs").get_queue_url(QueueName=f"{prefix}-kept")["QueueUrl"])


def test_a_deleted_stack_is_told_of_by_its_id_alone(stacks, prefix):
    # API Reference, "DescribeStacks", StackName (2026-11).
    kept, gone = (stacks.create(of(Q=queue(QueueName=f"{prefix}-{name}"))) for name in ("kept", "gone"))
    stacks.delete(gone["StackName"])
    listed = {stack["StackId"] for stack in stacks.api.describe_stacks()["Stacks"]}
    assert kept["StackId"] in listed and gone["StackId"] not in listed
    assert stacks.describe(gone["StackId"])["StackStatus"] == "DELETE_COMPLETE"
    with pytest.raises(ClientError, match="does not exist"):
        stacks.describe(gone["StackName"])


def test_a_protected_stack_is_not_deleted(stacks, prefix):
    name = stacks.create(of(Q=queue(QueueName=prefix)), EnableTerminationProtection=True)["StackName"]
    with pytest.raises(ClientError, match="cannot be deleted while TerminationProtection is enabled"):
        stacks.api.delete_stack(StackName=name)
    stacks.api.update_termination_protection(EnableTerminationProtection=False, StackName=name)
    assert stacks.delete(name)["StackStatus"] == "DELETE_COMPLETE"


def test_an_export_is_kept_for_whoever_imports_it(stacks, prefix):
    out = {"Outputs": {"O": {"Value": "v", "Export": {"Name": prefix}}}}
    exporting = stacks.create(of(Q=queue(QueueName=prefix)) | out)["StackName"]
    imported = {"Outputs": {"I": {"Value": {"Fn::ImportValue": prefix}}}}
    importing = stacks.create(of(Q=queue()) | imported)["StackName"]
    assert stacks.outputs(importing) == {"I": "v"}
    stack = stacks.delete(exporting)
    assert (stack["StackStatus"], stack["StackStatusReason"]) == (
        "DELETE_FAILED", f"Delete canceled. Cannot delete export {prefix} as it is in use by {importing}.")  # fmt: skip
    other = stacks.create(of(Q=queue()) | out)
    assert other["StackStatusReason"].startswith(f"Export with name {prefix} is already exported by stack {exporting}.")
    none = stacks.create(of(Q=queue()) | {"Outputs": {"I": {"Value": {"Fn::ImportValue": f"{prefix}-no"}}}})
    assert none["StackStatus"] == "ROLLBACK_COMPLETE"
    assert none["StackStatusReason"] == f"No export named {prefix}-no found. Rollback requested by user."
    stacks.delete(importing)
    assert stacks.delete(exporting)["StackStatus"] == "DELETE_COMPLETE"


def test_a_stack_acts_as_its_service_role(client, actors, stacks, prefix):
    iam, role = client("iam"), f"r-{prefix}"
    trust = json.dumps(TRUST).replace("lambda", "cloudformation")
    arn = iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    failed = stacks.create(of(Q=queue(QueueName=prefix)), RoleARN=arn)
    assert failed["StackStatus"] == "ROLLBACK_COMPLETE"
    assert any("is not authorized to perform: sqs:" in (why or "") for *_, why in stacks.events(failed["StackName"]))
    allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
    iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument=json.dumps(allow))
    made = stacks.create(of(Q=queue(QueueName=prefix)), RoleARN=arn)
    assert (made["StackStatus"], made["RoleARN"]) == ("CREATE_COMPLETE", arn)
    with pytest.raises(ClientError, match=f"Role {ROLE} is invalid or cannot be assumed"):
        stacks.create(of(Q=queue()), RoleARN=ROLE)
    stacks.delete(made["StackName"])


def test_without_a_service_role_a_stack_may_do_what_its_caller_may(client, actors, stacks, prefix):
    """IAM User Guide, "Forward access sessions"; CloudFormation User Guide, "CloudFormation service role" (2026-11)."""
    bucket, secret = f"b-{prefix}", f"s-{prefix}"
    client("s3").create_bucket(Bucket=bucket)
    client("s3").put_object(Bucket=bucket, Key="t.json", Body=json.dumps(of(Q=queue())))
    client("secretsmanager").create_secret(Name=secret, SecretString="whispered")
    named = of(Q=queue(QueueName=prefix))
    telling = of(Q=queue(Tags=[{"Key": "k", "Value": f"{{{{resolve:secretsmanager:{secret}}}}}"}]))
    user = actors.user(allow("cloudformation:*"))
    stacks.api, root = user.client("cloudformation"), stacks.api
    failed = stacks.create(named)
    assert failed["StackStatus"] == "ROLLBACK_COMPLETE"
    said = f"{user.arn} is not authorized to perform: sqs:createqueue on resource"
    assert any(said in why for *_, why in stacks.failures(failed["StackName"]))
    said = f"{user.arn} is not authorized to perform: secretsmanager:GetSecretValue on resource"
    assert any(said in why for *_, why in stacks.failures(stacks.create(telling)["StackName"]))
    with pytest.raises(ClientError, match=r"S3 error: .*s3:GetObject"):
        url = f"https://{bucket}.s3.amazonaws.com/t.json"
        stacks.api.create_stack(StackName=f"u-{prefix}", TemplateURL=url)

    via = {"ForAnyValue:StringEquals": {"aws:CalledVia": "cloudformation.amazonaws.com"}}
    user.put(document(statement("cloudformation:*"), statement("sqs:*", Condition=via)))
    made = stacks.create(named)
    assert made["StackStatus"] == "CREATE_COMPLETE", stacks.events(made["StackName"])
    with refused("AccessDenied"):
        user.client("sqs").list_queues()
    user.put(allow("cloudformation:*"))
    assert stacks.delete(made["StackName"])["StackStatus"] == "DELETE_FAILED"
    stacks.api = root
    assert stacks.delete(made["StackName"])["StackStatus"] == "DELETE_COMPLETE"


def test_a_nested_stack_has_the_capabilities_of_its_parent_and_is_updated(client, stacks, prefix):
    bucket = f"b-{prefix}"
    client("s3").create_bucket(Bucket=bucket)

    def nested(delay, **more):
        inner = of(Q=queue(QueueName=prefix, DelaySeconds=delay), **more) | {
            "Outputs": {"Name": {"Value": {"Fn::GetAtt": ["Q", "QueueName"]}}}}  # fmt: skip
        client("s3").put_object(Bucket=bucket, Key=f"{delay}.json", Body=json.dumps(inner))
        url = f"https://{bucket}.s3.amazonaws.com/{delay}.json"
        return of(N={"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}) | {
            "Outputs": {"Got": {"Value": {"Fn::Sub": "${N.Outputs.Name}"}}}}  # fmt: skip

    name = stacks.create(nested(1))["StackName"]
    assert stacks.outputs(name) == {"Got": prefix}, stacks.events(name)
    assert stacks.update(name, nested(5))["StackStatus"] == "UPDATE_COMPLETE", stacks.events(name)
    url = client("sqs").get_queue_url(QueueName=prefix)["QueueUrl"]
    found = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["DelaySeconds"])["Attributes"]
    assert found == {"DelaySeconds": "5"}
    stacks.delete(name)
    assert queues(client, prefix) == []
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}}
    refused = stacks.name()
    stacks.api.create_stack(StackName=refused, TemplateBody=json.dumps(nested(2, R=role)))
    assert stacks.settled(refused)["StackStatus"] == "ROLLBACK_COMPLETE"
    # lumigo-io/SAR-Logging#31 (2020)
    assert any("Requires capabilities : [CAPABILITY_IAM]" in (why or "") for *_, why in stacks.events(refused))
