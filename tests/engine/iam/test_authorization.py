"""Who calls, and what an identity's policies allow: refused before the policy, allowed after it."""

import json

import pytest
from authorization_kit import ACCOUNT, ROOT, SESSION, allow, document, refused, statement, unique
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

ARN = f"us-east-1:{ACCOUNT}"

# (service, operation, arguments, action, resource, code): on things that are not there, so that what is allowed ends in
# another error than a refusal, or in nothing.
CALLS = [
    ("s3", "list_buckets", {}, "s3:ListAllMyBuckets", "*", "AccessDenied"),
    ("s3", "get_object", {"Bucket": "nowhere", "Key": "a/b"}, "s3:GetObject", "arn:aws:s3:::nowhere/a/b",
     "AccessDenied"),
    ("s3", "put_object", {"Bucket": "nowhere", "Key": "k"}, "s3:PutObject", "arn:aws:s3:::nowhere/k", "AccessDenied"),
    ("s3", "list_objects_v2", {"Bucket": "nowhere"}, "s3:ListBucket", "arn:aws:s3:::nowhere", "AccessDenied"),
    ("s3", "get_bucket_cors", {"Bucket": "nowhere"}, "s3:GetBucketCORS", "arn:aws:s3:::nowhere", "AccessDenied"),
    ("sqs", "get_queue_url", {"QueueName": "q"}, "sqs:GetQueueUrl", f"arn:aws:sqs:{ARN}:q", "AccessDenied"),
    ("sns", "publish", {"TopicArn": f"arn:aws:sns:{ARN}:t", "Message": "m"}, "sns:Publish", f"arn:aws:sns:{ARN}:t",
     "AuthorizationError"),
    ("dynamodb", "get_item", {"TableName": "t", "Key": {"id": {"S": "1"}}}, "dynamodb:GetItem",
     f"arn:aws:dynamodb:{ARN}:table/t", "AccessDeniedException"),
    ("dynamodb", "query", {"TableName": "t", "IndexName": "ind", "KeyConditionExpression": "a = :a",
                           "ExpressionAttributeValues": {":a": {"S": "1"}}}, "dynamodb:Query",
     f"arn:aws:dynamodb:{ARN}:table/t/index/ind", "AccessDeniedException"),
    ("dynamodb", "batch_get_item", {"RequestItems": {"t": {"Keys": [{"id": {"S": "1"}}]}}}, "dynamodb:BatchGetItem",
     f"arn:aws:dynamodb:{ARN}:table/t", "AccessDeniedException"),
    ("dynamodb", "transact_write_items", {"TransactItems": [{"Delete": {"TableName": "t", "Key": {"id": {"S": "1"}}}}]},
     "dynamodb:DeleteItem", f"arn:aws:dynamodb:{ARN}:table/t", "AccessDeniedException"),
    ("lambda", "invoke", {"FunctionName": "nobody"}, "lambda:InvokeFunction", f"arn:aws:lambda:{ARN}:function:nobody",
     "AccessDeniedException"),
    ("lambda", "invoke", {"FunctionName": "nobody", "Qualifier": "live"}, "lambda:InvokeFunction",
     f"arn:aws:lambda:{ARN}:function:nobody:live", "AccessDeniedException"),
    ("lambda", "get_function", {"FunctionName": f"arn:aws:lambda:{ARN}:function:nobody"}, "lambda:GetFunction",
     f"arn:aws:lambda:{ARN}:function:nobody", "AccessDeniedException"),
    ("lambda", "list_functions", {}, "lambda:ListFunctions", "*", "AccessDeniedException"),
    ("lambda", "get_layer_version", {"LayerName": "l", "VersionNumber": 1}, "lambda:GetLayerVersion",
     f"arn:aws:lambda:{ARN}:layer:l:1", "AccessDeniedException"),
    ("logs", "describe_log_streams", {"logGroupName": "/g"}, "logs:DescribeLogStreams",
     f"arn:aws:logs:{ARN}:log-group:/g:log-stream:", "AccessDeniedException"),
    ("logs", "get_log_events", {"logGroupName": "/g", "logStreamName": "s"}, "logs:GetLogEvents",
     f"arn:aws:logs:{ARN}:log-group:/g:log-stream:s", "AccessDeniedException"),
    ("cloudwatch", "put_metric_data", {"Namespace": "n", "MetricData": [{"MetricName": "m", "Value": 1}]},
     "cloudwatch:PutMetricData", "*", "AccessDenied"),
    ("events", "put_events", {"Entries": [{"Source": "s", "DetailType": "d", "Detail": "{}"}]}, "events:PutEvents",
     f"arn:aws:events:{ARN}:event-bus/default", "AccessDeniedException"),
    ("events", "describe_rule", {"Name": "r"}, "events:DescribeRule", f"arn:aws:events:{ARN}:rule/r",
     "AccessDeniedException"),
    ("stepfunctions", "start_execution", {"stateMachineArn": f"arn:aws:states:{ARN}:stateMachine:m"},
     "states:StartExecution", f"arn:aws:states:{ARN}:stateMachine:m", "AccessDeniedException"),
    ("ssm", "get_parameter", {"Name": "/app/key"}, "ssm:GetParameter", f"arn:aws:ssm:{ARN}:parameter/app/key",
     "AccessDeniedException"),
    ("secretsmanager", "get_secret_value", {"SecretId": f"arn:aws:secretsmanager:{ARN}:secret:s-abcdef"},
     "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{ARN}:secret:s-abcdef", "AccessDeniedException"),
    ("apigateway", "get_rest_apis", {}, "apigateway:GET", "arn:aws:apigateway:us-east-1::/restapis",
     "AccessDeniedException"),
    ("apigatewayv2", "get_apis", {}, "apigateway:GET", "arn:aws:apigateway:us-east-1::/apis", "AccessDeniedException"),
    ("cloudformation", "describe_stacks", {"StackName": "s"}, "cloudformation:DescribeStacks",
     f"arn:aws:cloudformation:{ARN}:stack/s/*", "AccessDenied"),
    ("iam", "get_role", {"RoleName": "nobody"}, "iam:GetRole", f"arn:aws:iam::{ACCOUNT}:role/nobody", "AccessDenied"),
    ("iam", "list_roles", {}, "iam:ListRoles", f"arn:aws:iam::{ACCOUNT}:role/*", "AccessDenied"),
    ("scheduler", "get_schedule", {"Name": "s"}, "scheduler:GetSchedule", f"arn:aws:scheduler:{ARN}:schedule/default/s",
     "AccessDeniedException"),
]  # fmt: skip


def is_refusal(error: ClientError, code: str) -> bool:
    return error.response["Error"]["Code"] == code and "is not authorized" in error.response["Error"]["Message"]


def try_call(client, operation, arguments, code):
    """Make the call; True unless it is refused."""
    try:
        getattr(client, operation)(**arguments)
    except ClientError as error:
        return not is_refusal(error, code)
    return True


@pytest.mark.parametrize(
    ("service", "operation", "arguments", "action", "resource", "code"), CALLS, ids=[f"{c[3]}-{c[4]}" for c in CALLS]
)
def test_a_call_needs_its_action_on_its_resource(actors, service, operation, arguments, action, resource, code):
    role = actors.role()
    session = role.session()
    client = session(service)
    with refused(code, f"User: {session.arn} is not authorized to perform: "):
        getattr(client, operation)(**arguments)
    elsewhere = "arn:aws:nowhere:us-east-1:000000000000:nothing"
    role.put(allow(action, elsewhere))
    assert not try_call(client, operation, arguments, code), "another resource must not be enough"
    role.put(allow(f"{action.partition(':')[0]}:Nothing", resource))
    assert not try_call(client, operation, arguments, code), "another action must not be enough"
    role.put(allow(action, resource))
    assert try_call(client, operation, arguments, code)
    role.put(document(statement(action, resource), statement(action, resource, "Deny")))
    assert not try_call(client, operation, arguments, code), "a deny beats an allow"


def test_messages_are_word_for_word_awss(actors):
    session = actors.role().session("me")

    def message(service, operation, **arguments):
        with pytest.raises(ClientError) as error:
            getattr(session(service), operation)(**arguments)
        return error.value.response["Error"]["Message"].removeprefix(
            f"User: {session.arn} is not authorized to perform: "
        )

    why = "because no identity-based policy allows the {} action".format
    assert message("s3", "get_object", Bucket="nowhere", Key="k") == (
        f's3:GetObject on resource: "arn:aws:s3:::nowhere/k" {why("s3:GetObject")}'
    )
    assert message("s3", "list_buckets") == f"s3:ListAllMyBuckets {why('s3:ListAllMyBuckets')}"
    assert message("sqs", "create_queue", QueueName="q") == (
        f"sqs:createqueue on resource: arn:aws:sqs:{ARN}:q {why('sqs:createqueue')}"
    )
    assert message("sns", "create_topic", Name="t") == (
        f"SNS:CreateTopic on resource: arn:aws:sns:{ARN}:t {why('SNS:CreateTopic')}"
    )
    assert message("lambda", "invoke", FunctionName="f") == (
        f"lambda:InvokeFunction on resource: arn:aws:lambda:{ARN}:function:f {why('lambda:InvokeFunction')}"
    )


def test_an_explicit_deny_says_so_and_names_a_managed_policy(actors):
    role = actors.role(document(statement("s3:*"), statement("s3:ListAllMyBuckets", effect="Deny")))
    client = role.session()("s3")
    with refused("AccessDenied", "s3:ListAllMyBuckets with an explicit deny in an identity-based policy"):
        client.list_buckets()
    role.put(allow("s3:*"))
    client.list_buckets()
    deny = document(statement("s3:ListAllMyBuckets", effect="Deny"))
    arn = actors.iam.create_policy(PolicyName=unique("deny"), PolicyDocument=deny)["Policy"]["Arn"]
    actors.iam.attach_role_policy(RoleName=role.name, PolicyArn=arn)
    with refused("AccessDenied", f"with an explicit deny in an identity-based policy: {arn}"):
        client.list_buckets()
    actors.iam.detach_role_policy(RoleName=role.name, PolicyArn=arn)
    actors.iam.delete_policy(PolicyArn=arn)


NO_SUCH_KEY = "The AWS Access Key Id you provided does not exist in our records."
INVALID = "The security token included in the request is invalid."


@pytest.mark.parametrize("key", ["AKIAIOSFODNN7EXAMPLE", "LKIAQAAAAAAAEXAMPLE0", "__internal_call__", "Test", "12345"])
@pytest.mark.parametrize(
    ("service", "operation", "code", "message"),
    [
        ("s3", "list_buckets", "InvalidAccessKeyId", NO_SUCH_KEY),
        ("iam", "list_roles", "InvalidClientTokenId", INVALID),
        ("sqs", "list_queues", "InvalidClientTokenId", INVALID),
        ("lambda", "list_functions", "UnrecognizedClientException", INVALID),
        ("dynamodb", "list_tables", "UnrecognizedClientException", INVALID),
    ],
)
def test_a_key_that_nobody_has_is_refused(actors, service, operation, code, message, key):
    with refused(code, message):
        getattr(actors.client(service, key), operation)()
    getattr(actors.client(service), operation)()


def test_root_may_do_all_in_its_account_with_test_or_with_the_accounts_number(actors):
    actors.client("s3").list_buckets()
    actors.client("iam", "111122223333").list_roles()
    assert actors.client("sts", "111122223333").get_caller_identity()["Arn"] == "arn:aws:iam::111122223333:root"


def test_a_user_signs_with_an_access_key_until_it_is_made_inactive_or_deleted(actors):
    user = actors.user(allow("s3:ListAllMyBuckets"))
    client = user.client("s3")
    client.list_buckets()
    key = {"UserName": user.name, "AccessKeyId": user.key["AccessKeyId"]}
    actors.iam.update_access_key(**key, Status="Inactive")
    with refused("InvalidAccessKeyId"):
        client.list_buckets()
    actors.iam.update_access_key(**key, Status="Active")
    client.list_buckets()
    actors.iam.delete_access_key(**key)
    with refused("InvalidAccessKeyId"):
        client.list_buckets()


def test_a_users_policies_are_its_own_and_its_groups(actors):
    user = actors.user()
    client = user.client("s3")
    group = unique("group")
    actors.iam.create_group(GroupName=group)
    actors.iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument=allow("s3:ListAllMyBuckets"))
    with refused("AccessDenied", f"User: {user.arn} is not authorized to perform: s3:ListAllMyBuckets"):
        client.list_buckets()
    actors.iam.add_user_to_group(GroupName=group, UserName=user.name)
    client.list_buckets()
    actors.iam.remove_user_from_group(GroupName=group, UserName=user.name)
    with refused("AccessDenied"):
        client.list_buckets()
    arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    actors.iam.attach_user_policy(UserName=user.name, PolicyArn=arn)
    client.list_buckets()
    actors.iam.delete_group_policy(GroupName=group, PolicyName="p")
    actors.iam.delete_group(GroupName=group)


def test_a_managed_policys_default_version_counts_at_once(actors):
    role = actors.role()
    client = role.session()("s3")
    arn = actors.iam.create_policy(PolicyName=unique("p"), PolicyDocument=allow("s3:*"))["Policy"]["Arn"]
    actors.iam.attach_role_policy(RoleName=role.name, PolicyArn=arn)
    client.list_buckets()
    actors.iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("sqs:*"), SetAsDefault=True)
    with refused("AccessDenied"):
        client.list_buckets()
    actors.iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    client.list_buckets()
    actors.iam.detach_role_policy(RoleName=role.name, PolicyArn=arn)
    with refused("AccessDenied"):
        client.list_buckets()


def test_a_permissions_boundary_limits_a_role_and_a_user(actors):
    boundary = actors.iam.create_policy(PolicyName=unique("b"), PolicyDocument=allow("sqs:*"))["Policy"]["Arn"]
    role, user = actors.role(allow("s3:*")), actors.user(allow("s3:*"))
    clients = [role.session()("s3"), user.client("s3")]
    for client in clients:
        client.list_buckets()
    actors.iam.put_role_permissions_boundary(RoleName=role.name, PermissionsBoundary=boundary)
    actors.iam.put_user_permissions_boundary(UserName=user.name, PermissionsBoundary=boundary)
    for client in clients:
        with refused("AccessDenied", "because no permissions boundary allows the s3:ListAllMyBuckets action"):
            client.list_buckets()
    actors.iam.delete_role_permissions_boundary(RoleName=role.name)
    actors.iam.delete_user_permissions_boundary(UserName=user.name)
    for client in clients:
        client.list_buckets()


def test_a_session_policy_limits_the_session(actors):
    role = actors.role(allow("s3:*"))
    role.session()("s3").list_buckets()
    with refused("AccessDenied", "because no session policy allows the s3:ListAllMyBuckets action"):
        role.session(Policy=allow("s3:GetObject"))("s3").list_buckets()


def test_a_session_ends_with_its_role(actors):
    role = actors.role(allow("s3:*"))
    client = role.session()("s3")
    client.list_buckets()
    actors.iam.delete_role_policy(RoleName=role.name, PolicyName="policy")
    actors.iam.delete_role(RoleName=role.name)
    with refused("InvalidAccessKeyId"):
        client.list_buckets()
    actors.role(allow("s3:*"), name=role.name)  # another role of the same name
    with refused("InvalidAccessKeyId"):
        client.list_buckets()


def test_everybody_who_signs_may_ask_who_they_are(actors):
    session = actors.role().session("me")
    assert session("sts").get_caller_identity()["Arn"] == session.arn
    unsigned = SESSION.client(
        "sts", endpoint_url=actors.engine.endpoint, region_name="us-east-1", config=Config(signature_version=UNSIGNED)
    )
    with refused("MissingAuthenticationToken"):
        unsigned.get_caller_identity()


@pytest.mark.parametrize(
    ("condition", "holds", "fails"),
    [
        ({"StringEquals": {"aws:RequestedRegion": "REGION"}}, "us-east-1", "eu-west-1"),
        ({"IpAddress": {"aws:SourceIp": "REGION"}}, "127.0.0.0/8", "10.0.0.0/8"),
        ({"Bool": {"aws:SecureTransport": "REGION"}}, "false", "true"),
        ({"DateGreaterThan": {"aws:CurrentTime": "REGION"}}, "2020-01-01T00:00:00Z", "2120-01-01T00:00:00Z"),
        ({"StringEquals": {"aws:PrincipalAccount": "REGION"}}, ACCOUNT, "111122223333"),
        ({"StringLike": {"aws:userid": "REGION"}}, "*:session", "*:other"),
        ({"ArnLike": {"aws:PrincipalArn": "REGION"}}, "arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*"),
        ({"StringEquals": {"aws:PrincipalTag/team": "REGION"}}, "blue", "red"),
    ],
    ids=lambda value: next(iter(next(iter(value.values())))) if isinstance(value, dict) else "",
)  # fmt: skip
def test_condition_keys_of_every_request(actors, condition, holds, fails):
    role = actors.role(Tags=[{"Key": "team", "Value": "blue"}])
    client = role.session()("s3")

    def put(value):
        filled = json.loads(json.dumps(condition).replace("REGION", value))
        role.put(allow("s3:ListAllMyBuckets", Condition=filled))

    put(fails)
    with refused("AccessDenied"):
        client.list_buckets()
    put(holds)
    client.list_buckets()


def test_username_is_a_variable_in_policies(actors):
    user = actors.user(allow("s3:ListBucket", "arn:aws:s3:::home-${aws:username}"))
    client = user.client("s3")
    with refused("AccessDenied"):
        client.list_objects_v2(Bucket="home-somebody")
    with refused("NoSuchBucket"):
        client.list_objects_v2(Bucket=f"home-{user.name}")


def test_s3_prefix_limits_what_may_be_listed(actors):
    bucket = unique("bucket")
    actors.root("s3").create_bucket(Bucket=bucket)
    condition = {"StringLike": {"s3:prefix": ["home/*"]}}
    client = actors.role(allow("s3:ListBucket", f"arn:aws:s3:::{bucket}", Condition=condition)).session()("s3")
    client.list_objects_v2(Bucket=bucket, Prefix="home/me")
    with refused("AccessDenied"):
        client.list_objects_v2(Bucket=bucket)
    actors.root("s3").delete_bucket(Bucket=bucket)


def test_leading_keys_limit_items_to_their_owner(actors):
    dynamodb, table = actors.root("dynamodb"), unique("table")
    dynamodb.create_table(
        TableName=table,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "owner", "AttributeType": "S"}],
    )
    arn = f"arn:aws:dynamodb:{ARN}:table/{table}"
    mine = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}}
    user = actors.user(allow("dynamodb:*", arn, Condition=mine))
    client = user.client("dynamodb")
    client.put_item(TableName=table, Item={"owner": {"S": user.name}})
    with refused("AccessDeniedException"):
        client.get_item(TableName=table, Key={"owner": {"S": "somebody"}})
    with refused("AccessDeniedException"):
        client.query(
            TableName=table,
            KeyConditionExpression="#o = :o",
            ExpressionAttributeNames={"#o": "owner"},
            ExpressionAttributeValues={":o": {"S": "somebody"}},
        )
    dynamodb.delete_table(TableName=table)


def test_who_may_not_list_a_bucket_is_not_told_that_an_object_is_missing(actors):
    bucket = unique("bucket")
    s3 = actors.root("s3")
    s3.create_bucket(Bucket=bucket)
    role = actors.role(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*"))
    client = role.session()("s3")
    with refused("AccessDenied", f's3:ListBucket on resource: "arn:aws:s3:::{bucket}"'):
        client.get_object(Bucket=bucket, Key="missing")
    role.put(allow("s3:ListBucket", f"arn:aws:s3:::{bucket}"), "list")
    with refused("NoSuchKey"):
        client.get_object(Bucket=bucket, Key="missing")
    s3.delete_bucket(Bucket=bucket)


def test_a_copy_reads_its_source(actors):
    s3, bucket = actors.root("s3"), unique("bucket")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="from", Body=b"x")
    role = actors.role(allow("s3:PutObject", f"arn:aws:s3:::{bucket}/to"))
    client = role.session()("s3")
    copy = {"Bucket": bucket, "Key": "to", "CopySource": {"Bucket": bucket, "Key": "from"}}
    with refused("AccessDenied", f's3:GetObject on resource: "arn:aws:s3:::{bucket}/from"'):
        client.copy_object(**copy)
    role.put(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/from"), "read")
    client.copy_object(**copy)
    for key in ("from", "to"):
        s3.delete_object(Bucket=bucket, Key=key)
    s3.delete_bucket(Bucket=bucket)


def test_the_role_must_trust_who_assumes_it(actors):
    user, other = actors.user(), actors.user()
    trust = {"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "sts:AssumeRole"}
    role = actors.role(trust=trust)
    assume = {"RoleArn": role.arn, "RoleSessionName": "session"}
    user.client("sts").assume_role(**assume)
    for sts, who in ((other.client("sts"), other.arn), (actors.root("sts"), f"arn:aws:iam::{ACCOUNT}:root")):
        with refused(
            "AccessDenied", f"User: {who} is not authorized to perform: sts:AssumeRole on resource: {role.arn}"
        ):
            sts.assume_role(**assume)
    actors.iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=document(ROOT))
    actors.root("sts").assume_role(**assume)
    with refused("AccessDenied"):  # trusting the account leaves it to the account's own policies
        other.client("sts").assume_role(**assume)
    other.put(allow("sts:AssumeRole", role.arn))
    other.client("sts").assume_role(**assume)


def test_an_external_id_can_be_asked_for(actors):
    role = actors.role(trust={**ROOT, "Condition": {"StringEquals": {"sts:ExternalId": "secret"}}})
    with refused("AccessDenied"):
        role.session()
    with refused("AccessDenied"):
        role.session(ExternalId="wrong")
    role.session(ExternalId="secret")


def test_a_role_that_does_not_exist_cannot_be_assumed(actors):
    with refused("AccessDenied", "is not authorized to perform: sts:AssumeRole on resource"):
        actors.root("sts").assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/nobody", RoleSessionName="session")


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        ({"Principal": {"Service": "lambda"}}, 'Invalid principal in policy: "SERVICE":"lambda"'),
        (
            {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/nobody"}},
            'Invalid principal in policy: "AWS":"arn:aws:iam',
        ),
        (
            {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/nobody"}},
            'Invalid principal in policy: "AWS":"arn:aws:iam',
        ),
        ({"Resource": "*"}, "Has prohibited field Resource"),
        ({"Action": "lambda:InvokeFunction"}, "AssumeRole policy may only specify STS AssumeRole actions."),
        ({"Effect": "allow"}, "The policy failed legacy parsing"),
    ],
)
def test_a_malformed_trust_policy_is_not_stored(actors, elements, message):
    role, user = actors.execution_role(), actors.user()
    good = {"Effect": "Allow", "Principal": {"AWS": [user.arn, role.arn]}, "Action": "sts:AssumeRole"}
    actors.iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=document(good))
    with refused("MalformedPolicyDocument", message):
        actors.iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=document({**good, **elements}))
    with refused("MalformedPolicyDocument", message):
        actors.role(trust={**good, **elements})


def test_a_malformed_identity_based_policy_is_not_stored(actors):
    role = actors.role()
    for text, message in (
        (allow("s3:*", Principal="*"), "Policy document should not specify a principal."),
        (document({"Effect": "Allow", "Action": "s3:*"}), "Policy statement must contain resources."),
        ("{", "Syntax errors in policy."),
        ('{"Statement": [1]}', "Syntax errors in policy."),
    ):
        with refused("MalformedPolicyDocument", message):
            role.put(text)
