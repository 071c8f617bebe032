"""Policies that decide by tags: of the resource, and of the request (Service Authorization Reference, 2026-11)."""

import json

import pytest
from authorization_kit import ACCOUNT, allow, document, refused, statement, unique
from kit import ROLE, zipped

ARN = f"us-east-1:{ACCOUNT}"
TAGS = [{"Key": "env", "Value": "dev"}]


def function(root, name):
    lam = root("lambda")
    code = {"ZipFile": zipped({"index.py": "def handler(event, context): return 1"})}
    lam.create_function(
        FunctionName=name, Runtime="python3.13", Handler="index.handler", Role=ROLE, Code=code, Tags={"env": "dev"}
    )
    return (lambda client: client("lambda").get_function(FunctionName=name)), lambda: lam.delete_function(
        FunctionName=name
    )


def queue(root, name):
    sqs = root("sqs")
    url = sqs.create_queue(QueueName=name, tags={"env": "dev"})["QueueUrl"]
    return (lambda client: client("sqs").send_message(QueueUrl=url, MessageBody="x")), lambda: sqs.delete_queue(
        QueueUrl=url
    )


def topic(root, name):
    sns = root("sns")
    arn = sns.create_topic(Name=name, Tags=TAGS)["TopicArn"]
    return (lambda client: client("sns").publish(TopicArn=arn, Message="x")), lambda: sns.delete_topic(TopicArn=arn)


def table(root, name):
    dynamodb = root("dynamodb")
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        Tags=TAGS,
    )
    key = {"id": {"S": "1"}}
    return (lambda client: client("dynamodb").get_item(TableName=name, Key=key)), lambda: dynamodb.delete_table(
        TableName=name
    )


def secret(root, name):
    secrets = root("secretsmanager")
    secrets.create_secret(Name=name, SecretString="x", Tags=TAGS)
    return (lambda client: client("secretsmanager").get_secret_value(SecretId=name)), lambda: secrets.delete_secret(
        SecretId=name, ForceDeleteWithoutRecovery=True
    )


def user(root, name):
    iam = root("iam")
    iam.create_user(UserName=name, Tags=TAGS)
    return (lambda client: client("iam").get_user(UserName=name)), lambda: iam.delete_user(UserName=name)


def key(root, name):
    kms = root("kms")
    made = kms.create_key(Tags=[{"TagKey": "env", "TagValue": "dev"}])["KeyMetadata"]["KeyId"]
    return (lambda client: client("kms").describe_key(KeyId=made)), lambda: None


def log_group(root, name):
    logs = root("logs")
    logs.create_log_group(logGroupName=name, tags={"env": "dev"})
    return (lambda client: client("logs").describe_log_streams(logGroupName=name)), lambda: logs.delete_log_group(
        logGroupName=name
    )


def rule(root, name):
    events = root("events")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}), Tags=TAGS)
    return (lambda client: client("events").describe_rule(Name=name)), lambda: events.delete_rule(Name=name)


def state_machine(root, name):
    states = root("stepfunctions")
    definition = json.dumps({"StartAt": "a", "States": {"a": {"Type": "Pass", "End": True}}})
    role = root("iam").create_role(
        RoleName=name,
        AssumeRolePolicyDocument=document(
            {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ),
    )["Role"]["Arn"]
    tags = [{"key": "env", "value": "dev"}]
    arn = states.create_state_machine(name=name, definition=definition, roleArn=role, tags=tags)["stateMachineArn"]

    def delete():
        states.delete_state_machine(stateMachineArn=arn)
        root("iam").delete_role(RoleName=name)

    return (lambda client: client("stepfunctions").describe_state_machine(stateMachineArn=arn)), delete


def stream(root, name):
    kinesis = root("kinesis")
    kinesis.create_stream(StreamName=name, ShardCount=1)
    kinesis.add_tags_to_stream(StreamName=name, Tags={"env": "dev"})
    return (lambda client: client("kinesis").describe_stream_summary(StreamName=name)), lambda: kinesis.delete_stream(
        StreamName=name
    )


def parameter(root, name):
    ssm = root("ssm")
    ssm.put_parameter(Name=name, Value="x", Type="String", Tags=TAGS)
    return (lambda client: client("ssm").get_parameter(Name=name)), lambda: ssm.delete_parameter(Name=name)


@pytest.mark.parametrize(
    ("make", "service", "key"),
    [
        (function, "lambda", "aws:ResourceTag/env"),
        (queue, "sqs", "aws:ResourceTag/env"),
        (topic, "sns", "aws:ResourceTag/env"),
        (table, "dynamodb", "aws:ResourceTag/env"),
        (secret, "secretsmanager", "secretsmanager:ResourceTag/env"),
        (user, "iam", "iam:ResourceTag/env"),
        (user, "iam", "aws:ResourceTag/env"),
        (key, "kms", "aws:ResourceTag/env"),
        (log_group, "logs", "aws:ResourceTag/env"),
        (rule, "events", "aws:ResourceTag/env"),
        (state_machine, "states", "aws:ResourceTag/env"),
        (stream, "kinesis", "aws:ResourceTag/env"),
        (parameter, "ssm", "ssm:resourceTag/env"),
    ],
)
def test_a_resources_tags_decide(actors, make, service, key):
    """Allowed for the tag that it has and not for another; denied for all but that."""
    call, delete = make(actors.root, unique("tagged"))
    try:
        role = actors.role(allow(f"{service}:*", Condition={"StringEquals": {key: "prod"}}))
        client = role.session()
        with pytest.raises(Exception, match="not authorized"):
            call(client)
        role.put(allow(f"{service}:*", Condition={"StringEquals": {key: "dev"}}))
        call(client)
        deny = statement(f"{service}:*", effect="Deny", Condition={"StringNotEquals": {key: "dev"}})
        role.put(document(statement(f"{service}:*"), deny))
        call(client)
    finally:
        delete()


def test_an_invocation_is_decided_by_the_functions_tags(actors, function):
    call = function("def handler(event, context): return 1")
    lam = actors.root("lambda")
    arn = lam.get_function(FunctionName=call.name)["Configuration"]["FunctionArn"]
    role = actors.role(allow("lambda:*", Condition={"StringEquals": {"aws:ResourceTag/env": "dev"}}))
    client = role.session()("lambda")
    with refused("AccessDeniedException"):
        client.invoke(FunctionName=call.name)
    lam.tag_resource(Resource=arn, Tags={"env": "dev"})
    client.invoke(FunctionName=call.name)
    lam.untag_resource(Resource=arn, TagKeys=["env"])
    with refused("AccessDeniedException"):
        client.invoke(FunctionName=call.name)


def test_a_roles_tags_decide_who_assumes_it(actors):
    role = actors.role(Tags=TAGS)
    user = actors.user(allow("sts:AssumeRole", Condition={"StringEquals": {"iam:ResourceTag/env": "prod"}}))
    assume = {"RoleArn": role.arn, "RoleSessionName": "session"}
    with refused("AccessDenied"):
        user.client("sts").assume_role(**assume)
    user.put(allow("sts:AssumeRole", Condition={"StringEquals": {"aws:ResourceTag/env": "dev"}}))
    user.client("sts").assume_role(**assume)


def test_an_objects_tags_decide_and_those_it_is_to_have(actors):
    """Amazon S3 User Guide, "Tagging and access control policies" (2026-11)."""
    s3, bucket = actors.root("s3"), unique("bucket")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a", Body=b"x", Tagging="team=blue")
    s3.put_object(Bucket=bucket, Key="b", Body=b"x")
    everything = f"arn:aws:s3:::{bucket}/*"
    role = actors.role(
        document(
            statement("s3:GetObject", everything, Condition={"StringEquals": {"s3:ExistingObjectTag/team": "blue"}}),
            statement(
                ["s3:PutObject", "s3:PutObjectTagging"],
                everything,
                Condition={
                    "StringEquals": {"s3:RequestObjectTag/team": "blue"},
                    "ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": ["team"]},
                },
            ),
        )
    )
    client = role.session()("s3")
    client.get_object(Bucket=bucket, Key="a")
    client.put_object(Bucket=bucket, Key="c", Body=b"x", Tagging="team=blue")
    client.put_object_tagging(Bucket=bucket, Key="c", Tagging={"TagSet": [{"Key": "team", "Value": "blue"}]})
    with refused("AccessDenied"):
        client.get_object(Bucket=bucket, Key="b")
    for tagging in ("team=red", "team=blue&x=y", ""):
        with refused("AccessDenied"):
            client.put_object(Bucket=bucket, Key="c", Body=b"x", Tagging=tagging)
    for name in "abc":
        s3.delete_object(Bucket=bucket, Key=name)
    s3.delete_bucket(Bucket=bucket)


def test_the_names_of_tags_that_are_removed_are_a_key_too(actors):
    logs, name = actors.root("logs"), unique("group")
    logs.create_log_group(logGroupName=name, tags={"a": "1", "b": "2"})
    only = {"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}
    client = actors.role(allow("logs:*", Condition=only)).session()("logs")
    client.untag_log_group(logGroupName=name, tags=["a"])
    with refused("AccessDeniedException"):
        client.untag_resource(resourceArn=f"arn:aws:logs:{ARN}:log-group:{name}", tagKeys=["b"])
    logs.delete_log_group(logGroupName=name)
