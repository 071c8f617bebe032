"""The properties of AWS::S3::Bucket, as they are; each with a call of its own, so only those that the template sets.

Not life cycles, whose rules S3 writes otherwise, nor what the engine's templates do not set.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from .resource import Resource
from .shapes import Properties, tags

# Of a notification: what templates call the list and its member, and what S3 does.
KINDS = (
    ("LambdaConfigurations", "Function", "LambdaFunctionConfigurations", "LambdaFunctionArn"),
    ("QueueConfigurations", "Queue", "QueueConfigurations", "QueueArn"),
    ("TopicConfigurations", "Topic", "TopicConfigurations", "TopicArn"),
)
CORS = {"ExposeHeaders": "ExposedHeaders", "ID": "Id", "MaxAgeSeconds": "MaxAge"}


def bucket(resource: Resource) -> Properties:
    """`AWS::S3::Bucket`."""
    s3, name = resource.clients.s3, resource.model["BucketName"]
    s3.head_bucket(Bucket=name)
    return {"BucketName": name, **{one: _read(READERS[one], s3, name) for one in READERS if one in resource.given}}


def _read(reader: Callable[[Any, str], Any], s3: Any, name: str) -> Any:
    """None for a configuration that is not there: it is answered with an error of its own."""
    try:
        return reader(s3, name)
    except ClientError as error:
        if error.response["Error"]["Code"].startswith("NoSuch") and error.response["Error"]["Code"] != "NoSuchBucket":
            return None
        raise


def _cors(s3: Any, name: str) -> Properties:
    rules = s3.get_bucket_cors(Bucket=name)["CORSRules"]
    return {"CorsRules": [{CORS.get(key, key): value for key, value in rule.items()} for rule in rules]}


def _notifications(s3: Any, name: str) -> Properties:
    """A template has one event in each entry."""
    found = s3.get_bucket_notification_configuration(Bucket=name)
    made: Properties = {
        ours: [_notification(one, member, theirs, event) for one in found.get(list_, []) for event in one["Events"]]
        for ours, member, list_, theirs in KINDS
    }
    made["EventBridgeConfiguration"] = {"EventBridgeEnabled": "EventBridgeConfiguration" in found}
    return made


def _notification(one: Properties, member: str, theirs: str, event: str) -> Properties:
    """What templates call `prefix` is S3's `Prefix`."""
    rules = [
        {**rule, "Name": rule["Name"].lower()} for rule in one.get("Filter", {}).get("Key", {}).get("FilterRules", ())
    ]
    described = {"Event": event, member: one[theirs]}
    return {**described, "Filter": {"S3Key": {"Rules": rules}}} if rules else described


def _encryption(s3: Any, name: str) -> Properties:
    rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    listed = [{key.removeprefix("Apply"): value for key, value in rule.items()} for rule in rules]
    return {"ServerSideEncryptionConfiguration": listed}


READERS: dict[str, Callable[[Any, str], Any]] = {
    "BucketEncryption": _encryption,
    "CorsConfiguration": _cors,
    "NotificationConfiguration": _notifications,
    "OwnershipControls": lambda s3, name: s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"],
    "PublicAccessBlockConfiguration": lambda s3, name: s3.get_public_access_block(Bucket=name)[
        "PublicAccessBlockConfiguration"
    ],
    "Tags": lambda s3, name: tags(s3.get_bucket_tagging(Bucket=name)["TagSet"]),
    "VersioningConfiguration": lambda s3, name: {"Status": s3.get_bucket_versioning(Bucket=name).get("Status")},
}
