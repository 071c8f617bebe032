"""What requests to IAM and STS act on, and roles that a request hands to a service (`iam:PassRole`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from localstack.aws.api import RequestContext

from ..targets import Target

# Parameter, ARN's kind, the place where moto keeps them by name.
KINDS = (
    ("RoleName", "role"),
    ("UserName", "user"),
    ("GroupName", "group"),
    ("InstanceProfileName", "instance-profile"),
)

# Operations that hand a role to a service: where it is in the request, and to whom it goes.
# Service Authorization Reference, "Dependent actions" (2026-11).
PASSES: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("apigateway", "PutIntegration"): (("credentials",), "apigateway"),
    ("cloudformation", "CreateChangeSet"): (("RoleARN",), "cloudformation"),
    ("cloudformation", "CreateStack"): (("RoleARN",), "cloudformation"),
    ("cloudformation", "DeleteStack"): (("RoleARN",), "cloudformation"),
    ("cloudformation", "UpdateStack"): (("RoleARN",), "cloudformation"),
    ("events", "PutRule"): (("RoleArn",), "events"),
    ("events", "PutTargets"): (("Targets", "RoleArn"), "events"),
    ("lambda", "CreateFunction"): (("Role",), "lambda"),
    ("lambda", "UpdateFunctionConfiguration"): (("Role",), "lambda"),
    ("logs", "PutSubscriptionFilter"): (("roleArn",), "logs"),
    ("scheduler", "CreateSchedule"): (("Target", "RoleArn"), "scheduler"),
    ("scheduler", "UpdateSchedule"): (("Target", "RoleArn"), "scheduler"),
    ("stepfunctions", "CreateStateMachine"): (("roleArn",), "states"),
    ("stepfunctions", "UpdateStateMachine"): (("roleArn",), "states"),
}


def passed_roles(context: RequestContext, request: Mapping[str, Any]) -> list[Target]:
    """`iam:PassRole` on each role that the request hands over."""
    path, service = PASSES.get((context.service.service_name, context.operation.name), ((), ""))
    if not path:
        return []
    passed = {"iam:PassedToService": f"{service}.amazonaws.com"}
    roles = dict.fromkeys(_values(request, path))
    return [Target("iam:PassRole", arn, account_of(arn), context=passed) for arn in roles if arn.startswith("arn:")]


def _values(where: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(where, list):
        for item in where:
            yield from _values(item, path)
    elif not path:
        if where:
            yield where
    elif isinstance(where, Mapping) and path[0] in where:
        yield from _values(where[path[0]], path[1:])


def account_of(arn: str) -> str:
    """The account in an ARN."""
    return arn.split(":")[4]


def sts(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    """The role to assume."""
    arn = request.get("RoleArn")
    if arn and arn.count(":") >= 5:
        return [Target(action, arn, account_of(arn))]
    return [Target(action, "*", context.account_id)]


def iam(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
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


def _path(account: str, kind: str, name: str, request: Mapping[str, Any]) -> str:
    from moto.iam.models import iam_backends

    backend = iam_backends[account]["aws"]
    kept = {"role": backend.roles, "user": backend.users, "group": backend.groups}.get(kind, {})
    for entity in list(kept.values()):
        if entity.name == name:
            return entity.path or "/"
    return request.get("Path") or "/"
