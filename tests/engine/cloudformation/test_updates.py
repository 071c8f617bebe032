"""Updates in place ("Update requires: No interruption", CloudFormation Template Reference, 2026-11), and SAM."""

import uuid

import pytest
from authorization_kit import allow
from botocore.exceptions import ClientError
from kit import ROLE, caller
from template_kit import body

CODE = {"ZipFile": "def handler(event, context):\n    return 1\n"}
FUNCTION = {"Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, "Code": CODE}


def trust(service):
    allow = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [allow]}


def policy(action):
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}


def inline(name, action):
    return {"PolicyName": name, "PolicyDocument": policy(action)}


@pytest.fixture
def name():
    return f"n-{uuid.uuid4().hex[:8]}"


def read_role(client, name):
    iam = client("iam")
    role = iam.get_role(RoleName=name)["Role"]
    attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    documents = {one: iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"]["Statement"][0]["Action"]
                 for one in iam.list_role_policies(RoleName=name)["PolicyNames"]}  # fmt: skip
    service = role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"]
    return [service, [one["PolicyName"] for one in attached], documents, role["RoleId"]]


def read_function(client, name):
    lam = client("lambda")
    found = lam.get_function(FunctionName=name)
    reserved = found.get("Concurrency", {}).get("ReservedConcurrentExecutions")
    chosen = found["Configuration"]
    variables = chosen.get("Environment", {}).get("Variables") or None
    loop = lam.get_function_recursion_config(FunctionName=name)["RecursiveLoop"]
    return [chosen["MemorySize"], chosen["EphemeralStorage"]["Size"], variables, reserved, loop]


def read_queue(client, name):
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout", "DelaySeconds"])["Attributes"]
    return [found["VisibilityTimeout"], found["DelaySeconds"]]


def read_rule(client, name):
    found = client("events").describe_rule(Name=name)
    return [found["ScheduleExpression"], found["State"]]


def read_group(client, name):
    return [client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"][0].get("retentionInDays")]


BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
CASES = {
    "AWS::IAM::Role": (
        "RoleName",
        {"AssumeRolePolicyDocument": trust("lambda"), "ManagedPolicyArns": [BASIC], "Policies": [inline("a", "s3:*")]},
        {"AssumeRolePolicyDocument": trust("states"), "Policies": [inline("b", "sqs:*")]},
        read_role,
        ["lambda.amazonaws.com", ["AWSLambdaBasicExecutionRole"], {"a": "s3:*"}],
        ["states.amazonaws.com", [], {"b": "sqs:*"}],
    ),
    "AWS::Lambda::Function": (
        "FunctionName",
        {**FUNCTION, "MemorySize": 256, "EphemeralStorage": {"Size": 1024}, "ReservedConcurrentExecutions": 3,
         "Environment": {"Variables": {"AA": "1"}}, "RecursiveLoop": "Allow"},
        {**FUNCTION, "MemorySize": 512},
        read_function,
        [256, 1024, {"AA": "1"}, 3, "Allow"],
        [512, 512, None, None, "Terminate"],
    ),
    "AWS::SQS::Queue": (
        "QueueName", {"VisibilityTimeout": 40, "DelaySeconds": 3}, {"VisibilityTimeout": 50},
        read_queue, ["40", "3"], ["50", "0"],
    ),
    "AWS::Events::Rule": (
        "Name", {"ScheduleExpression": "rate(1 day)"}, {"ScheduleExpression": "rate(2 days)", "State": "DISABLED"},
        read_rule, ["rate(1 day)", "ENABLED"], ["rate(2 days)", "DISABLED"],
    ),
    "AWS::Logs::LogGroup": ("LogGroupName", {"RetentionInDays": 7}, {}, read_group, [7], [None]),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_a_resource_is_changed_in_its_place(client, stacks, name, kind):
    named, before, after, read, was, becomes = CASES[kind]
    stack = stacks.create({"Resources": {"A": {"Type": kind, "Properties": {named: name, **before}}}})
    first = read(client, name)
    assert first[: len(was)] == was, stacks.events(stack["StackName"])
    changed = stacks.update(
        stack["StackName"], {"Resources": {"A": {"Type": kind, "Properties": {named: name, **after}}}}
    )
    assert changed["StackStatus"] == "UPDATE_COMPLETE", stacks.events(stack["StackName"])
    second = read(client, name)
    assert second[: len(becomes)] == becomes
    assert second[len(becomes) :] == first[len(was) :]  # the same role, not another of that name


def test_a_function_that_is_to_keep_tenants_apart_is_another_function(client, stacks):
    """ "Update requires: Replacement" (Template Reference, "AWS::Lambda::Function TenancyConfig", 2026-11)."""
    output = {"Name": {"Value": {"Ref": "A"}}}

    def template(**more):
        function = {"Type": "AWS::Lambda::Function", "Properties": {**FUNCTION, **more}}
        return {"Resources": {"A": function}, "Outputs": output}

    per_tenant = {"TenantIsolationMode": "PER_TENANT"}
    first = stacks.create(template(ReservedConcurrentExecutions=3))
    second = stacks.update(first["StackName"], template(TenancyConfig=per_tenant, ReservedConcurrentExecutions=3))
    names = [stack["Outputs"][0]["OutputValue"] for stack in (first, second)]
    lam = client("lambda")
    with pytest.raises(lam.exceptions.ResourceNotFoundException):
        lam.get_function(FunctionName=names[0])
    found = lam.get_function(FunctionName=names[1])
    assert found["Configuration"]["TenancyConfig"] == per_tenant
    assert found["Concurrency"]["ReservedConcurrentExecutions"] == 3


def test_an_update_that_this_engine_cannot_make_fails_with_a_sentence(stacks, name):
    def table(mode):
        key = {"AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "S"}],
               "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}]}  # fmt: skip
        more = (
            {}
            if mode == "PAY_PER_REQUEST"
            else {"ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}
        )
        properties = {"TableName": name, "BillingMode": mode, **key, **more}
        return {"Resources": {"T": {"Type": "AWS::DynamoDB::Table", "Properties": properties}}}

    stack = stacks.create(table("PAY_PER_REQUEST"))["StackName"]
    assert stacks.update(stack, table("PROVISIONED"))["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    reasons = [why for what, status, why in stacks.events(stack) if status == "UPDATE_FAILED"]
    assert reasons == [
        "This engine cannot update a resource of type AWS::DynamoDB::Table; another logical id makes another."
    ]


def test_sam_makes_a_function_with_its_events_alias_and_schedule(client, stacks, name):
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "FunctionName": name, "InlineCode": CODE["ZipFile"], "Handler": "index.handler", "AutoPublishAlias": "live",
            "Policies": [{"SQSPollerPolicy": {"QueueName": {"Fn::GetAtt": ["Q", "QueueName"]}}}],
            "Events": {
                "Get": {"Type": "Api", "Properties": {"Path": "/", "Method": "get"}},
                "Queue": {"Type": "SQS", "Properties": {"Queue": {"Fn::GetAtt": ["Q", "Arn"]}}},
                "Rate": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}},
                "Cron": {"Type": "ScheduleV2", "Properties": {
                    "ScheduleExpression": "cron(0 9 ? * MON#1 *)", "Name": name}},
            },
        },
    }  # fmt: skip
    template = {"Transform": "AWS::Serverless-2016-10-31",
                "Globals": {"Function": {"Runtime": "python3.13", "Timeout": 9}},
                "Resources": {"F": function, "Q": {"Type": "AWS::SQS::Queue"}}}  # fmt: skip
    stack = stacks.create(template)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stacks.events(stack["StackName"])
    lam = client("lambda")
    assert lam.get_function_configuration(FunctionName=name, Qualifier="live")["Timeout"] == 9
    assert caller(lam, name)({}, Qualifier="live").payload == 1
    made = client("scheduler").get_schedule(Name=name)
    assert made["Target"]["Arn"].endswith(f":{name}:live")
    assert len(lam.list_event_source_mappings(FunctionName=f"{name}:live")["EventSourceMappings"]) == 1
    function["Properties"]["Events"]["Get"]["Properties"]["Path"] = "/other"
    changed = stacks.update(stack["StackName"], template)
    assert changed["StackStatus"] == "UPDATE_COMPLETE", stacks.failures(stack["StackId"])
    apis = client("apigateway")
    resource = stacks.api.describe_stack_resource(StackName=stack["StackName"], LogicalResourceId="ServerlessRestApi")
    api = resource["StackResourceDetail"]["PhysicalResourceId"]
    assert {one["path"] for one in apis.get_resources(restApiId=api)["items"]} == {"/", "/other"}
    function["Properties"]["DeploymentPreference"] = {"Type": "AllAtOnce"}
    with pytest.raises(ClientError, match="This engine cannot make resources of these types of AWS: AWS::CodeDeploy::"):
        stacks.api.update_stack(StackName=stack["StackName"], TemplateBody=body(template), Capabilities=[
            "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"])  # fmt: skip
    assert stacks.delete(stack["StackName"])["StackStatus"] == "DELETE_COMPLETE", stacks.events(stack["StackId"])
    with pytest.raises(lam.exceptions.ResourceNotFoundException):
        lam.get_function(FunctionName=name)


def test_an_event_source_mapping_has_the_tags_of_its_template(client, stacks, actors):
    """Recorded by LocalStack 4.9.2's tests (lambda_/event_source_mapping/test_cfn_resource, 2024)."""

    def template(**tags):
        function = {"Code": {"ZipFile": "def handler(event, context): pass"}, "Handler": "index.handler",
                    "Runtime": "python3.13", "Role": role}  # fmt: skip
        mapping = {"FunctionName": {"Ref": "F"}, "EventSourceArn": {"Fn::GetAtt": ["Q", "Arn"]},
                   "Enabled": False, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}  # fmt: skip
        return {
            "Resources": {
                "Q": {"Type": "AWS::SQS::Queue"},
                "F": {"Type": "AWS::Lambda::Function", "Properties": function},
                "M": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
            },
            "Outputs": {"M": {"Value": {"Ref": "M"}}},
        }

    def tags():
        lam = client("lambda")
        arn = lam.get_event_source_mapping(UUID=stacks.outputs(name)["M"])["EventSourceMappingArn"]
        found = lam.list_tags(Resource=arn)["Tags"]
        return {key: value for key, value in found.items() if not key.startswith("aws:")}

    role = actors.execution_role(allow("sqs:*")).arn
    name = stacks.create(template(stage="dev", team="a"))["StackName"]
    assert tags() == {"stage": "dev", "team": "a"}, stacks.events(name)
    stacks.update(name, template(stage="prod"))
    assert tags() == {"stage": "prod"}, stacks.events(name)
