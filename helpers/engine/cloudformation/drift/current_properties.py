"""The properties of a resource as they are now, read from its service, in the form that templates have.

`READERS` has the types that can be read. A reader returns each property that it has read, None for one that is not
set; what it leaves out is not compared. Not read, and so NOT_CHECKED: all other types, among them methods, routes and
deployments of APIs, policies on their own, Kinesis streams, secrets and custom resources. Keys (KmsKeyId) are not
compared on AWS either.
"""

from __future__ import annotations

from collections.abc import Callable

from . import api_properties, bucket_properties, function_properties
from .resource import DeletedError, Resource
from .shapes import Properties, as_given, pascal, pick, plain, tags


def _queue(resource: Resource) -> Properties:
    sqs, url = resource.clients.sqs, resource.model["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    names = (
        "ContentBasedDeduplication DeduplicationScope DelaySeconds FifoQueue FifoThroughputLimit MaximumMessageSize "
        "MessageRetentionPeriod ReceiveMessageWaitTimeSeconds RedriveAllowPolicy RedrivePolicy SqsManagedSseEnabled "
        "VisibilityTimeout"
    )
    return {
        **{name: plain(found.get(name)) for name in names.split()},
        "QueueName": found["QueueArn"].rpartition(":")[2],
        "Tags": tags(sqs.list_queue_tags(QueueUrl=url).get("Tags")),
    }


def _topic(resource: Resource) -> Properties:
    sns, arn = resource.clients.sns, resource.model["TopicArn"]
    found = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    names = "ArchivePolicy ContentBasedDeduplication FifoTopic"
    listed = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=arn)
    subscriptions = [pick(one, "Endpoint", "Protocol") for page in listed for one in page["Subscriptions"]]
    others = [pick(one, "Endpoint", "Protocol") for one in resource.attached("AWS::SNS::Subscription")]
    return {
        **pick(found, "DisplayName", "SignatureVersion", "TracingConfig"),
        **{name: plain(found.get(name)) for name in names.split()},
        "TopicName": arn.rpartition(":")[2],
        "Subscription": [one for one in subscriptions if one not in others],
        "Tags": tags(sns.list_tags_for_resource(ResourceArn=arn)["Tags"]),
    }


def _subscription(resource: Resource) -> Properties:
    arn = resource.model["Id"]
    found = resource.clients.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    return {
        **pick(found, "Endpoint", "FilterPolicyScope", "Protocol", "TopicArn"),
        **{name: plain(found.get(name)) for name in ("FilterPolicy", "RawMessageDelivery", "RedrivePolicy")},
    }


def _role(resource: Resource) -> Properties:
    iam, name = resource.clients.iam, resource.model["RoleName"]
    role = iam.get_role(RoleName=name)["Role"]
    attached = [one["PolicyArn"] for one in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]]
    inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
    others = {
        one.get("PolicyName") or one.get("Id")
        for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
        for one in resource.attached(kind)
        if name in (one.get("Roles") or ())
    }
    policies = [iam.get_role_policy(RoleName=name, PolicyName=one) for one in inline if one not in others]
    return {
        **pick(role, "AssumeRolePolicyDocument", "Description", "MaxSessionDuration", "Path", "RoleName"),
        "ManagedPolicyArns": [arn for arn in attached if arn not in others],
        "PermissionsBoundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        "Policies": [pick(one, "PolicyName", "PolicyDocument") for one in policies],
        "Tags": tags(role.get("Tags")),
    }


def _managed_policy(resource: Resource) -> Properties:
    iam, arn = resource.clients.iam, resource.model["Id"]
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
    return {
        **pick(policy, "Description", "Path"),
        "ManagedPolicyName": policy["PolicyName"],
        "PolicyDocument": version["Document"],
    }


def _table(resource: Resource) -> Properties:
    dynamodb, name = resource.clients.dynamodb, resource.model["TableName"]
    table = dynamodb.describe_table(TableName=name)["Table"]
    stream, mode = table.get("StreamSpecification", {}), table.get("BillingModeSummary", {}).get("BillingMode")
    ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    return {
        **pick(
            table,
            "AttributeDefinitions",
            "DeletionProtectionEnabled",
            "GlobalSecondaryIndexes",
            "KeySchema",
            "LocalSecondaryIndexes",
            "TableName",
        ),
        "BillingMode": mode or "PROVISIONED",
        "ProvisionedThroughput": None if mode == "PAY_PER_REQUEST" else table["ProvisionedThroughput"],
        "StreamSpecification": stream if stream.get("StreamEnabled") else None,
        "Tags": tags(dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]),
        "TimeToLiveSpecification": {
            "AttributeName": ttl.get("AttributeName"),
            "Enabled": ttl["TimeToLiveStatus"] in ("ENABLED", "ENABLING"),
        },
    }


def _log_group(resource: Resource) -> Properties:
    name = resource.model["LogGroupName"]
    listed = resource.clients.logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    found = next((one for one in listed if one["logGroupName"] == name), None)
    if found is None:
        raise DeletedError(name)
    return {
        **pascal(found, "LogGroupName", "RetentionInDays"),
        "Tags": tags(resource.clients.logs.list_tags_log_group(logGroupName=name)["tags"]),
    }


def _rule(resource: Resource) -> Properties:
    events, given = resource.clients.events, resource.given
    bus = {"EventBusName": given["EventBusName"]} if given.get("EventBusName") else {}
    name = resource.model["Id"].rpartition("|")[2]
    found = events.describe_rule(Name=name, **bus)
    return {
        **pick(found, "Description", "Name", "ScheduleExpression", "State"),
        "EventBusName": as_given(given.get("EventBusName"), f"/{found['EventBusName']}".replace("//", "/")),
        "EventPattern": plain(found.get("EventPattern")),
        "Targets": events.list_targets_by_rule(Rule=name, **bus)["Targets"],
    }


def _parameter(resource: Resource) -> Properties:
    found = resource.clients.ssm.get_parameter(Name=resource.model["Name"])["Parameter"]
    return pick(found, "Name", "Type", "Value")


def _state_machine(resource: Resource) -> Properties:
    found = resource.clients.stepfunctions.describe_state_machine(stateMachineArn=resource.model["Arn"])
    # What was substituted cannot be told from what was written.
    written = not resource.given.get("DefinitionSubstitutions")
    return {
        **({"DefinitionString": plain(found["definition"])} if written else {}),
        "RoleArn": found["roleArn"],
        "StateMachineName": found["name"],
        "StateMachineType": found["type"],
    }


def _alarm(resource: Resource) -> Properties:
    found = resource.clients.cloudwatch.describe_alarms(AlarmNames=[resource.model["AlarmName"]])["MetricAlarms"]
    names = (
        "ActionsEnabled AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm Dimensions "
        "EvaluateLowSampleCountPercentile EvaluationPeriods ExtendedStatistic InsufficientDataActions MetricName "
        "Metrics Namespace OKActions Period Statistic Threshold ThresholdMetricId TreatMissingData Unit"
    )
    if not found:
        raise DeletedError(resource.model["AlarmName"])
    return pick(found[0], *names.split())


def _schedule(resource: Resource) -> Properties:
    group = {"GroupName": resource.model["GroupName"]} if resource.model.get("GroupName") else {}
    found = resource.clients.scheduler.get_schedule(Name=resource.model["Name"], **group)
    names = "Description FlexibleTimeWindow GroupName Name ScheduleExpression ScheduleExpressionTimezone State Target"
    return pick(found, *names.split())


READERS: dict[str, Callable[[Resource], Properties]] = {
    "AWS::ApiGateway::RestApi": api_properties.rest_api,
    "AWS::ApiGateway::Stage": api_properties.stage,
    "AWS::ApiGatewayV2::Api": api_properties.http_api,
    "AWS::ApiGatewayV2::Stage": api_properties.http_stage,
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::DynamoDB::Table": _table,
    "AWS::Events::Rule": _rule,
    "AWS::IAM::ManagedPolicy": _managed_policy,
    "AWS::IAM::Role": _role,
    "AWS::Lambda::Alias": function_properties.alias,
    "AWS::Lambda::EventInvokeConfig": function_properties.event_invoke_config,
    "AWS::Lambda::EventSourceMapping": function_properties.event_source_mapping,
    "AWS::Lambda::Function": function_properties.function,
    "AWS::Lambda::Permission": function_properties.permission,
    "AWS::Lambda::Url": function_properties.url,
    "AWS::Lambda::Version": function_properties.version,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::S3::Bucket": bucket_properties.bucket,
    "AWS::SNS::Subscription": _subscription,
    "AWS::SNS::Topic": _topic,
    "AWS::SQS::Queue": _queue,
    "AWS::SSM::Parameter": _parameter,
    "AWS::Scheduler::Schedule": _schedule,
    "AWS::StepFunctions::StateMachine": _state_machine,
}
