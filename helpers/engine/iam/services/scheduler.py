"""Amazon EventBridge Scheduler."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service

ROLE = ("Target", "RoleArn")


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Schedules and their groups."""
    prefix = f"arn:aws:scheduler:{context.region}:{context.account_id}:"
    if arn := request.get("ResourceArn"):
        return [Target(action, arn, context.account_id)]
    name = request.get("Name")
    if "Group" in context.operation.name:
        return [Target(action, f"{prefix}schedule-group/{name or '*'}", context.account_id)]
    group = request.get("GroupName", "default" if name else "*")
    return [Target(action, f"{prefix}schedule/{group}/{name or '*'}", context.account_id)]


SERVICE = Service("scheduler", targets=targets, passed_roles={"CreateSchedule": ROLE, "UpdateSchedule": ROLE})
