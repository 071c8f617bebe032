"""AWS Identity and Access Management."""

from __future__ import annotations

from collections.abc import Mapping

from localstack.aws.api import RequestContext
from moto.iam.models import iam_backends

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, Tags, present

# Parameter, and the ARN's kind.
KINDS = (
    ("RoleName", "role"),
    ("UserName", "user"),
    ("GroupName", "group"),
    ("InstanceProfileName", "instance-profile"),
)


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Roles, users, groups and policies, with their paths."""
    account = context.account_id
    prefix = f"arn:aws:iam::{account}:"
    operation = context.operation.name
    if arn := request.get("PolicySourceArn"):
        return [Target(action, arn, account)]
    for key, kind in KINDS:
        if name := request.get(key):
            return [Target(action, f"{prefix}{kind}{_path(account, kind, name, request)}{name}", account)]
    if arn := request.get("PolicyArn"):
        return [Target(action, arn, account)]
    if name := request.get("PolicyName"):
        return [Target(action, f"{prefix}policy{request.get('Path') or '/'}{name}", account)]
    for _, kind in KINDS:
        if kind.replace("-", "") in operation.lower():
            return [Target(action, f"{prefix}{kind}/*", account)]
    return [Target(action, "*", account)]


def _path(account: str, kind: str, name: str, request: Parameters) -> str:
    backend = iam_backends[account]["aws"]
    kept = {"role": backend.roles, "user": backend.users, "group": backend.groups}.get(kind, {})
    for entity in list(kept.values()):
        if entity.name == name:
            return entity.path or "/"
    return request.get("Path") or "/"


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """The policy that is attached, or set as a boundary."""
    return present(
        {"iam:PermissionsBoundary": request.get("PermissionsBoundary"), "iam:PolicyARN": request.get("PolicyArn")}
    )


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """The tags of a role, user or policy."""
    backend, arn = iam_backends[account]["aws"], f"arn:aws:iam::{account}:{resource}"
    kept = {"role": backend.roles, "user": backend.users, "policy": backend.managed_policies}
    entities = list(kept.get(resource.partition("/")[0], {}).values())
    tags = next((entity.tags for entity in entities if entity.arn == arn), None) or ()
    # {"Stage": {"Key": "Stage", "Value": "dev"}}: policies
    return tags.values() if isinstance(tags, Mapping) else tags


SERVICE = Service(
    "iam",
    targets=targets,
    condition_keys=condition_keys,
    resource_tags=resource_tags,
    tag_key="iam:ResourceTag",
    tagged={"CreateRole": "TagRole", "CreateUser": "TagUser", "CreatePolicy": "TagPolicy"},
)
