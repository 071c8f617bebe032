"""One of each kind of resource that a lab can make, with what hangs on it."""

import json

from kit import wait_until_active, zipped

HANDLER = "def handler(event, context):\n    return event\n"
ALLOW = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
SERVICES = [f"{service}.amazonaws.com" for service in ("lambda", "scheduler", "states")]
ASSUME = {"Effect": "Allow", "Principal": {"Service": SERVICES}, "Action": "sts:AssumeRole"}
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [ASSUME]})
MACHINE = json.dumps({"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 60, "End": True}}})
STACK = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "of-the-stack"}}}})


def everything(aws) -> None:
    """Make one of each kind."""
    role = identities(aws("iam"))
    arn, logs = function(aws("lambda"), role), aws("logs")
    logs.create_log_group(logGroupName="/aws/lambda/f")
    things_that_call(aws, arn, role)
    gateway(aws("apigateway"))
    aws("apigatewayv2").create_api(Name="api", ProtocolType="HTTP", Target=arn)
    aws("cloudformation").create_stack(StackName="s", TemplateBody=STACK)
    aws("cloudformation").get_waiter("stack_create_complete").wait(StackName="s", WaiterConfig={"Delay": 1})
    watching(aws("cloudwatch"))
    stores(aws)


def identities(iam) -> str:
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    policy = iam.create_policy(PolicyName="p", PolicyDocument=ALLOW)["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=policy, PolicyDocument=ALLOW, SetAsDefault=True)
    iam.create_user(UserName="u", PermissionsBoundary=policy)
    iam.create_group(GroupName="g")
    iam.add_user_to_group(UserName="u", GroupName="g")
    iam.create_access_key(UserName="u")
    iam.create_login_profile(UserName="u", Password="correct-Horse-7")
    for kind, name in (("user", {"UserName": "u"}), ("group", {"GroupName": "g"}), ("role", {"RoleName": "r"})):
        getattr(iam, f"attach_{kind}_policy")(PolicyArn=policy, **name)
        getattr(iam, f"put_{kind}_policy")(PolicyName="inline", PolicyDocument=ALLOW, **name)
    return role


def function(lam, role: str) -> str:
    layer = lam.publish_layer_version(LayerName="l", Content={"ZipFile": zipped({"python/x.py": ""})})
    publishers = {"SigningProfileVersionArns": ["arn:aws:signer:us-east-1:210987654321:/signing-profiles/x/0123456789"]}
    signing = lam.create_code_signing_config(Description="c", AllowedPublishers=publishers)["CodeSigningConfig"]
    arn = lam.create_function(
        FunctionName="f",
        Runtime="python3.13",
        Handler="index.handler",
        Role=role,
        Code={"ZipFile": zipped({"index.py": HANDLER})},
        Layers=[layer["LayerVersionArn"]],
    )["FunctionArn"]
    wait_until_active(lam, "f")
    lam.put_function_code_signing_config(FunctionName="f", CodeSigningConfigArn=signing["CodeSigningConfigArn"])
    version = lam.publish_version(FunctionName="f")["Version"]
    lam.create_alias(FunctionName="f", Name="live", FunctionVersion=version)
    lam.create_function_url_config(FunctionName="f", AuthType="NONE")
    return arn


def things_that_call(aws, arn: str, role: str) -> None:
    url = aws("sqs").create_queue(QueueName="q")["QueueUrl"]
    queue = aws("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    for target, enabled in ((f"{arn}:live", True), (arn, False)):
        aws("lambda").create_event_source_mapping(FunctionName=target, EventSourceArn=queue, Enabled=enabled)
    topic = aws("sns").create_topic(Name="t")["TopicArn"]
    aws("sns").subscribe(TopicArn=topic, Protocol="lambda", Endpoint=arn)
    aws("events").put_rule(Name="rule", ScheduleExpression="rate(1 day)")
    aws("events").put_targets(Rule="rule", Targets=[{"Id": "1", "Arn": arn}])
    aws("scheduler").create_schedule(
        Name="schedule",
        ScheduleExpression="rate(1 day)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": arn, "RoleArn": role},
    )
    states = aws("stepfunctions")
    machine = states.create_state_machine(name="m", definition=MACHINE, roleArn=role)["stateMachineArn"]
    states.start_execution(stateMachineArn=machine)


def gateway(api) -> None:
    rest = api.create_rest_api(name="api")["id"]
    root = api.get_resources(restApiId=rest)["items"][0]["id"]
    api.put_method(restApiId=rest, resourceId=root, httpMethod="GET", authorizationType="NONE")
    api.put_integration(restApiId=rest, resourceId=root, httpMethod="GET", type="MOCK")
    api.create_deployment(restApiId=rest, stageName="test")
    plan = api.create_usage_plan(name="plan", apiStages=[{"apiId": rest, "stage": "test"}])["id"]
    key = api.create_api_key(name="key", enabled=True)["id"]
    api.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")


def watching(cloudwatch) -> None:
    cloudwatch.put_metric_alarm(
        AlarmName="alarm",
        Namespace="AWS/Lambda",
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )
    cloudwatch.put_dashboard(DashboardName="dashboard", DashboardBody='{"widgets": []}')


def stores(aws) -> None:
    aws("s3").create_bucket(Bucket="lab-clean-up")
    aws("s3").put_bucket_versioning(Bucket="lab-clean-up", VersioningConfiguration={"Status": "Enabled"})
    aws("s3").put_object(Bucket="lab-clean-up", Key="k", Body=b"1")
    aws("s3").delete_object(Bucket="lab-clean-up", Key="k")
    aws("dynamodb").create_table(
        TableName="table",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    aws("kinesis").create_stream(StreamName="stream", ShardCount=1)
    aws("kinesis").get_waiter("stream_exists").wait(StreamName="stream", WaiterConfig={"Delay": 1})
