"""Drift: CloudFormation User Guide, "Detect unmanaged configuration changes to stacks and resources with drift
detection", and the API reference of the operations (2026-11), where no other source is named.
"""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from authorization_kit import allow, refused
from botocore.exceptions import ClientError
from kit import eventually

BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
READ_ONLY = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
TAGS = [{"Key": "team", "Value": "a"}]
ALLOWED = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
    "Service": ["lambda.amazonaws.com", "scheduler.amazonaws.com", "states.amazonaws.com"]}}]}  # fmt: skip


def ref(name):
    return {"Ref": name}


def attribute(name, of="Arn"):
    return {"Fn::GetAtt": [name, of]}


def resource(kind, **properties):
    return {"Type": f"AWS::{kind}", "Properties": properties}


def encryption(algorithm):
    return {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]}


def definition(*states):
    return {"StartAt": "One", "States": {name: {"Type": "Succeed"} for name in states}}


RESOURCES = {
    "Dead": resource("SQS::Queue"),
    "Queue": resource(
        "SQS::Queue",
        DelaySeconds=ref("Delay"),
        VisibilityTimeout=60,
        Tags=TAGS,
        RedrivePolicy={"deadLetterTargetArn": attribute("Dead"), "maxReceiveCount": 3},
    ),
    "Topic": resource("SNS::Topic", DisplayName="one", Tags=TAGS, Subscription=[]),
    "Subscription": resource(
        "SNS::Subscription", TopicArn=ref("Topic"), Protocol="sqs", Endpoint=attribute("Queue"), RawMessageDelivery=True
    ),
    "Role": resource(
        "IAM::Role",
        AssumeRolePolicyDocument=TRUST,
        Description="one",
        ManagedPolicyArns=[BASIC],
        Policies=[{"PolicyName": "inline", "PolicyDocument": ALLOWED}],
    ),
    "Attached": resource("IAM::ManagedPolicy", PolicyDocument=ALLOWED, Roles=[ref("Role")]),
    "Table": resource(
        "DynamoDB::Table",
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=False,
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        StreamSpecification={"StreamViewType": "NEW_IMAGE"},
        TimeToLiveSpecification={"AttributeName": "ends", "Enabled": True},
    ),
    "Group": resource("Logs::LogGroup", RetentionInDays=7),
    "Function": resource(
        "Lambda::Function",
        Description="one",
        Code={"ZipFile": "def handler(event, context): pass"},
        Role=attribute("Role"),
        Handler="index.handler",
        Runtime="python3.13",
        Environment={"Variables": {"KEPT": "1", "CHANGED": "1", "GONE": "1"}},
        DeadLetterConfig={"TargetArn": attribute("Dead")},
        EphemeralStorage={"Size": 600},
        ReservedConcurrentExecutions=5,
    ),
    "Version": resource("Lambda::Version", FunctionName=ref("Function")),
    "Alias": resource(
        "Lambda::Alias", FunctionName=ref("Function"), FunctionVersion=attribute("Version", "Version"), Name="live"
    ),
    "Later": resource(
        "Lambda::EventInvokeConfig", FunctionName=ref("Function"), Qualifier="$LATEST", MaximumRetryAttempts=1
    ),
    "Mapping": resource(
        "Lambda::EventSourceMapping",
        FunctionName=ref("Function"),
        EventSourceArn=attribute("Table", "StreamArn"),
        StartingPosition="LATEST",
        BatchSize=5,
        Enabled=False,
    ),
    "Url": resource(
        "Lambda::Url", TargetFunctionArn=ref("Function"), AuthType="NONE", Cors={"AllowOrigins": ["*"], "MaxAge": 5}
    ),
    "Bucket": resource(
        "S3::Bucket", VersioningConfiguration={"Status": "Enabled"}, Tags=TAGS, BucketEncryption=encryption("AES256")
    ),
    "Rule": resource(
        "Events::Rule",
        EventPattern={"source": ["one"]},
        State="ENABLED",
        Targets=[{"Id": "dead", "Arn": attribute("Dead"), "Input": "{}"}],
    ),
    "Alarm": resource(
        "CloudWatch::Alarm",
        Namespace="one",
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        Dimensions=[{"Name": "FunctionName", "Value": ref("Function")}],
    ),
    "Schedule": resource(
        "Scheduler::Schedule",
        ScheduleExpression="rate(1 day)",
        FlexibleTimeWindow={"Mode": "OFF"},
        State="DISABLED",
        Target={"Arn": attribute("Dead"), "RoleArn": attribute("Role")},
        Name=ref("AWS::StackName"),
    ),
    "Permission": resource(
        "Lambda::Permission", FunctionName=ref("Function"), Action="lambda:InvokeFunction", Principal="s3.amazonaws.com"
    ),
    "Parameter": resource("SSM::Parameter", Type="String", Value="one"),
    "Machine": resource(
        "StepFunctions::StateMachine", RoleArn=attribute("Role"), DefinitionString=json.dumps(definition("One"))
    ),
    "Rest": resource("ApiGateway::RestApi", Name="rest", Description="one", EndpointConfiguration={"Types": ["EDGE"]}),
    "Method": resource(
        "ApiGateway::Method",
        RestApiId=ref("Rest"),
        ResourceId=attribute("Rest", "RootResourceId"),
        HttpMethod="GET",
        AuthorizationType="NONE",
        Integration={"Type": "MOCK"},
    ),
    "Deployment": {**resource("ApiGateway::Deployment", RestApiId=ref("Rest")), "DependsOn": "Method"},
    "Stage": resource(
        "ApiGateway::Stage",
        RestApiId=ref("Rest"),
        DeploymentId=ref("Deployment"),
        StageName="prod",
        Variables={"one": "1"},
        MethodSettings=[{"ResourcePath": "/*", "HttpMethod": "*", "ThrottlingBurstLimit": 5}],
    ),
    "Http": resource(
        "ApiGatewayV2::Api", Name="http", ProtocolType="HTTP", CorsConfiguration={"AllowOrigins": ["https://a.example"]}
    ),
    "HttpStage": resource(
        "ApiGatewayV2::Stage",
        ApiId=ref("Http"),
        StageName="$default",
        AutoDeploy=True,
        DefaultRouteSettings={"ThrottlingBurstLimit": 5, "ThrottlingRateLimit": 10},
    ),
}
UNREAD = {"Method", "Deployment"}
TEMPLATE = {"Parameters": {"Delay": {"Type": "Number", "Default": 20}}, "Resources": RESOURCES}
# What is done by hand to a resource: a service, calls with parameters made of the physical ids; and what differs then.
# (The paths of a queue are those of the User Guide's example, those of a function of LocalStack's recorded test.)
CHANGES = {
    "Queue": (
        "sqs",
        [
            ("set_queue_attributes", lambda i: {"QueueUrl": i["Queue"], "Attributes": {"DelaySeconds": "120"}}),
            ("tag_queue", lambda i: {"QueueUrl": i["Queue"], "Tags": {"by": "hand"}}),
        ],
        [
            ("/DelaySeconds", "20", "120", "NOT_EQUAL"),
            ("/Tags/1", "null", '{"Key":"by","Value":"hand"}', "ADD"),
        ],
    ),
    "Topic": (
        "sns",
        [
            ("set_topic_attributes", lambda i: {"TopicArn": i["Topic"], "AttributeName": "DisplayName",
                                                "AttributeValue": "two"}),
            ("untag_resource", lambda i: {"ResourceArn": i["Topic"], "TagKeys": ["team"]}),
        ],
        [
            ("/DisplayName", "one", "two", "NOT_EQUAL"),
            ("/Tags", '[{"Key":"team","Value":"a"}]', "null", "REMOVE"),
        ],
    ),
    "Subscription": ("sns", [("unsubscribe", lambda i: {"SubscriptionArn": i["Subscription"]})], "DELETED"),
    "Role": (
        "iam",
        [
            ("attach_role_policy", lambda i: {"RoleName": i["Role"], "PolicyArn": READ_ONLY}),
            ("put_role_policy", lambda i: {"RoleName": i["Role"], "PolicyName": "inline", "PolicyDocument": json.dumps(
                {**ALLOWED, "Statement": [{**ALLOWED["Statement"][0], "Action": "s3:*"}]})}),
        ],
        [
            ("/ManagedPolicyArns/1", "null", READ_ONLY, "ADD"),
            ("/Policies/0/PolicyDocument/Statement/0/Action", "*", "s3:*", "NOT_EQUAL"),
        ],
    ),
    "Attached": ("iam", [], []),
    "Table": (
        "dynamodb",
        [("update_time_to_live", lambda i: {"TableName": i["Table"], "TimeToLiveSpecification":
                                            {"AttributeName": "ends", "Enabled": False}})],
        [
            ("/TimeToLiveSpecification/Enabled", "true", "false", "NOT_EQUAL"),
        ],
    ),
    "Group": (
        "logs",
        [("delete_retention_policy", lambda i: {"logGroupName": i["Group"]})],
        [("/RetentionInDays", "7", "null", "REMOVE")],
    ),
    "Function": (
        "lambda",
        [("update_function_configuration", lambda i: {
            "FunctionName": i["Function"], "Description": "two", "DeadLetterConfig": {"TargetArn": ""}, "Timeout": 9,
            "Environment": {"Variables": {"KEPT": "1", "CHANGED": "2", "NEW": "3"}}})],
        [
            ("/DeadLetterConfig", None, "null", "REMOVE"),
            ("/Description", "one", "two", "NOT_EQUAL"),
            ("/Environment/Variables/CHANGED", "1", "2", "NOT_EQUAL"),
            ("/Environment/Variables/GONE", "1", "null", "REMOVE"),
            ("/Environment/Variables/NEW", "null", "3", "ADD"),
        ],
    ),
    "Alias": (
        "lambda",
        [("update_alias", lambda i: {"FunctionName": i["Function"], "Name": "live", "FunctionVersion": "$LATEST"})],
        [("/FunctionVersion", "1", "$LATEST", "NOT_EQUAL")],
    ),
    "Later": (
        "lambda",
        [("update_function_event_invoke_config", lambda i: {"FunctionName": i["Function"], "Qualifier": "$LATEST",
                                                            "MaximumRetryAttempts": 0})],
        [("/MaximumRetryAttempts", "1", "0", "NOT_EQUAL")],
    ),
    "Mapping": (
        "lambda",
        [("update_event_source_mapping", lambda i: {"UUID": i["Mapping"], "BatchSize": 7})],
        [("/BatchSize", "5", "7", "NOT_EQUAL")],
    ),
    "Url": (
        "lambda",
        [("update_function_url_config", lambda i: {"FunctionName": i["Function"], "AuthType": "AWS_IAM",
                                                   "Cors": {"AllowOrigins": ["*", "https://a.example"], "MaxAge": 6}})],
        [
            ("/AuthType", "NONE", "AWS_IAM", "NOT_EQUAL"),
            ("/Cors/AllowOrigins/1", "null", "https://a.example", "ADD"),
            ("/Cors/MaxAge", "5", "6", "NOT_EQUAL"),
        ],
    ),
    "Bucket": (
        "s3",
        [
            ("put_bucket_versioning", lambda i: {"Bucket": i["Bucket"],
                                                 "VersioningConfiguration": {"Status": "Suspended"}}),
            ("delete_bucket_tagging", lambda i: {"Bucket": i["Bucket"]}),
            ("put_bucket_encryption", lambda i: {"Bucket": i["Bucket"], "ServerSideEncryptionConfiguration": {
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]}}),
        ],
        [
            ("/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm",
             "AES256", "aws:kms", "NOT_EQUAL"),
            ("/Tags", '[{"Key":"team","Value":"a"}]', "null", "REMOVE"),
            ("/VersioningConfiguration/Status", "Enabled", "Suspended", "NOT_EQUAL"),
        ],
    ),
    "Rule": (
        "events",
        [
            ("put_rule", lambda i: {"Name": i["Rule"], "State": "DISABLED",
                                    "EventPattern": '{"source":["one","two"]}'}),
            ("put_targets", lambda i: {"Rule": i["Rule"], "Targets": [
                {"Id": "dead", "Arn": i["Arn of Dead"], "Input": "[]"}]}),
        ],
        [
            ("/EventPattern/source/1", "null", "two", "ADD"),
            ("/State", "ENABLED", "DISABLED", "NOT_EQUAL"),
            ("/Targets/0/Input", "{}", "[]", "NOT_EQUAL"),
        ],
    ),
    "Version": ("lambda", [], []),
    "Permission": ("lambda", [("remove_permission", lambda i: {"FunctionName": i["Function"],
                                                               "StatementId": i["Permission"]})], "DELETED"),
    "Parameter": (
        "ssm",
        [("put_parameter", lambda i: {"Name": i["Parameter"], "Value": "two", "Overwrite": True})],
        [("/Value", "one", "two", "NOT_EQUAL")],
    ),
    "Machine": (
        "stepfunctions",
        [("update_state_machine", lambda i: {"stateMachineArn": i["Machine"],
                                             "definition": json.dumps({**definition("One"), "Comment": "two"})})],
        [("/DefinitionString/Comment", "null", "two", "ADD")],
    ),
    "Alarm": ("cloudwatch", [("delete_alarms", lambda i: {"AlarmNames": [i["Alarm"]]})], "DELETED"),
    "Schedule": ("scheduler", [("delete_schedule", lambda i: {"Name": i["Schedule"]})], "DELETED"),
    "Rest": (
        "apigateway",
        [("update_rest_api", lambda i: {"restApiId": i["Rest"], "patchOperations": [
            {"op": "replace", "path": "/description", "value": "two"}]})],
        [("/Description", "one", "two", "NOT_EQUAL")],
    ),
    "Stage": (
        "apigateway",
        [("update_stage", lambda i: {"restApiId": i["Rest"], "stageName": "prod", "patchOperations": [
            {"op": "replace", "path": "/variables/two", "value": "2"},
            {"op": "replace", "path": "/*/*/throttling/burstLimit", "value": "6"}]})],
        [
            ("/MethodSettings/0/ThrottlingBurstLimit", "5", "6", "NOT_EQUAL"),
            ("/Variables/two", "null", "2", "ADD"),
        ],
    ),
    "Http": (
        "apigatewayv2",
        [("update_api", lambda i: {"ApiId": i["Http"], "CorsConfiguration": {"AllowOrigins": ["https://b.example"]}})],
        [("/CorsConfiguration/AllowOrigins/0", "https://a.example", "https://b.example", "NOT_EQUAL")],
    ),
    "HttpStage": (
        "apigatewayv2",
        [("update_stage", lambda i: {"ApiId": i["Http"], "StageName": "$default",
                                     "DefaultRouteSettings": {"ThrottlingBurstLimit": 6, "ThrottlingRateLimit": 10}})],
        [("/DefaultRouteSettings/ThrottlingBurstLimit", "5", "6", "NOT_EQUAL")],
    ),
    "Dead": ("sqs", [("delete_queue", lambda i: {"QueueUrl": i["Dead"]})], "DELETED"),
}  # fmt: skip


def detect(api, name, **options):
    """Detect a stack's drift, and return the detection when it has ended."""
    begun = api.detect_stack_drift(StackName=name, **options)["StackDriftDetectionId"]

    def ended():
        found = api.describe_stack_drift_detection_status(StackDriftDetectionId=begun)
        return found if found["DetectionStatus"] != "DETECTION_IN_PROGRESS" else None

    return eventually(ended, 30)


def drifts(api, name, **options):
    listed = api.describe_stack_resource_drifts(StackName=name, **options)["StackResourceDrifts"]
    return {one["LogicalResourceId"]: one for one in listed}


@pytest.fixture(scope="module")
def drifted(client, shared_stacks):
    """A stack, what was found of it as it was made, and after it was changed by hand: (name, detection, drifts)."""
    stack = shared_stacks.create(TEMPLATE)
    api, name = shared_stacks.api, stack["StackName"]
    assert stack["StackStatus"] == "CREATE_COMPLETE", shared_stacks.failures(name)
    before = (name, detect(api, name), drifts(api, name))
    listed = api.describe_stack_resources(StackName=name)["StackResources"]
    ids = {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in listed}
    ids["Arn of Dead"] = f"arn:aws:sqs:us-east-1:000000000000:{ids['Dead'].rpartition('/')[2]}"
    for service, calls, _ in CHANGES.values():
        for operation, parameters in calls:
            getattr(client(service), operation)(**parameters(ids))
    return before, (name, detect(api, name), drifts(api, name))


def test_what_was_made_is_in_sync(drifted):
    (_, detection, found), _ = drifted
    assert (detection["DetectionStatus"], detection["StackDriftStatus"]) == ("DETECTION_COMPLETE", "IN_SYNC")
    assert detection["DriftedStackResourceCount"] == 0
    assert {name: one["PropertyDifferences"] for name, one in found.items()} == {name: [] for name in CHANGES}
    assert {*RESOURCES} - {*found} == UNREAD, "what cannot be read is not listed"


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_by_hand_is_found(drifted, name):
    expected = CHANGES[name][2]
    drift = drifted[1][2][name]
    if expected == "DELETED":
        assert drift["StackResourceDriftStatus"] == "DELETED"
        assert not drift.keys() & {"ExpectedProperties", "ActualProperties", "PropertyDifferences"}
        return
    assert drift["StackResourceDriftStatus"] == ("MODIFIED" if expected else "IN_SYNC")
    found = [
        (one["PropertyPath"], one["ExpectedValue"], one["ActualValue"], one["DifferenceType"])
        for one in drift["PropertyDifferences"]
    ]
    wanted = [(path, old or was, *rest) for (path, old, *rest), (_, was, *_) in zip(expected, found, strict=True)]
    assert found == wanted
    # Only what the template sets is compared, and shown.
    assert {*json.loads(drift["ActualProperties"])} <= {*json.loads(drift["ExpectedProperties"])}
    assert {*json.loads(drift["ExpectedProperties"])} <= {*RESOURCES[name]["Properties"]}


def test_what_is_told_of_a_stack_that_has_drifted(shared_stacks, drifted):
    name, detection, found = drifted[1]
    api, count = shared_stacks.api, sum(1 for *_, expected in CHANGES.values() if expected)
    assert (detection["DetectionStatus"], detection["StackDriftStatus"]) == ("DETECTION_COMPLETE", "DRIFTED")
    assert detection["DriftedStackResourceCount"] == count
    assert "DetectionStatusReason" not in detection
    queue = found["Queue"]
    expected, actual = (json.loads(queue[f"{kind}Properties"]) for kind in ("Expected", "Actual"))
    assert (expected["DelaySeconds"], actual["DelaySeconds"], actual["VisibilityTimeout"]) == (20, 120, 60)
    deleted = drifts(api, name, StackResourceDriftStatusFilters=["DELETED"])
    assert {*deleted} == {name for name, (*_, expected) in CHANGES.items() if expected == "DELETED"}
    first = api.describe_stack_resource_drifts(StackName=name, MaxResults=2)
    more = api.describe_stack_resource_drifts(StackName=name, NextToken=first["NextToken"])
    assert len(first["StackResourceDrifts"]) + len(more["StackResourceDrifts"]) == len(found)
    stack = shared_stacks.describe(name)["DriftInformation"]
    assert stack == {"StackDriftStatus": "DRIFTED", "LastCheckTimestamp": detection["Timestamp"]}
    summaries = api.list_stack_resources(StackName=name)["StackResourceSummaries"]
    described = api.describe_stack_resources(StackName=name)["StackResources"]
    for listed in (summaries, described):
        told = {one["LogicalResourceId"]: one["DriftInformation"] for one in listed}
        assert told["Queue"] == {"StackResourceDriftStatus": "MODIFIED", "LastCheckTimestamp": queue["Timestamp"]}
        assert told["Method"] == {"StackResourceDriftStatus": "NOT_CHECKED"}
    detail = api.describe_stack_resource(StackName=name, LogicalResourceId="Dead")["StackResourceDetail"]
    assert detail["DriftInformation"]["StackResourceDriftStatus"] == "DELETED"


def test_one_resource_is_looked_at_by_itself(client, stacks):
    name = stacks.create({"Resources": {"Q": resource("SQS::Queue", DelaySeconds=1), "D": resource("SQS::Queue")}})[
        "StackName"
    ]
    sqs, url = client("sqs"), stacks.api.describe_stack_resource(StackName=name, LogicalResourceId="Q")
    url = url["StackResourceDetail"]["PhysicalResourceId"]
    detect(stacks.api, name, LogicalResourceIds=["D"])
    assert {*drifts(stacks.api, name)} == {"D"}
    detect(stacks.api, name)
    for seconds, status in ((2, "DRIFTED"), (1, "IN_SYNC")):  # "Detect drift on individual stack resources"
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": str(seconds)})
        found = stacks.api.detect_stack_resource_drift(StackName=name, LogicalResourceId="Q")["StackResourceDrift"]
        assert found["StackResourceDriftStatus"] == ("MODIFIED" if status == "DRIFTED" else "IN_SYNC")
        assert stacks.describe(name)["DriftInformation"]["StackDriftStatus"] == status


def test_secrets_are_neither_compared_nor_shown(client, stacks):
    """User Guide, "Using dynamic references to specify template values" (2023): no drift is detected on them."""
    name = stacks.name()
    client("ssm").put_parameter(Name=name, Value="3", Type="String")
    queue = resource("SQS::Queue", VisibilityTimeout=5, DelaySeconds=f"{{{{resolve:ssm:{name}}}}}", Tags=[
        {"Key": "secret", "Value": {"Fn::Sub": "x-${Secret}"}}])  # fmt: skip
    template = {"Parameters": {"Secret": {"Type": "String", "NoEcho": True}}, "Resources": {"Q": queue}}
    stacks.create(template, name, Parameters=[{"ParameterKey": "Secret", "ParameterValue": "hush"}])
    url = stacks.api.describe_stack_resource(StackName=name, LogicalResourceId="Q")
    url = url["StackResourceDetail"]["PhysicalResourceId"]
    client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "4"})
    assert detect(stacks.api, name)["StackDriftStatus"] == "IN_SYNC"
    drift = drifts(stacks.api, name)["Q"]
    assert drift["ExpectedProperties"] == drift["ActualProperties"] == '{"VisibilityTimeout":5}'
    client("ssm").delete_parameter(Name=name)


@pytest.mark.parametrize("as_role", [False, True])
def test_who_may_not_read_a_resource_does_not_detect_its_drift(client, actors, stacks, as_role):
    """As whom CloudFormation looks: the stack's role, or else whoever asks."""
    role = actors.role(allow("sqs:*"), trust={"Effect": "Allow", "Action": "sts:AssumeRole",
                                              "Principal": {"Service": "cloudformation.amazonaws.com"}})  # fmt: skip
    template = {"Resources": {"Q": resource("SQS::Queue"), "D": resource("SQS::Queue")}}
    name = stacks.create(template, **({"RoleARN": role.arn} if as_role else {}))["StackName"]
    user = actors.user(allow("cloudformation:*"))
    found = detect(user.client("cloudformation"), name)
    statuses = {one: drift["StackResourceDriftStatus"] for one, drift in drifts(stacks.api, name).items()}
    if as_role:
        assert (found["DetectionStatus"], statuses) == ("DETECTION_COMPLETE", {"Q": "IN_SYNC", "D": "IN_SYNC"})
        return
    assert (found["DetectionStatus"], found["StackDriftStatus"]) == ("DETECTION_FAILED", "UNKNOWN")
    assert statuses == {"Q": "UNKNOWN", "D": "UNKNOWN"}
    reason = json.loads(found["DetectionStatusReason"])
    assert reason["Summary"] == "Failed to detect drift on resources [D,Q]"
    assert "is not authorized to perform: sqs:getqueueattributes" in reason["Failures"][0]["FailureReason"]
    assert stacks.describe(name)["DriftInformation"]["StackDriftStatus"] == "UNKNOWN"


def test_an_update_puts_right_what_it_changes_and_fails_for_what_is_gone(client, stacks):
    """An update compares the template with the former one, not with what there is ("Update behaviors of stack
    resources"), and sets all properties of a resource that it changes.
    """

    def template(**properties):
        return {"Resources": {"Q": resource("SQS::Queue", DelaySeconds=20, **properties), "D": resource("SQS::Queue")}}

    name = stacks.create(template())["StackName"]
    url = stacks.api.describe_stack_resource(StackName=name, LogicalResourceId="Q")
    url = url["StackResourceDetail"]["PhysicalResourceId"]
    client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "120"})
    assert detect(stacks.api, name)["StackDriftStatus"] == "DRIFTED"
    with refused("ValidationError", "No updates are to be performed."):
        stacks.update(name, template())
    assert stacks.update(name, template(VisibilityTimeout=61))["DriftInformation"]["StackDriftStatus"] == "NOT_CHECKED"
    assert detect(stacks.api, name)["StackDriftStatus"] == "IN_SYNC"
    client("sqs").delete_queue(QueueUrl=url)
    assert stacks.update(name, template(VisibilityTimeout=62))["StackStatus"] == "UPDATE_ROLLBACK_FAILED"
    assert detect(stacks.api, name)["DriftedStackResourceCount"] == 1
    assert drifts(stacks.api, name)["Q"]["StackResourceDriftStatus"] == "DELETED"
    assert stacks.delete(name)["StackStatus"] == "DELETE_COMPLETE"


def assert_refused_meanwhile(api, name, message):
    """Of several detections at once some begin, and the others are refused."""

    def detect(_):
        try:
            return api.detect_stack_drift(StackName=name)["StackDriftDetectionId"]
        except ClientError as error:
            return error.response["Error"]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(detect, range(8)))
    assert any(isinstance(answer, str) for answer in answers)
    assert {"Type": "Sender", "Code": "ValidationError", "Message": message} in answers


def test_what_is_refused(stacks):
    api, queues = stacks.api, {f"Q{number}": resource("SQS::Queue") for number in range(30)}
    unread = {"G": resource("IAM::Group")}
    name = stacks.create({"Resources": {**queues, **unread}})["StackName"]
    stack = stacks.describe(name)["StackId"]
    assert_refused_meanwhile(api, name, f"Drift detection is already in progress for stack [{stack}]")
    with refused("ValidationError", "Drift detection is not supported for ResourceType AWS::IAM::Group"):
        api.detect_stack_resource_drift(StackName=name, LogicalResourceId="G")
    with refused("ValidationError", "does not exist"):
        api.detect_stack_resource_drift(StackName=name, LogicalResourceId="None")
    with refused("ValidationError", "Stack [none] does not exist"):
        api.detect_stack_drift(StackName="none")
    with refused("ValidationError", "does not exist"):
        api.describe_stack_drift_detection_status(StackDriftDetectionId=str(uuid.uuid4()))
    with refused("ValidationError", "Member must satisfy enum value set"):
        api.describe_stack_resource_drifts(StackName=name, StackResourceDriftStatusFilters=["CHANGED"])
    stacks.delete(name)
    broken = resource("Lambda::Permission", FunctionName="none", Action="lambda:*", Principal="s3.amazonaws.com")
    failed = stacks.create({"Resources": {"P": broken}})
    with refused("ValidationError", f"on stack [{failed['StackId']}] while it is in [ROLLBACK_COMPLETE] state"):
        api.detect_stack_drift(StackName=failed["StackName"])
