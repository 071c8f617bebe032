"""Amazon CloudWatch."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, no_resource, present


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Alarms."""
    prefix = f"arn:aws:cloudwatch:{context.region}:{context.account_id}:alarm:"
    names = request.get("AlarmNames") or [request[key] for key in ("AlarmName",) if request.get(key)]
    if names:
        return [Target(action, prefix + name, context.account_id) for name in names]
    if action == "cloudwatch:DescribeAlarms":
        return [Target(action, f"{prefix}*", context.account_id)]
    return no_resource(context, request, action)


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """The namespace of metrics."""
    return present({"cloudwatch:namespace": request.get("Namespace")})


SERVICE = Service("cloudwatch", targets=targets, condition_keys=condition_keys)
