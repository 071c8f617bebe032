"""AWS Security Token Service. The policy of a role is its trust policy: `resource_policies` has it."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, account_of, present

# Actions that AssumeRole needs, too, by the parameter that asks for them (IAM User Guide, "Pass session tags in AWS
# STS", "Monitor and control actions taken with assumed roles", 2026-11).
ALSO = {"sts:TagSession": "Tags", "sts:SetSourceIdentity": "SourceIdentity"}


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """The role to assume; what is set beside it takes a permission, and the role's trust, of its own."""
    arn = request.get("RoleArn")
    if arn and arn.count(":") >= 5:
        more = [name for name, member in ALSO.items() if request.get(member)]
        return [Target(one, arn, account_of(arn)) for one in (action, *more)]
    return [Target(action, "*", context.account_id)]


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """What the caller says when it assumes a role."""
    return present(
        {
            "sts:ExternalId": request.get("ExternalId"),
            "sts:RoleSessionName": request.get("RoleSessionName"),
            "sts:SourceIdentity": request.get("SourceIdentity"),
            "sts:TransitiveTagKeys": request.get("TransitiveTagKeys"),
        }
    )


SERVICE = Service("sts", targets=targets, condition_keys=condition_keys)
