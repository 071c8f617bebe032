"""AWS Step Functions, `states` in policies."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service, account_of, no_resource


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """State machines, executions and activities."""
    prefix = f"arn:aws:states:{context.region}:{context.account_id}:"
    for key in ("stateMachineArn", "executionArn", "activityArn", "resourceArn", "stateMachineVersionArn"):
        if arn := request.get(key):
            return [Target(action, arn, account_of(arn))]
    if "Activity" in action or "Activities" in action:
        return [Target(action, f"{prefix}activity:{request.get('name', '*')}", context.account_id)]
    if "StateMachine" in action:
        return [Target(action, f"{prefix}stateMachine:{request.get('name', '*')}", context.account_id)]
    return no_resource(context, request, action)


SERVICE = Service(
    "states",
    targets=targets,
    passed_roles={"CreateStateMachine": ("roleArn",), "UpdateStateMachine": ("roleArn",)},
)
