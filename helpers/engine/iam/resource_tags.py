"""The tags of resources as condition keys: `aws:ResourceTag/…`, and `iam:ResourceTag/…` and the like.

They are looked up only if a policy speaks of them, at each request anew. A resource without a tag of that name has no
such key. Of a service, those have tags here that it lets policies decide by (Service Authorization Reference, 2026-11);
S3's keys, which are of objects, are in `services.s3`. A bucket's tags do not count: that has to be switched on for it
(PutBucketAbac, which is not here).
"""

from __future__ import annotations

from collections.abc import Mapping

from .services.registry import SERVICES
from .targets import ConditionKeys, Target

# Services whose name in ARNs is not the one that boto3 uses.
NAMES = {"states": "stepfunctions"}


def keys_of(target: Target) -> ConditionKeys:
    """A key for each tag of the target's resource."""
    parts = target.resource.split(":", 5)
    if len(parts) < 6:
        return {}
    service = SERVICES.get(NAMES.get(parts[2], parts[2]))
    account = parts[4] or target.account
    if service is None or service.resource_tags is None or not account:
        return {}
    tags = service.resource_tags(account, parts[3], parts[5]) or {}
    if not isinstance(tags, Mapping):
        tags = {tag.get("Key", tag.get("key", "")): tag.get("Value", tag.get("value", "")) for tag in tags}
    names = ["aws:ResourceTag", *([service.tag_key] if service.tag_key else [])]
    return {f"{name}/{key}": value or "" for name in names for key, value in tags.items()}
