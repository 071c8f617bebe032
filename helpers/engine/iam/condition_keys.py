"""Condition keys: what a request is, beside principal, action and resource.

Source: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference (2026-11).
`aws:SourceOwner` is not set for callers with an identity: every topic's default policy would let all of them in.
`aws:SecureTransport` says what is: over http:// it is false, where AWS's own endpoints only know https.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api import RequestContext

from .callers import Caller
from .targets import Target

Values = dict[str, str | Sequence[str]]


def of(caller: Caller, context: RequestContext, target: Target) -> Values:
    """All keys of one target, and their values."""
    request = context.request
    values: Values = {
        "aws:CurrentTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:EpochTime": str(int(time.time())),
        "aws:RequestedRegion": context.region,
        "aws:SecureTransport": "true" if request.scheme == "https" else "false",
        "aws:SourceIp": request.remote_addr or "",
        "aws:UserAgent": request.headers.get("User-Agent", ""),
        "aws:ViaAWSService": "false",
        **of_caller(caller),
        **target.context,
    }
    if target.account:
        values["aws:ResourceAccount"] = target.account
    if referer := request.headers.get("Referer"):
        values["aws:Referer"] = referer
    values.update(_tags(context.service_request))
    if add := SERVICES.get(context.service.service_name):
        values.update(add(context, context.service_request))
    return values


def of_caller(caller: Caller) -> Values:
    """Who calls, and for which resource."""
    principal, entity = caller.principal, caller.entity
    values: Values = {"aws:PrincipalIsAWSService": "true" if principal.kind == "service" else "false"}
    if principal.kind == "service":
        values["aws:PrincipalServiceName"] = principal.service or ""
        if caller.source_arn:
            values["aws:SourceArn"] = caller.source_arn
            if account := source_account(caller.source_arn):
                values["aws:SourceAccount"] = account
        return values
    if principal.kind == "anonymous":
        return {**values, "aws:PrincipalType": "Anonymous"}
    values["aws:PrincipalAccount"] = caller.account or ""
    values["aws:PrincipalArn"] = principal.role_arn or principal.arn
    if principal.kind == "account":
        return {**values, "aws:PrincipalType": "Account", "aws:userid": caller.account or ""}
    if principal.kind == "user":
        values.update({"aws:PrincipalType": "User", "aws:userid": entity.id, "aws:username": entity.name})
    else:
        session = principal.arn.rpartition("/")[2]
        values.update({"aws:PrincipalType": "AssumedRole", "aws:userid": f"{entity.id}:{session}"})
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
        from localstack.services.sts.models import sts_stores

        kept = sts_stores[caller.account]["us-east-1"].sessions.get(caller.access_key)
        found.update({tag["Key"]: tag["Value"] for tag in (kept or {}).get("tags", {}).values()})
    return found


def source_account(arn: str) -> str | None:
    """The account of the resource that a service calls for; buckets' ARNs have none."""
    from .services.data_resources import bucket_owner

    parts = arn.split(":", 5)
    if len(parts) < 6:
        return None
    return parts[4] or (bucket_owner(parts[5]) if parts[2] == "s3" else None)


def _tags(request: Mapping[str, Any]) -> Values:
    tags = request.get("Tags") or request.get("tags")
    if not tags:
        return {}
    if isinstance(tags, Mapping):
        pairs = dict(tags)
    else:
        pairs = {tag.get("Key", tag.get("key")): tag.get("Value", tag.get("value")) for tag in tags}
    values: Values = {f"aws:RequestTag/{key}": str(value) for key, value in pairs.items()}
    return {**values, "aws:TagKeys": [str(key) for key in pairs]}


def _lambda(context: RequestContext, request: Mapping[str, Any]) -> Values:
    keys = {
        "lambda:FunctionUrlAuthType": request.get("AuthType") or request.get("FunctionUrlAuthType"),
        "lambda:Principal": request.get("Principal"),
        "lambda:Layer": request.get("Layers"),
        "lambda:CodeSigningConfigArn": request.get("CodeSigningConfigArn"),
    }
    return {key: value for key, value in keys.items() if value}


def _s3(context: RequestContext, request: Mapping[str, Any]) -> Values:
    headers = context.request.headers
    values: Values = {}
    if context.operation.name in ("ListObjects", "ListObjectsV2", "ListObjectVersions"):
        values["s3:prefix"] = request.get("Prefix") or ""
        values["s3:delimiter"] = request.get("Delimiter") or ""
        values["s3:max-keys"] = str(request.get("MaxKeys") or 1000)
    if version := request.get("VersionId"):
        values["s3:VersionId"] = version
    for name in ("x-amz-acl", "x-amz-server-side-encryption", "x-amz-storage-class", "x-amz-copy-source"):
        if value := headers.get(name):
            values[f"s3:{name}"] = value
    return values


_KEY_CONDITION = re.compile(r"([#\w.-]+)\s*=\s*(:\w+)")


def _dynamodb(context: RequestContext, request: Mapping[str, Any]) -> Values:
    """`dynamodb:LeadingKeys`: the partition keys of the items that a request names."""
    from moto.dynamodb import dynamodb_backends

    name = request.get("TableName")
    table = dynamodb_backends[context.account_id][context.region].tables.get(name) if name else None
    if table is None:
        return {}
    hash_key = table.hash_key_attr
    items = [request[part] for part in ("Key", "Item") if request.get(part)]
    found = [next(iter(item[hash_key].values())) for item in items if hash_key in item]
    if expression := request.get("KeyConditionExpression"):
        names = request.get("ExpressionAttributeNames") or {}
        values = request.get("ExpressionAttributeValues") or {}
        for attribute, value in _KEY_CONDITION.findall(expression):
            if names.get(attribute, attribute) == hash_key and value in values:
                found.append(next(iter(values[value].values())))
    return {"dynamodb:LeadingKeys": [str(key) for key in found]} if found else {}


def _sns(context: RequestContext, request: Mapping[str, Any]) -> Values:
    keys = {"sns:Protocol": request.get("Protocol"), "sns:Endpoint": request.get("Endpoint")}
    return {key: value for key, value in keys.items() if value}


def _iam(context: RequestContext, request: Mapping[str, Any]) -> Values:
    keys = {
        "iam:PermissionsBoundary": request.get("PermissionsBoundary"),
        "iam:PolicyARN": request.get("PolicyArn"),
    }
    return {key: value for key, value in keys.items() if value}


def _sts(context: RequestContext, request: Mapping[str, Any]) -> Values:
    keys = {"sts:ExternalId": request.get("ExternalId"), "sts:RoleSessionName": request.get("RoleSessionName")}
    return {key: value for key, value in keys.items() if value}


def _events(context: RequestContext, request: Mapping[str, Any]) -> Values:
    entries = request.get("Entries") or ()
    sources = [entry["Source"] for entry in entries if entry.get("Source")]
    types = [entry["DetailType"] for entry in entries if entry.get("DetailType")]
    return {key: value for key, value in {"events:source": sources, "events:detail-type": types}.items() if value}


def _cloudwatch(context: RequestContext, request: Mapping[str, Any]) -> Values:
    return {"cloudwatch:namespace": request["Namespace"]} if request.get("Namespace") else {}


SERVICES: dict[str, Callable[[RequestContext, Mapping[str, Any]], Values]] = {
    "cloudwatch": _cloudwatch,
    "dynamodb": _dynamodb,
    "events": _events,
    "iam": _iam,
    "lambda": _lambda,
    "s3": _s3,
    "sns": _sns,
    "sts": _sts,
}
