"""AWS Systems Manager: its parameters."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service, Tags


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Parameters, by name or by path."""
    account = context.account_id
    prefix = f"arn:aws:ssm:{context.region}:{account}:"
    names = request.get("Names") or [request[key] for key in ("Name", "Path") if request.get(key)]
    if not names:
        return [Target(action, f"{prefix}*" if "Parameters" in action else "*", account)]
    if "Parameter" not in action and "Label" not in action:
        return [Target(action, "*", account)]
    arns = [name if name.startswith("arn:") else f"{prefix}parameter/{name.strip('/')}" for name in names]
    return [Target(action, arn, account) for arn in arns]


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """A parameter's tags. moto has them by name, which begins with a slash if it has another one."""
    from moto.ssm.models import ssm_backends  # here: it takes long to load

    kept = ssm_backends[account][region]._resource_tags.get("Parameter", {})
    name = resource.removeprefix("parameter/")
    return kept.get(name) or kept.get(f"/{name}")


SERVICE = Service("ssm", targets=targets, resource_tags=resource_tags, tag_key="ssm:resourceTag")
