"""Properties that LocalStack 4.9.2's providers read over, set by calls of their own once a resource is there.

CloudFormation Template Reference (2026-11): encryption and lifecycle of buckets, retention of streams, backups of
tables, policies of users, tags; and what a subscription filter is
called. What this engine has not is refused: `properties.WITHOUT_EFFECT`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.provider_utils import generate_default_name
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceRequest

Model = dict[str, Any]
Set = Callable[[Any, Model, Any], Any]  # with the service's client, the resource's model and the property's value

# Properties of a rule, and what S3 calls them; the rest has another shape.
SAME = ("Status", "Prefix", "AbortIncompleteMultipartUpload", "NoncurrentVersionExpiration")
OTHERS = ("Id", "ExpirationInDays", "ExpirationDate", "ExpiredObjectDeleteMarker", "Transitions")


def settle(kind: str, request: ResourceRequest, before: Model | None = None) -> None:
    """Set what was left out of a resource. `before`: its model before an update.

    Raises: ValidationError for what is not understood; what the service answers.
    """
    rows = SETTINGS.get(kind)
    model = request.desired_state or {}
    if not rows:
        return
    service, setters = rows
    for name, put in setters.items():
        if model.get(name) is not None and model[name] != (before or {}).get(name):
            put(getattr(request.aws_client_factory, service), model, model[name])


def clear(kind: str, request: ResourceRequest) -> None:
    """Take away what would keep a resource from being deleted: a user's own policies."""
    model = request.desired_state or {}
    if kind == "AWS::IAM::User" and "UserName" in model:
        iam = request.aws_client_factory.iam
        for policy in model.get("Policies") or ():
            with suppress(iam.exceptions.NoSuchEntityException):
                iam.delete_user_policy(UserName=model["UserName"], PolicyName=policy["PolicyName"])


def _rules(rules: Iterable[Model]) -> list[Model]:
    """Lifecycle rules as S3 has them. Raises: ValidationError."""
    found = []
    for rule in rules:
        if foreign := [name for name in rule if name not in (*SAME, *OTHERS)]:
            raise ValidationError(
                f"This engine does not know the property {foreign[0]} of a lifecycle rule: leave it out."
            )
        one = {name: rule[name] for name in SAME if name in rule and name != "Prefix"}
        expiration = {
            "Days": rule.get("ExpirationInDays"),
            "Date": rule.get("ExpirationDate"),
            "ExpiredObjectDeleteMarker": rule.get("ExpiredObjectDeleteMarker"),
        }
        if given := {name: value for name, value in expiration.items() if value is not None}:
            one["Expiration"] = given
        if "Transitions" in rule:
            one["Transitions"] = [
                {"Days": int(each["TransitionInDays"]), "StorageClass": each["StorageClass"]}
                for each in rule["Transitions"]
            ]
        if "Id" in rule:
            one["ID"] = rule["Id"]
        found.append({**one, "Filter": {"Prefix": rule.get("Prefix", "")}})
    return found


def _lifecycle(s3: Any, model: Model, value: Any) -> None:
    s3.put_bucket_lifecycle_configuration(
        Bucket=model["BucketName"], LifecycleConfiguration={"Rules": _rules(value.get("Rules") or ())}
    )


def _encryption(s3: Any, model: Model, value: Any) -> None:
    rules = [
        {
            ("Apply" + name if name == "ServerSideEncryptionByDefault" else name): part
            for name, part in rule.items()
            if name in ("ServerSideEncryptionByDefault", "BucketKeyEnabled")
        }
        for rule in value.get("ServerSideEncryptionConfiguration") or ()
    ]
    s3.put_bucket_encryption(Bucket=model["BucketName"], ServerSideEncryptionConfiguration={"Rules": rules})


def _user_policies(iam: Any, model: Model, value: Any) -> None:
    for policy in value:
        iam.put_user_policy(
            UserName=model["UserName"],
            PolicyName=policy["PolicyName"],
            PolicyDocument=json.dumps(policy["PolicyDocument"]),
        )


def _retention(kinesis: Any, model: Model, value: Any) -> None:
    hours = kinesis.describe_stream_summary(StreamName=model["Name"])["StreamDescriptionSummary"][
        "RetentionPeriodHours"
    ]
    if int(value) != hours:
        change = "increase" if int(value) > hours else "decrease"
        getattr(kinesis, f"{change}_stream_retention_period")(StreamName=model["Name"], RetentionPeriodHours=int(value))


def _mapping_tags(lambda_: Any, model: Model, value: Any) -> None:
    arn = lambda_.get_event_source_mapping(UUID=model["Id"])["EventSourceMappingArn"]
    tags = {one["Key"]: one["Value"] for one in value}
    if gone := [name for name in lambda_.list_tags(Resource=arn)["Tags"] if name not in tags]:
        lambda_.untag_resource(Resource=arn, TagKeys=gone)
    lambda_.tag_resource(Resource=arn, Tags=tags)


SETTINGS: dict[str, tuple[str, dict[str, Set]]] = {
    "AWS::DynamoDB::Table": (
        "dynamodb",
        {
            "PointInTimeRecoverySpecification": lambda dynamodb, model, value: dynamodb.update_continuous_backups(
                TableName=model["TableName"], PointInTimeRecoverySpecification=value
            ),
            "DeletionProtectionEnabled": lambda dynamodb, model, value: dynamodb.update_table(
                TableName=model["TableName"], DeletionProtectionEnabled=value
            ),
        },
    ),
    "AWS::Events::EventBus": (
        "events",
        {"Tags": lambda events, model, value: events.tag_resource(ResourceARN=model["Arn"], Tags=value)},
    ),
    "AWS::IAM::User": ("iam", {"Policies": _user_policies}),
    "AWS::Kinesis::Stream": (
        "kinesis",
        {
            "RetentionPeriodHours": _retention,
            "Tags": lambda kinesis, model, value: kinesis.add_tags_to_stream(
                StreamName=model["Name"], Tags={one["Key"]: one["Value"] for one in value}
            ),
        },
    ),
    "AWS::Lambda::EventSourceMapping": ("lambda_", {"Tags": _mapping_tags}),
    "AWS::Logs::LogGroup": (
        "logs",
        {
            "Tags": lambda logs, model, value: logs.tag_log_group(
                logGroupName=model["LogGroupName"], tags={one["Key"]: one["Value"] for one in value}
            )
        },
    ),
    "AWS::S3::Bucket": (
        "s3",
        {
            "BucketEncryption": _encryption,
            "LifecycleConfiguration": _lifecycle,
            "OwnershipControls": lambda s3, model, value: s3.put_bucket_ownership_controls(
                Bucket=model["BucketName"], OwnershipControls=value
            ),
            "PublicAccessBlockConfiguration": lambda s3, model, value: s3.put_public_access_block(
                Bucket=model["BucketName"], PublicAccessBlockConfiguration=value
            ),
        },
    ),
    "AWS::StepFunctions::StateMachine": (
        "stepfunctions",
        {
            "Tags": lambda stepfunctions, model, value: stepfunctions.tag_resource(
                resourceArn=model["Arn"], tags=[{"key": one["Key"], "value": one["Value"]} for one in value]
            )
        },
    ),
}


def create_subscription_filter(self: Any, request: ResourceRequest) -> ProgressEvent:
    """`LogsSubscriptionFilterProvider.create`, which names every filter after its group."""
    model = request.desired_state
    model["FilterName"] = model.get("FilterName") or generate_default_name(
        request.stack_name, request.logical_resource_id
    )
    given = {
        "logGroupName": model["LogGroupName"],
        "filterName": model["FilterName"],
        "filterPattern": model["FilterPattern"],
        "destinationArn": model["DestinationArn"],
        "roleArn": model.get("RoleArn"),
        "distribution": model.get("Distribution"),
    }
    request.aws_client_factory.logs.put_subscription_filter(
        **{name: value for name, value in given.items() if value is not None}
    )
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def delete_subscription_filter(self: Any, request: ResourceRequest) -> ProgressEvent:
    """`LogsSubscriptionFilterProvider.delete`."""
    model = request.desired_state
    request.aws_client_factory.logs.delete_subscription_filter(
        logGroupName=model["LogGroupName"], filterName=model["FilterName"]
    )
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)
