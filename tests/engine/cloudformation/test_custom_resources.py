"""Custom resources: CloudFormation User Guide, "Custom resources" and the pages below it (2026-11), where no other
source is named."""

import json
import urllib.error
import urllib.request

import pytest
from kit import ROLE, eventually

PYTHON = """
import json
import cfnresponse

def handler(event, context):
    print("EVENT", json.dumps(event))  # before it answers, for then it may be deleted
    properties = event["ResourceProperties"]
    data = {"Sum": 42, "Yes": True, "List": ["a", "b"], "Nested": "n", "Seen": str(properties)}
    status = cfnresponse.FAILED if properties.get("Fail") == event["RequestType"] else cfnresponse.SUCCESS
    cfnresponse.send(event, context, status, data, properties.get("Id", "one"), reason=properties.get("Why"))
"""
NODEJS = """
const response = require("cfn-response");
exports.handler = function (event, context) {
    response.send(event, context, response.SUCCESS, { Sum: 42 }, "one");
};
"""
SILENT = """
import cfnresponse

def handler(event, context):
    if event["RequestType"] == "Delete":
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {})
"""


def function(source=PYTHON, runtime="python3.13"):
    code = {"ZipFile": source}
    return {"Type": "AWS::Lambda::Function", "Properties": {
        "Runtime": runtime, "Handler": "index.handler", "Role": ROLE, "Code": code, "Timeout": 10}}  # fmt: skip


def template(properties=None, kind="Custom::Sum", attribute="Sum", source=PYTHON, runtime="python3.13"):
    return {
        "Resources": {
            "F": function(source, runtime),
            "C": {"Type": kind, "Properties": {"ServiceToken": {"Fn::GetAtt": ["F", "Arn"]}, **(properties or {})}},
        },
        "Outputs": {"Value": {"Value": {"Fn::GetAtt": ["C", attribute]}}, "Id": {"Value": {"Ref": "C"}}},
    }


def kinds(said):
    return [(request["RequestType"], request.get("PhysicalResourceId")) for request in said]


def requests_seen(client, stacks, name):
    """The requests that the function of a stack has received."""
    resources = stacks.api.describe_stack_resources(StackName=name)["StackResources"]
    function = next(r["PhysicalResourceId"] for r in resources if r["LogicalResourceId"] == "F")
    return lambda count: seen(client, function, count)


def seen(client, function, count):
    logs = client("logs")

    def read():
        try:
            found = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}", filterPattern='"EVENT"')
        except logs.exceptions.ResourceNotFoundException:
            return None
        said = [json.loads(e["message"][6:]) for e in found["events"]]
        return said if len(said) >= count else None

    return eventually(read, 20)


@pytest.mark.parametrize(
    ("source", "runtime", "kind"),
    [(PYTHON, "python3.13", "Custom::Sum"), (NODEJS, "nodejs22.x", "AWS::CloudFormation::CustomResource")],
)
def test_a_function_answers_with_the_inline_module_and_its_data_are_attributes(stacks, source, runtime, kind):
    stack = stacks.create(template(kind=kind, source=source, runtime=runtime))
    assert stack["StackStatus"] == "CREATE_COMPLETE", stacks.events(stack["StackName"])
    assert stacks.outputs(stack["StackName"]) == {"Value": "42", "Id": "one"}


def test_creating_changing_replacing_and_deleting_each_send_a_request(client, stacks):
    name = stacks.create(template({"A": 1, "B": True, "L": [2]}))["StackName"]
    read = requests_seen(client, stacks, name)
    created = read(1)[0]
    token = created["ServiceToken"]
    assert created["ResourceProperties"] == {"ServiceToken": token, "A": "1", "B": "true", "L": ["2"]}
    assert created.keys() == {"RequestType", "ServiceToken", "ResponseURL", "StackId", "RequestId", "LogicalResourceId",
                              "ResourceType", "ResourceProperties"}  # fmt: skip
    assert stacks.update(name, template({"A": 3}))["StackStatus"] == "UPDATE_COMPLETE"
    changed = next(request for request in read(2) if request["RequestType"] == "Update")
    assert changed["PhysicalResourceId"] == "one"
    assert changed["OldResourceProperties"] == created["ResourceProperties"]
    assert stacks.update(name, template({"Id": "two"}))["StackStatus"] == "UPDATE_COMPLETE"
    # In the order of their log streams, of which there may be two.
    assert sorted(kinds(read(4))) == [("Create", None), ("Delete", "one"), ("Update", "one"), ("Update", "one")]
    assert stacks.outputs(name)["Id"] == "two"
    assert {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in
            stacks.api.describe_stack_resources(StackName=name)["StackResources"]}["C"] == "two"  # fmt: skip
    assert stacks.delete(name)["StackStatus"] == "DELETE_COMPLETE"
    assert sorted(kinds(read(5)))[1:3] == [("Delete", "one"), ("Delete", "two")]


@pytest.mark.parametrize(
    ("attribute", "value"), [("Sum", "42"), ("Yes", "true"), ("Nested", "n")]
)  # aws-samples/cloudformation-studio-domain#5 (2021): values are text
def test_an_attribute_is_text(stacks, attribute, value):
    assert stacks.outputs(stacks.create(template(attribute=attribute))["StackName"])["Value"] == value


@pytest.mark.parametrize(
    ("properties", "attribute", "source", "reason"),
    [
        # aws-samples/aws-cdk-examples#671 (2022)
        ({"Fail": "Create", "Why": "no luck"}, "Sum", PYTHON,
         "Received response status [FAILED] from custom resource. Message returned: no luck (RequestId: "),
        # aws-solutions-library-samples/guidance-for-baseline-security-assessment-on-aws#2 (2024)
        ({"ServiceTimeout": "1"}, "Sum", SILENT,
         "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId ["),
        # aws/aws-cdk#29949 (2024)
        ({}, "Absent", PYTHON, "CustomResource attribute error: Vendor response doesn't contain Absent attribute in "),
        ({"ServiceToken": "arn:aws:s3:::b"}, "Sum", PYTHON, "Invalid service token."),
    ],
)  # fmt: skip
def test_what_goes_wrong_fails_the_stack_with_its_reason(stacks, properties, attribute, source, reason):
    stack = stacks.create(template(properties, attribute=attribute, source=source))
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE"
    assert [why for _, status, why in stacks.events(stack["StackName"]) if why and why.startswith(reason)]


def test_a_failed_update_is_undone_by_an_update_with_the_old_properties(client, stacks):
    name = stacks.create(template({"A": "1"}))["StackName"]
    stack = stacks.update(name, template({"A": "2", "Fail": "Update"}))
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    said = requests_seen(client, stacks, name)(3)
    asked = sorted((request["RequestType"], request["ResourceProperties"].get("A")) for request in said)
    assert asked == [("Create", "1"), ("Update", "1"), ("Update", "2")]


def test_a_response_url_takes_one_response_from_whoever_knows_it(client, stacks, engine):
    name = stacks.create(template({"A": "1"}))["StackName"]
    url = requests_seen(client, stacks, name)(1)[0]["ResponseURL"]
    for address in (url, f"{url[:-3]}abc"):
        put = urllib.request.Request(address, data=b'{"Status": "SUCCESS"}', method="PUT")
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(put)


def test_a_topic_passes_requests_on(client, stacks):
    code = """
import json
import cfnresponse

def handler(event, context):
    cfnresponse.send(json.loads(event["Records"][0]["Sns"]["Message"]), context, "SUCCESS", {"Sum": 42}, "one")
"""
    behind_a_topic = template({"ServiceToken": {"Ref": "T"}}, source=code)
    behind_a_topic["Resources"] |= {
        "T": {"Type": "AWS::SNS::Topic"},
        "S": {"Type": "AWS::SNS::Subscription", "Properties": {
            "Protocol": "lambda", "TopicArn": {"Ref": "T"}, "Endpoint": {"Fn::GetAtt": ["F", "Arn"]}}},
        "P": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction",
            "FunctionName": {"Ref": "F"}, "Principal": "sns.amazonaws.com", "SourceArn": {"Ref": "T"}}},
    }  # fmt: skip
    behind_a_topic["Resources"]["C"]["DependsOn"] = ["S", "P"]
    stack = stacks.create(behind_a_topic)
    assert stacks.outputs(stack["StackName"]) == {"Value": "42", "Id": "one"}, stacks.events(stack["StackName"])
