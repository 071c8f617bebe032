"""AWS Secrets Manager."""

from __future__ import annotations

from typing import Any

from localstack.aws.api import RequestContext
from moto.utilities.utils import get_partition

from ..targets import Target
from .service import Parameters, Service, Tags, account_of


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """A secret, which messages call as the caller did."""
    account = context.account_id
    prefix = f"arn:aws:secretsmanager:{context.region}:{account}:secret:"
    name = request.get("SecretId") or request.get("Name")
    if not name:
        return [Target(action, "*", account)]
    if name.startswith("arn:"):
        return [Target(action, name, account_of(name))]
    secret = _find_secret(account, context.region, name)
    return [Target(action, secret.arn if secret else f"{prefix}{name}-??????", account, shown=name)]


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """A secret's policy."""
    secret = _find_secret(account, region, f"arn:{get_partition(region)}:secretsmanager:{region}:{account}:{resource}")
    return secret.policy if secret else None


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """A secret's tags."""
    secret = _find_secret(account, region, f"arn:{get_partition(region)}:secretsmanager:{region}:{account}:{resource}")
    return secret.tags if secret else None


def _find_secret(account: str, region: str, name: str) -> Any | None:
    """moto's secret of this name or ARN."""
    from moto.secretsmanager import secretsmanager_backends  # here: it takes 10 ms to load

    for secret in list(secretsmanager_backends[account][region].secrets.values()):
        if name in (secret.name, secret.arn):
            return secret
    return None


SERVICE = Service(
    "secretsmanager",
    targets=targets,
    resource_policy=resource_policy,
    resource_tags=resource_tags,
    tagged={"CreateSecret": "TagResource"},
    tag_key="secretsmanager:ResourceTag",
)
