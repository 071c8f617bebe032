"""AWS Security Token Service. The policy of a role is its trust policy: `resource_policies` has it."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, account_of, present


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """The role to assume."""
    arn = request.get("RoleArn")
    if arn and arn.count(":") >= 5:
        return [Target(action, arn, account_of(arn))]
    return [Target(action, "*", context.account_id)]


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """What the caller says when it assumes a role."""
    return present({"sts:ExternalId": request.get("ExternalId"), "sts:RoleSessionName": request.get("RoleSessionName")})


SERVICE = Service("sts", targets=targets, condition_keys=condition_keys)
