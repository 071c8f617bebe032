"""Condition keys: the context of a request, beside principal, action and resource.

Those of a single service are in `services`.

Source: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference (2026-11).
`aws:SourceOwner` is not set for callers with an identity: every topic's default policy would let all of them in. Of
services, alarms alone publish to a topic with that policy (CloudWatch User Guide, "Notifying users on alarm changes").
`aws:SecureTransport` says what is: over http:// it is false, where AWS's own endpoints only know https.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.sts.models import sts_stores

from . import internal_calls
from .callers import Caller
from .services import registry
from .services.s3 import bucket_owner
from .targets import ConditionKeys, Target


def collect(caller: Caller, context: RequestContext, target: Target) -> ConditionKeys:
    """All keys of one target, and their values."""
    request = context.request
    values: ConditionKeys = {
        "aws:CurrentTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:EpochTime": str(int(time.time())),
        "aws:RequestedRegion": context.region,
        "aws:SecureTransport": "true" if request.scheme == "https" else "false",
        "aws:SourceIp": request.remote_addr or "",
        "aws:UserAgent": request.headers.get("User-Agent", ""),
        **_forwarding_keys(context),
        **principal_keys(caller),
        **target.context,
    }
    if target.account:
        values["aws:ResourceAccount"] = target.account
    if referer := request.headers.get("Referer"):
        values["aws:Referer"] = referer
    values.update(_tags(context.service_request))
    if own := registry.service_of(context).condition_keys:
        values.update(own(context, context.service_request))
    return values


def _forwarding_keys(context: RequestContext) -> ConditionKeys:
    """Whether a service calls with the rights of whoever asked it, and which."""
    session = internal_calls.forwarded(context)
    if session is None:
        return {"aws:ViaAWSService": "false"}
    name = f"{session.service}.amazonaws.com"
    return {
        "aws:ViaAWSService": "true",
        "aws:CalledVia": [name],
        "aws:CalledViaFirst": name,
        "aws:CalledViaLast": name,
    }


def principal_keys(caller: Caller) -> ConditionKeys:
    """Who calls, and for which resource."""
    principal, entity = caller.principal, caller.entity
    values: ConditionKeys = {"aws:PrincipalIsAWSService": "true" if principal.kind == "service" else "false"}
    if principal.kind == "service":
        values["aws:PrincipalServiceName"] = principal.service or ""
        if caller.source_arn:
            values["aws:SourceArn"] = caller.source_arn
            if account := source_account(caller.source_arn):
                values["aws:SourceAccount"] = account
                if principal.service == "cloudwatch.amazonaws.com":
                    values["aws:SourceOwner"] = account
        return values
    if principal.kind == "anonymous":
        return {**values, "aws:PrincipalType": "Anonymous"}
    values["aws:PrincipalAccount"] = caller.account or ""
    values["aws:PrincipalArn"] = principal.role_arn or principal.arn
    if principal.kind == "account":
        return {**values, "aws:PrincipalType": "Account", "aws:userid": caller.user_id}
    if principal.kind == "user":
        values.update({"aws:PrincipalType": "User", "aws:userid": caller.user_id, "aws:username": entity.name})
    else:
        values.update({"aws:PrincipalType": "AssumedRole", "aws:userid": caller.user_id})
    for name, value in principal_tags(caller).items():
        values[f"aws:PrincipalTag/{name}"] = value
    return values


def principal_tags(caller: Caller) -> dict[str, str]:
    """The tags of the user or role, and those of the session, which win."""
    tags = caller.entity.tags or {}
    if isinstance(tags, Mapping):  # roles: {"Stage": {"Key": "Stage", "Value": "dev"}}
        tags = list(tags.values())
    found = {tag["Key"]: tag["Value"] for tag in tags}
    if caller.session is not None:
        kept = sts_stores[caller.account]["us-east-1"].sessions.get(caller.access_key)
        found.update({tag["Key"]: tag["Value"] for tag in (kept or {}).get("tags", {}).values()})
    return found


def source_account(arn: str) -> str | None:
    """The account of the resource that a service calls for; buckets' ARNs have none."""
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return None
    return parts[4] or (bucket_owner(parts[5]) if parts[2] == "s3" else None)


def _tags(request: Mapping[str, Any]) -> ConditionKeys:
    """The tags that a request sets, or the names of those that it removes."""
    tags = request.get("Tags") or request.get("tags")
    if names := request.get("TagKeys") or request.get("tagKeys"):
        return {"aws:TagKeys": [str(name) for name in names]}
    if not tags:
        return {}
    if isinstance(tags, Mapping):
        pairs = dict(tags)
    elif isinstance(tags[0], str):  # UntagLogGroup
        return {"aws:TagKeys": list(tags)}
    else:
        pairs = dict(_pair(tag) for tag in tags)
    values: ConditionKeys = {f"aws:RequestTag/{key}": str(value) for key, value in pairs.items()}
    return {**values, "aws:TagKeys": [str(key) for key in pairs]}


def _pair(tag: Mapping[str, Any]) -> tuple[Any, Any]:
    """Name and value of a tag; KMS has names of its own for both."""
    if "TagKey" in tag:
        return tag["TagKey"], tag.get("TagValue", "")
    return tag.get("Key", tag.get("key")), tag.get("Value", tag.get("value", ""))
