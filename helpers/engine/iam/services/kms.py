"""AWS Key Management Service."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service, Tags


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """A key; an alias stands for its key."""
    account = context.account_id
    prefix = f"arn:aws:kms:{context.region}:{account}:"
    name = request.get("KeyId") or request.get("TargetKeyId")
    if not name:
        return [Target(action, "*", account)]
    name = (
        name.partition(":key/")[2] or (name.partition(":alias/")[2] and f"alias/{name.partition(':alias/')[2]}") or name
    )
    if name.startswith("alias/"):
        from localstack.services.kms.models import kms_stores  # here: it takes 25 ms to load

        alias = kms_stores[account][context.region].aliases.get(name)
        name = alias.metadata["TargetKeyId"] if alias else name
        if name.startswith("alias/"):
            return [Target(action, prefix + name, account)]
    return [Target(action, f"{prefix}key/{name}", account)]


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """A key's policy."""
    from localstack.services.kms.models import kms_stores  # here: likewise

    key = kms_stores[account][region].keys.get(resource.removeprefix("key/"))
    return key.policy if key else None


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """A key's tags."""
    from localstack.services.kms.models import kms_stores  # here: likewise

    key = kms_stores[account][region].keys.get(resource.removeprefix("key/"))
    return key.tags if key else None


SERVICE = Service(
    "kms",
    names={"ReEncrypt": "ReEncryptFrom"},
    targets=targets,
    resource_policy=resource_policy,
    resource_tags=resource_tags,
    tagged={"CreateKey": "TagResource"},
)
