"""Resource-based policies, and services that call on somebody's behalf: refused before, let in after."""

import functools
import json
import time
import urllib.request
from urllib.error import HTTPError

import pytest
from authorization_kit import ACCOUNT, allow, document, refused, statement, unique
from kit import caller, eventually, wait_until_active, zipped

ARN = f"us-east-1:{ACCOUNT}"
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

CALLED = "def handler(event, context): print('called'); return {'statusCode': 200, 'body': 'hello'}"


def trust(service):
    return {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}


def from_service(service, action, resource, **more):
    principal = {"Service": f"{service}.amazonaws.com"}
    return document({**statement(action, resource, **more), "Principal": principal})


@pytest.fixture
def bucket(client):
    s3, name = client("s3"), unique("bucket")
    s3.create_bucket(Bucket=name)
    yield name
    s3.delete_bucket_policy(Bucket=name)
    for entry in s3.list_objects_v2(Bucket=name).get("Contents", ()):
        s3.delete_object(Bucket=name, Key=entry["Key"])
    s3.delete_bucket(Bucket=name)


@pytest.fixture
def queue(client):
    """`queue()`: URL and ARN of a new one."""
    sqs, urls = client("sqs"), []

    def make():
        name = unique("queue")
        urls.append(sqs.create_queue(QueueName=name)["QueueUrl"])
        return urls[-1], f"arn:aws:sqs:{ARN}:{name}"

    yield make
    for url in urls:
        sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def topic(client):
    arn = client("sns").create_topic(Name=unique("topic"))["TopicArn"]
    yield arn
    client("sns").delete_topic(TopicArn=arn)


@pytest.fixture
def deploy(client, actors):
    """`deploy(source)`: a caller of a new function whose role, `.role`, may write logs."""
    lam, names = client("lambda"), []

    def make(
        source="def handler(event, context): print('called'); return {'statusCode': 200, 'body': 'hello'}", **options
    ):
        name, role = unique("f"), actors.execution_role()
        actors.iam.attach_role_policy(RoleName=role.name, PolicyArn=BASIC)
        lam.create_function(
            FunctionName=name, Runtime="python3.13", Handler="index.handler", Role=role.arn, Timeout=20,
            Code={"ZipFile": zipped({"index.py": source})}, **options,
        )  # fmt: skip
        names.append(name)
        wait_until_active(lam, name)
        call = caller(lam, name)
        call.role, call.arn = role, f"arn:aws:lambda:{ARN}:function:{name}"
        return call

    yield make
    for name in names:
        lam.delete_function(FunctionName=name)


@pytest.fixture
def calls(client):
    """`calls(function)`: how often it was called, by its log."""

    def count(function):
        logs = client("logs")
        try:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{function.name}")["events"]
        except logs.exceptions.ResourceNotFoundException:
            return 0
        return [event["message"] for event in events].count("called\n")

    return count


def grant(client, function, service, source=None, **more):
    source = {"SourceArn": source} if source else {}
    client("lambda").add_permission(
        FunctionName=function.name, StatementId=unique("s"), Action="lambda:InvokeFunction",
        Principal=f"{service}.amazonaws.com", **source, **more,
    )  # fmt: skip


# -- resource-based policies --------------------------------------------------------------------------------


def test_a_bucket_policy_lets_a_role_in_and_keeps_it_out(actors, client, bucket):
    s3, role = client("s3"), actors.role()
    theirs = role.session()("s3")
    put = {"Bucket": bucket, "Key": "k", "Body": b"x"}
    with refused("AccessDenied"):
        theirs.put_object(**put)
    allowed = {**statement("s3:PutObject", f"arn:aws:s3:::{bucket}/*"), "Principal": {"AWS": role.arn}}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(allowed))
    theirs.put_object(**put)
    s3.put_bucket_policy(Bucket=bucket, Policy=document({**allowed, "Effect": "Deny"}))
    role.put(allow("s3:*"))
    with refused("AccessDenied", "with an explicit deny in a resource-based policy"):
        theirs.put_object(**put)


def test_a_bucket_policy_can_let_everybody_read(actors, client, bucket, engine):
    client("s3").put_object(Bucket=bucket, Key="k", Body=b"public")
    url = f"{engine.endpoint}/{bucket}/k"
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(url, timeout=10)
    everybody = {**statement("s3:GetObject", f"arn:aws:s3:::{bucket}/*"), "Principal": "*"}
    client("s3").put_bucket_policy(Bucket=bucket, Policy=document(everybody))
    assert urllib.request.urlopen(url, timeout=10).read() == b"public"


def test_a_presigned_url_is_good_for_what_its_signer_may_do(actors, client, bucket):
    client("s3").put_object(Bucket=bucket, Key="k", Body=b"secret")
    user = actors.user()
    url = user.client("s3").generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(url, timeout=10)
    user.put(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*"))
    assert urllib.request.urlopen(url, timeout=10).read() == b"secret"


def test_a_bucket_of_another_account_needs_both_sides(actors, client, bucket):
    other = actors.client("s3", "111122223333")
    put = {"Bucket": bucket, "Key": "k", "Body": b"x"}
    with refused("AccessDenied"):
        other.put_object(**put)
    theirs = {**statement("s3:PutObject", f"arn:aws:s3:::{bucket}/*"), "Principal": {"AWS": "111122223333"}}
    client("s3").put_bucket_policy(Bucket=bucket, Policy=document(theirs))
    other.put_object(**put)


def test_a_queue_policy_lets_a_user_send(actors, client, queue):
    url, arn = queue()
    user = actors.user()
    send = {"QueueUrl": url, "MessageBody": "m"}
    with refused("AccessDenied", f"sqs:sendmessage on resource: {arn} because no identity-based policy"):
        user.client("sqs").send_message(**send)
    policy = document({**statement("sqs:SendMessage", arn), "Principal": {"AWS": user.arn}})
    client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    user.client("sqs").send_message(**send)
    with refused("AccessDenied"):
        user.client("sqs").receive_message(QueueUrl=url)


def test_a_topics_default_policy_lets_nobody_in_but_a_policy_does(actors, client, topic):
    user = actors.user()
    with refused("AuthorizationError", f"SNS:Publish on resource: {topic} because no identity-based policy"):
        user.client("sns").publish(TopicArn=topic, Message="m")
    policy = document({**statement("SNS:Publish", topic), "Principal": {"AWS": user.arn}})
    client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
    user.client("sns").publish(TopicArn=topic, Message="m")


# -- services that push -------------------------------------------------------------------------------------


def test_sns_invokes_a_function_that_lets_it(client, deploy, calls, topic):
    function = deploy()
    client("sns").subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function.arn)
    client("sns").publish(TopicArn=topic, Message="m")
    grant(client, function, "sns", f"arn:aws:sns:{ARN}:another")
    client("sns").publish(TopicArn=topic, Message="m")
    time.sleep(1.5)
    assert calls(function) == 0
    grant(client, function, "sns", topic)
    client("sns").publish(TopicArn=topic, Message="m")
    assert eventually(lambda: calls(function) == 1)


def test_sns_sends_to_a_queue_that_lets_it(client, queue, topic):
    url, arn = queue()
    client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    client("sns").publish(TopicArn=topic, Message="before")
    time.sleep(1)
    only = {"ArnEquals": {"aws:SourceArn": topic}}
    policy = from_service("sns", "sqs:SendMessage", arn, Condition=only)
    client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    client("sns").publish(TopicArn=topic, Message="after")
    messages = client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=5, MaxNumberOfMessages=10)["Messages"]
    assert [json.loads(message["Body"])["Message"] for message in messages] == ["after"]


@pytest.mark.parametrize("account", [{}, {"SourceAccount": ACCOUNT}])
def test_s3_notifies_a_function_that_lets_it(client, deploy, calls, bucket, account):
    s3, function = client("s3"), deploy()
    configuration = {
        "LambdaFunctionConfigurations": [{"LambdaFunctionArn": function.arn, "Events": ["s3:ObjectCreated:*"]}]
    }
    grant(client, function, "s3", f"arn:aws:s3:::{bucket}", SourceAccount="111122223333")
    with refused("InvalidArgument", "Unable to validate the following destination configurations"):
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)
    grant(client, function, "s3", f"arn:aws:s3:::{bucket}", **account)
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    assert eventually(lambda: calls(function) == 1)


def test_s3_notifies_a_queue_that_lets_it(client, queue, bucket):
    s3 = client("s3")
    url, arn = queue()
    configuration = {"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]}
    for source in ("arn:aws:s3:::another", f"arn:aws:s3:::{bucket}"):
        with refused("InvalidArgument", "Unable to validate the following destination configurations"):
            s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)
        policy = from_service("s3", "sqs:SendMessage", arn, Condition={"ArnLike": {"aws:SourceArn": source}})
        client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    messages = []
    while len(messages) < 2:  # s3:TestEvent first
        messages += client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=5, MaxNumberOfMessages=10)["Messages"]
    assert any("ObjectCreated:Put" in message["Body"] for message in messages)


def test_eventbridge_invokes_a_function_that_lets_it(client, deploy, calls):
    events, function, rule = client("events"), deploy(), unique("rule")
    arn = events.put_rule(Name=rule, EventPattern=json.dumps({"source": [rule]}))["RuleArn"]
    events.put_targets(Rule=rule, Targets=[{"Id": "1", "Arn": function.arn}])
    event = {"Source": rule, "DetailType": "d", "Detail": "{}"}
    events.put_events(Entries=[event])
    time.sleep(1.5)
    assert calls(function) == 0
    grant(client, function, "events", arn)
    events.put_events(Entries=[event])
    assert eventually(lambda: calls(function) == 1)
    events.remove_targets(Rule=rule, Ids=["1"])
    events.delete_rule(Name=rule)


@pytest.fixture
def api(client, engine, deploy):
    """`api(credentials)`: status of a call to an API in front of a function, and the function."""
    gateway, ids = client("apigateway"), []
    function = deploy()

    def make(credentials=None):
        ids.append(gateway.create_rest_api(name=unique("api"))["id"])
        api = {"restApiId": ids[-1]}
        resource = {**api, "resourceId": gateway.get_resources(**api)["items"][0]["id"], "httpMethod": "GET"}
        gateway.put_method(**resource, authorizationType="NONE")
        uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function.arn}/invocations"
        options = {"credentials": credentials} if credentials else {}
        gateway.put_integration(**resource, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri, **options)
        gateway.create_deployment(**api, stageName="test")

        def status():
            try:
                path = f"{engine.endpoint}/_aws/execute-api/{ids[-1]}/test/"
                return urllib.request.urlopen(path, timeout=20).status
            except HTTPError as error:
                return error.code

        status.id = ids[-1]
        return status

    make.function = function
    yield make
    for rest in ids:
        gateway.delete_rest_api(restApiId=rest)


def test_api_gateway_invokes_a_function_that_lets_it(client, api):
    status = api()
    assert status() == 500
    grant(client, api.function, "apigateway", f"arn:aws:execute-api:{ARN}:{status.id}/*/POST/")
    assert status() == 500
    grant(client, api.function, "apigateway", f"arn:aws:execute-api:{ARN}:{status.id}/*/GET/")
    assert status() == 200


def test_api_gateway_invokes_with_the_role_of_an_integration(actors, client, api):
    role = actors.role(trust=trust("apigateway"))
    status = api(role.arn)
    assert status() == 500
    role.put(allow("lambda:InvokeFunction", api.function.arn))
    assert status() == 200
    role.put(allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:another"))
    assert status() == 500
    role.put(allow("lambda:InvokeFunction", api.function.arn))
    assert status() == 200
    actors.iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=document(trust("lambda")))
    assert status() == 500


# -- services that pull, and roles that services assume -------------------------------------------------------


def test_an_event_source_mapping_reads_a_queue_as_the_functions_role(client, deploy, calls, queue):
    lam, function = client("lambda"), deploy()
    url, arn = queue()
    create = {"EventSourceArn": arn, "FunctionName": function.name}
    words = "The function execution role does not have permissions to call ReceiveMessage on SQS"
    with refused("InvalidParameterValueException", words):
        lam.create_event_source_mapping(**create)
    actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    function.role.put(allow(actions, arn))
    mapping = lam.create_event_source_mapping(**create)["UUID"]
    client("sqs").send_message(QueueUrl=url, MessageBody="m")
    assert eventually(lambda: calls(function) == 1, 10)
    function.role.put(allow("sqs:GetQueueAttributes", arn))
    client("sqs").send_message(QueueUrl=url, MessageBody="m")
    time.sleep(2)
    assert calls(function) == 1
    function.role.put(allow(actions, arn))
    assert eventually(lambda: calls(function) == 2, 20)
    lam.delete_event_source_mapping(UUID=mapping)


# The rights that deployed templates give (2026-11): of Serverless Framework, which names the stream for all; of SAM's
# DynamoDBStreamReadPolicy; of the AWS CDK's grants. {table} and {stream} are ARNs.
STREAM_RIGHTS = {
    "dynamodb-serverless": [("GetRecords GetShardIterator DescribeStream ListStreams", "{stream}")],
    "dynamodb-sam": [("GetRecords GetShardIterator DescribeStream ListStreams", "{table}/stream/*")],
    "dynamodb-cdk": [("GetRecords GetShardIterator DescribeStream", "{stream}"), ("ListStreams", "*")],
    "kinesis-serverless": [("GetRecords GetShardIterator DescribeStreamSummary ListShards", "{stream}")],
    "kinesis-sam": [("GetRecords GetShardIterator DescribeStream", "{stream}")],
}
STREAM_ACTIONS = {
    "dynamodb": "GetRecords, GetShardIterator, DescribeStream, and ListStreams",
    "kinesis": "GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams",
}


def is_enabled(lam, mapping):
    return lam.get_event_source_mapping(UUID=mapping)["State"] == "Enabled"


@pytest.fixture
def sources(client):
    """ARNs of a DynamoDB stream and of a Kinesis stream, by service."""
    name = unique("source")
    table = client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]
    client("kinesis").create_stream(StreamName=name, ShardCount=1)
    yield {"dynamodb": table["LatestStreamArn"], "kinesis": f"arn:aws:kinesis:{ARN}:stream/{name}"}
    client("dynamodb").delete_table(TableName=name)
    client("kinesis").delete_stream(StreamName=name)


def test_an_event_source_mapping_of_a_stream_needs_its_permissions(client, deploy, sources):
    lam, function = client("lambda"), deploy()
    for kind, rights in STREAM_RIGHTS.items():
        service = kind.partition("-")[0]
        stream = sources[service]
        create = {"EventSourceArn": stream, "FunctionName": function.name, "StartingPosition": "LATEST"}
        function.role.put(allow("logs:PutLogEvents"))
        with refused(
            "InvalidParameterValueException",
            f"Cannot access stream {stream}. Please ensure the role can perform the {STREAM_ACTIONS[service]} Actions "
            "on your stream in IAM.",
        ):
            lam.create_event_source_mapping(**create)
        statements = [
            statement(
                [f"{service}:{action}" for action in actions.split()],
                resource.format(stream=stream, table=stream.partition("/stream/")[0]),
            )
            for actions, resource in rights
        ]
        function.role.put(document(*statements))
        mapping = lam.create_event_source_mapping(**create)["UUID"]
        assert eventually(functools.partial(is_enabled, lam, mapping), 10), kind
        lam.delete_event_source_mapping(UUID=mapping)


def test_an_event_source_mappings_destination_needs_the_functions_role(client, deploy, sources, queue):
    lam, function = client("lambda"), deploy()
    function.role.put(allow("dynamodb:*"))
    _, arn = queue()
    mapping = {"EventSourceArn": sources["dynamodb"], "FunctionName": function.name, "StartingPosition": "LATEST"}
    told = {"DestinationConfig": {"OnFailure": {"Destination": arn}}}
    words = f"does not have permissions to call SendMessage on {arn}"
    with refused("InvalidParameterValueException", words):
        lam.create_event_source_mapping(**mapping, **told)
    made = lam.create_event_source_mapping(**mapping)["UUID"]
    with refused("InvalidParameterValueException", words):
        lam.update_event_source_mapping(UUID=made, **told)
    lam.delete_event_source_mapping(UUID=made)


def test_cloudformation_maps_streams_for_roles_that_may_read_them_and_says_what_others_lack(client, sources):
    """As when CreateEventSourceMapping is called: the stack fails with Lambda's message."""
    cloudformation, stacks = client("cloudformation"), {}
    for actions in ("dynamodb:*", "dynamodb:PutItem"):
        role = {
            "AssumeRolePolicyDocument": json.loads(document(trust("lambda"))),
            "Policies": [{"PolicyName": "p", "PolicyDocument": json.loads(allow(actions))}],
        }
        function = {
            "Runtime": "python3.13",
            "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Code": {"ZipFile": CALLED},
        }
        mapping = {
            "EventSourceArn": sources["dynamodb"],
            "FunctionName": {"Ref": "Function"},
            "StartingPosition": "TRIM_HORIZON",
        }
        resources = {
            "Role": {"Type": "AWS::IAM::Role", "Properties": role},
            "Function": {"Type": "AWS::Lambda::Function", "Properties": function},
            "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
        }
        name = unique("stack")
        cloudformation.create_stack(
            StackName=name, TemplateBody=json.dumps({"Resources": resources}), Capabilities=["CAPABILITY_IAM"]
        )

        def ended(name=name):
            status = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
            return None if status.endswith("IN_PROGRESS") else status

        reasons = []
        if eventually(ended, 60) != "CREATE_COMPLETE":
            events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
            reasons = [event.get("ResourceStatusReason", "") for event in events]
        stacks[actions] = " ".join(filter(None, reasons))
        cloudformation.delete_stack(StackName=name)
    assert stacks["dynamodb:*"] == ""
    assert f"Cannot access stream {sources['dynamodb']}." in stacks["dynamodb:PutItem"]


def test_a_dead_letter_queue_needs_the_functions_role(client, deploy, queue):
    lam, function = client("lambda"), deploy()
    _, arn = queue()
    words = "The provided execution role does not have permissions to call SendMessage on SQS"
    update = {"FunctionName": function.name, "DeadLetterConfig": {"TargetArn": arn}}
    with refused("InvalidParameterValueException", words):
        lam.update_function_configuration(**update)
    function.role.put(allow("sqs:SendMessage", arn))
    lam.update_function_configuration(**update)
    wait_until_active(lam, function.name)


def test_a_destination_is_reached_with_the_functions_role(client, deploy, queue):
    lam, function = client("lambda"), deploy("def handler(event, context): return event")
    url, arn = queue()
    put = {"FunctionName": function.name, "DestinationConfig": {"OnSuccess": {"Destination": arn}}}
    words = f"The function's execution role does not have permissions to call SendMessage on {arn}"
    with refused("InvalidParameterValueException", words):
        lam.put_function_event_invoke_config(**put)
    function.role.put(allow("sqs:SendMessage", arn))
    lam.put_function_event_invoke_config(**put)
    function.role.put(allow("sqs:ListQueues"))
    lam.invoke(FunctionName=function.name, InvocationType="Event", Payload=b'"before"')
    time.sleep(2)
    function.role.put(allow("sqs:SendMessage", arn))
    lam.invoke(FunctionName=function.name, InvocationType="Event", Payload=b'"after"')
    messages = client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=10, MaxNumberOfMessages=10)["Messages"]
    assert [json.loads(message["Body"])["requestPayload"] for message in messages] == ["after"]


@pytest.mark.parametrize("principal", ["states", "states.us-east-1"])
def test_a_state_machine_invokes_with_its_role(actors, client, deploy, principal):
    states, function = client("stepfunctions"), deploy("def handler(event, context): return 'hello'")
    definition = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": function.arn, "End": True}}}
    create = {"name": unique("machine"), "definition": json.dumps(definition)}
    with refused(
        "AccessDeniedException", "Neither the global service principal states.amazonaws.com, nor the regional"
    ):
        states.create_state_machine(**create, roleArn=actors.execution_role().arn)
    role = actors.role(trust=trust(principal))
    machine = states.create_state_machine(**create, roleArn=role.arn)["stateMachineArn"]

    def outcome():
        execution = states.start_execution(stateMachineArn=machine)["executionArn"]
        return eventually(
            lambda: (found := states.describe_execution(executionArn=execution))["status"] != "RUNNING" and found, 10
        )

    failed = outcome()
    assert failed["status"] == "FAILED"
    assert "lambda:InvokeFunction" in failed["cause"]
    role.put(allow("lambda:InvokeFunction", function.arn))
    assert outcome()["output"] == '"hello"'
    states.delete_state_machine(stateMachineArn=machine)


def test_a_task_is_answered_by_whoever_may_answer_for_its_state_machine(client, actors, queue):
    """Recorded on AWS by LocalStack 4.9.2's tests (stepfunctions/v2/scenarios, test_wait_for_callback)."""
    states, (url, _) = client("stepfunctions"), queue()
    waiting = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}},
        "End": True,
    }
    definition = json.dumps({"StartAt": "Wait", "States": {"Wait": waiting}})
    role = actors.role(allow("sqs:SendMessage"), trust=trust("states"))
    machine = states.create_state_machine(name=unique("m"), definition=definition, roleArn=role.arn)["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    sqs = client("sqs")
    [message] = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages"), 20)
    answer = {"taskToken": json.loads(message["Body"])["token"], "output": "{}"}
    with refused("AccessDeniedException", "states:SendTaskSuccess"):
        actors.user(allow("states:*", f"{machine}-other")).client("stepfunctions").send_task_success(**answer)
    actors.user(allow("states:SendTaskSuccess", machine)).client("stepfunctions").send_task_success(**answer)
    assert eventually(lambda: states.describe_execution(executionArn=execution)["status"] == "SUCCEEDED", 10)
    states.delete_state_machine(stateMachineArn=machine)
