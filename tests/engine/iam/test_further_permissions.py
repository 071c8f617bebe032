"""Requests that take more than one permission, and limits of what is allowed (API References of each, 2026-11)."""

import pytest
from authorization_kit import ACCOUNT, ROOT, allow, document, refused, statement, unique
from kit import zipped

ARN = f"us-east-1:{ACCOUNT}"


@pytest.fixture(scope="module")
def bucket(client):
    name = unique("bucket")
    client("s3").create_bucket(Bucket=name)
    yield name
    for entry in client("s3").list_objects_v2(Bucket=name).get("Contents", ()):
        client("s3").delete_object(Bucket=name, Key=entry["Key"])
    client("s3").delete_bucket(Bucket=name)


@pytest.mark.parametrize(
    ("more", "action"),
    [
        ({"Tagging": "a=b"}, "s3:PutObjectTagging"),
        ({"ACL": "public-read"}, "s3:PutObjectAcl"),
        ({"GrantRead": 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'}, "s3:PutObjectAcl"),
        ({"ACL": "private"}, None),
        ({}, None),
    ],
)
def test_what_an_object_is_given_takes_its_own_permission(actors, bucket, more, action):
    role = actors.role(allow("s3:PutObject"))
    client = role.session()("s3")
    request = {"Bucket": bucket, "Key": "k", "Body": b"x", **more}
    if action:
        with refused("AccessDenied", action):
            client.put_object(**request)
        role.put(allow(action), "more")
    client.put_object(**request)


def test_what_is_made_with_tags_takes_the_permission_to_tag(actors):
    """Lambda Developer Guide, "Using tags on Lambda functions"; SQS API Reference, "CreateQueue" (2026-11)."""
    execution, name = actors.execution_role(), unique("f")
    role = actors.role(allow(["lambda:CreateFunction", "iam:PassRole", "sqs:CreateQueue"]))
    client = role.session()
    code = {"ZipFile": zipped({"index.py": "def handler(event, context): return 1"})}
    function = {"FunctionName": name, "Runtime": "python3.13", "Handler": "index.handler", "Role": execution.arn}
    with refused("AccessDeniedException", f"lambda:TagResource on resource: arn:aws:lambda:{ARN}:function:{name} "):
        client("lambda").create_function(**function, Code=code, Tags={"a": "b"})
    with refused("AccessDenied", "sqs:tagqueue"):
        client("sqs").create_queue(QueueName=name, tags={"a": "b"})
    role.put(allow(["lambda:TagResource", "sqs:TagQueue"]), "more")
    client("lambda").create_function(**function, Code=code, Tags={"a": "b"})
    actors.root("lambda").delete_function(FunctionName=name)
    actors.root("sqs").delete_queue(QueueUrl=client("sqs").create_queue(QueueName=name, tags={"a": "b"})["QueueUrl"])


@pytest.mark.parametrize(
    ("action", "options"),
    [
        ("sts:TagSession", {"Tags": [{"Key": "team", "Value": "blue"}]}),
        ("sts:SetSourceIdentity", {"SourceIdentity": "ada"}),
    ],
)
def test_a_session_is_marked_by_whom_the_role_trusts_with_it(actors, action, options):
    role = actors.role()
    with refused("AccessDenied", f"is not authorized to perform: {action} on resource: {role.arn}"):
        role.session(**options)
    trust = document({**ROOT, "Action": ["sts:AssumeRole", action]})
    actors.iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=trust)
    role.session(**options)


def test_a_session_lasts_no_longer_than_the_role_admits(actors):
    role = actors.role(allow("sts:AssumeRole"))
    said = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    with refused("ValidationError", said):
        role.session(DurationSeconds=7200)
    actors.iam.update_role(RoleName=role.name, MaxSessionDuration=7200)
    client = role.session(DurationSeconds=7200)("sts")
    said = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
    with refused("ValidationError", said):
        client.assume_role(RoleArn=role.arn, RoleSessionName="again", DurationSeconds=7200)
    client.assume_role(RoleArn=role.arn, RoleSessionName="again", DurationSeconds=3600)


def test_of_many_objects_those_are_deleted_that_may_be(actors, bucket):
    """Amazon S3 API Reference, "DeleteObjects" (2026-11): an error for each key, in an answer with status 200."""
    s3 = actors.root("s3")
    for key in ("mine/a", "b"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    role = actors.role(allow("s3:DeleteObject", f"arn:aws:s3:::{bucket}/mine/*"))
    client = role.session()("s3")
    said = client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "mine/a"}, {"Key": "b"}]})
    assert [entry["Key"] for entry in said["Deleted"]] == ["mine/a"]
    assert [(entry["Key"], entry["Code"]) for entry in said["Errors"]] == [("b", "AccessDenied")]
    said = client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "b"}], "Quiet": True})
    assert [entry["Code"] for entry in said["Errors"]] == ["AccessDenied"]
    s3.head_object(Bucket=bucket, Key="b")
    with refused("NoSuchBucket"):
        client.delete_objects(Bucket=unique("gone"), Delete={"Objects": [{"Key": "b"}]})


@pytest.fixture(scope="module")
def table(client):
    dynamodb, name = client("dynamodb"), unique("table")
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    dynamodb.put_item(TableName=name, Item={name: {"S": "x"} for name in ("id", "a", "s")})
    yield name
    dynamodb.delete_table(TableName=name)


KEY = {"id": {"S": "x"}}
SET = {"ExpressionAttributeValues": {":v": {"S": "v"}}}


@pytest.mark.parametrize(
    ("operation", "request_", "allowed"),
    [
        ("get_item", {"Key": KEY, "ProjectionExpression": "a"}, True),
        ("get_item", {"Key": KEY, "ProjectionExpression": "a,s"}, False),
        ("get_item", {"Key": KEY, "ProjectionExpression": "#n", "ExpressionAttributeNames": {"#n": "s"}}, False),
        ("get_item", {"Key": KEY, "AttributesToGet": ["s"]}, False),
        ("put_item", {"Item": {**KEY, "s": {"S": "v"}}}, False),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET a = :v", **SET}, True),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET a = :v REMOVE s", **SET}, False),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET a = if_not_exists(s, :v)", **SET}, False),
        ("scan", {"FilterExpression": "begins_with (s, :v)", **SET}, False),
        ("scan", {"FilterExpression": "begins_with (a, :v)", **SET}, True),
    ],
)
def test_attributes_limit_what_is_read_and_written(actors, table, operation, request_, allowed):
    """DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control" (2026-11)."""
    condition = {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "a"]}}
    client = actors.role(allow("dynamodb:*", Condition=condition)).session()("dynamodb")
    call = getattr(client, operation)
    if allowed:
        call(TableName=table, **request_)
    else:
        with refused("AccessDeniedException"):
            call(TableName=table, **request_)


@pytest.mark.parametrize(
    ("operation", "request_"),
    [
        ("batch_get_item", lambda table, key: {"RequestItems": {table: {"Keys": [key]}}}),
        ("batch_write_item", lambda table, key: {"RequestItems": {table: [{"PutRequest": {"Item": key}}]}}),
        ("batch_write_item", lambda table, key: {"RequestItems": {table: [{"DeleteRequest": {"Key": key}}]}}),
        ("transact_get_items", lambda table, key: {"TransactItems": [{"Get": {"TableName": table, "Key": key}}]}),
        ("transact_write_items", lambda table, key: {"TransactItems": [{"Put": {"TableName": table, "Item": key}}]}),
    ],
)
def test_leading_keys_limit_batches_and_transactions_too(actors, table, operation, request_):
    mine = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["mine"]}}
    client = actors.role(allow("dynamodb:*", Condition=mine)).session()("dynamodb")
    getattr(client, operation)(**request_(table, {"id": {"S": "mine"}}))
    with refused("AccessDeniedException"):
        getattr(client, operation)(**request_(table, {"id": {"S": "another"}}))


def test_a_statements_id_has_letters_and_digits(actors):
    """As users report it; "Sid" in the IAM User Guide (2026-11)."""
    said = (
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
    )
    with refused("MalformedPolicyDocument", said):
        actors.iam.create_policy(
            PolicyName=unique("p"), PolicyDocument=document(statement("s3:ListAllMyBuckets", Sid="a-b"))
        )
    actors.role(document(statement("s3:ListAllMyBuckets", Sid="aB1")))
