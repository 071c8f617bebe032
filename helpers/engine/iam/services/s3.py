"""Amazon S3: actions are named after permissions, not after operations.

Source, beside the Reference: Amazon S3 User Guide, "Required permissions for Amazon S3 API operations" (2026-11).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote

from localstack.aws.api import RequestContext
from localstack.services.s3.models import s3_stores
from localstack.services.s3.utils import get_unique_key_id

from ..targets import ConditionKeys, Target
from .service import Parameters, Service

NAMES = {
    "CompleteMultipartUpload": "PutObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "DeleteBucketCors": "PutBucketCORS",
    "DeleteBucketEncryption": "PutEncryptionConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
    "DeleteBucketReplication": "PutReplicationConfiguration",
    "DeleteBucketTagging": "PutBucketTagging",
    "DeleteObjects": "DeleteObject",
    "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycle": "GetLifecycleConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketNotificationConfiguration": "GetBucketNotification",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListBuckets": "ListAllMyBuckets",
    "ListDirectoryBuckets": "ListAllMyDirectoryBuckets",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "ListObjectVersions": "ListBucketVersions",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListParts": "ListMultipartUploadParts",
    "PostObject": "PutObject",
    "PutBucketAccelerateConfiguration": "PutAccelerateConfiguration",
    "PutBucketCors": "PutBucketCORS",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "PutBucketLifecycle": "PutLifecycleConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "PutBucketNotificationConfiguration": "PutBucketNotification",
    "PutBucketReplication": "PutReplicationConfiguration",
    "PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "SelectObjectContent": "GetObject",
    "UploadPart": "PutObject",
    "UploadPartCopy": "PutObject",
}
for _kind in ("Analytics", "IntelligentTiering", "Inventory", "Metrics"):
    for _verb, _action in (("Get", "Get"), ("List", "Get"), ("Put", "Put"), ("Delete", "Put")):
        NAMES[f"{_verb}Bucket{_kind}Configuration{'s' if _verb == 'List' else ''}"] = f"{_action}{_kind}Configuration"

# With a VersionId these are permissions of their own.
VERSIONED = {
    "DeleteObject": "DeleteObjectVersion",
    "DeleteObjectTagging": "DeleteObjectVersionTagging",
    "GetObject": "GetObjectVersion",
    "GetObjectAcl": "GetObjectVersionAcl",
    "GetObjectTagging": "GetObjectVersionTagging",
    "PutObjectAcl": "PutObjectVersionAcl",
    "PutObjectTagging": "PutObjectVersionTagging",
}
# What a request that makes an object may set beside it, each with a permission of its own. That `private` needs none
# is said of CreateBucket, and is what the policies of widely used clients take for granted of objects, too.
SETS_MORE = ("CopyObject", "CreateMultipartUpload", "PutObject")
GRANTS = ("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP")
# "When granting permissions for the PUT Object and DELETE Object operations, this condition key is not supported"
# (User Guide, "Tagging and access control policies", 2026-11).
BY_TAGS = frozenset(
    "DeleteObjectTagging GetObject GetObjectAcl GetObjectTagging HeadObject PutObjectAcl PutObjectTagging".split()  # noqa: SIM905
)
HEADERS = ("x-amz-acl", "x-amz-server-side-encryption", "x-amz-storage-class", "x-amz-copy-source")


def actions(context: RequestContext, request: Parameters) -> list[str]:
    """The permissions of an operation, nearly always one; `targets` adds the one to read the source of a copy."""
    operation = context.operation.name
    name = NAMES.get(operation, operation)
    found = [VERSIONED.get(name, name) if request.get("VersionId") else name]
    if operation in SETS_MORE and request.get("Tagging"):
        found.append("PutObjectTagging")
    acl = request.get("ACL") not in (None, "private") or any(request.get(grant) for grant in GRANTS)
    if acl and operation in (*SETS_MORE, "CreateBucket"):
        found.append("PutBucketAcl" if operation == "CreateBucket" else "PutObjectAcl")
    if operation == "CreateBucket" and (request.get("CreateBucketConfiguration") or {}).get("Tags"):
        found.append("TagResource")
    return found


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Buckets and objects; a copy reads its source, too."""
    bucket = request.get("Bucket")
    if not bucket:
        return [Target(action, "*", context.account_id)]
    owner = bucket_owner(bucket) or context.account_id
    arn = f"arn:aws:s3:::{bucket}"
    if context.operation.name == "DeleteObjects":
        return []  # each key is judged by itself: `s3.deletions`
    key = request.get("Key")
    found = [Target(action, f"{arn}/{key}" if key else arn, owner)]
    if (source := request.get("CopySource")) and action == "s3:PutObject":
        found.append(_copy_source(source, context.account_id))
    return found


def missing_object(context: RequestContext, targets: Sequence[Target]) -> list[Target]:
    """`s3:ListBucket` for a request that asks for an object that is not there: only who may list the bucket is told
    so. Amazon S3 API Reference, "GetObject" (2026-11). `targets`: those of the request.
    """
    if context.operation.name not in ("GetObject", "HeadObject"):
        return []
    name, owner = context.service_request["Bucket"], targets[0].account
    bucket = s3_stores[owner]["us-east-1"].buckets.get(name)
    if bucket is None or context.service_request["Key"] in bucket.objects:
        return []
    return [Target("s3:ListBucket", f"arn:aws:s3:::{name}", owner)]


def bucket_owner(bucket: str) -> str | None:
    """The account of a bucket; None if there is no such bucket."""
    return s3_stores["000000000000"]["us-east-1"].global_bucket_map.get(bucket)


def _copy_source(source: str, account: str) -> Target:
    """The source of a copy from `bucket/key?versionId=...`, as the header says it."""
    path, _, version = source.partition("?versionId=")
    bucket, _, key = unquote(path).lstrip("/").partition("/")
    action = "s3:GetObjectVersion" if version else "s3:GetObject"
    return Target(action, f"arn:aws:s3:::{bucket}/{key}", bucket_owner(bucket) or account)


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """What a listing asks for, the version of an object, and some headers."""
    headers = context.request.headers
    values: ConditionKeys = {}
    if context.operation.name in ("ListObjects", "ListObjectsV2", "ListObjectVersions"):
        values["s3:prefix"] = request.get("Prefix") or ""
        values["s3:delimiter"] = request.get("Delimiter") or ""
        values["s3:max-keys"] = str(request.get("MaxKeys") or 1000)
    if version := request.get("VersionId"):
        values["s3:VersionId"] = version
    for name in HEADERS:
        if value := headers.get(name):
            values[f"s3:{name}"] = value
    if context.operation.name in BY_TAGS:
        values |= {f"s3:ExistingObjectTag/{key}": value for key, value in _object_tags(request).items()}
    if request.get("Key") and (tags := _requested_tags(request.get("Tagging"))):
        values |= {f"s3:RequestObjectTag/{key}": value for key, value in tags.items()}
        values["s3:RequestObjectTagKeys"] = list(tags)
    return values


def _object_tags(request: Parameters) -> Mapping[str, str]:
    """The tags of the object that a request is about, or of its version."""
    name, key = request.get("Bucket", ""), request.get("Key", "")
    store = s3_stores[bucket_owner(name) or "000000000000"]["us-east-1"]
    bucket = store.buckets.get(name)
    if bucket is None:
        return {}
    version = request.get("VersionId") or getattr(bucket.objects.get(key), "version_id", None)
    tags: Mapping[str, str] = store.TAGS.tags.get(get_unique_key_id(name, key, version), {})
    return tags


def _requested_tags(tagging: Any) -> dict[str, str]:
    """The tags that a request gives to an object: `a=1&b=2` in a header, or a set of them."""
    if isinstance(tagging, str):
        return dict(parse_qsl(tagging, keep_blank_values=True))
    return {tag["Key"]: tag["Value"] for tag in (tagging or {}).get("TagSet") or ()}


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """A bucket's policy."""
    bucket = s3_stores[account]["us-east-1"].buckets.get(resource.partition("/")[0])
    return bucket.policy if bucket else None


SERVICE = Service(
    "s3", actions=actions, targets=targets, condition_keys=condition_keys, resource_policy=resource_policy
)
