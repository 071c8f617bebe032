"""AWS Step Functions, `states` in policies."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service, Tags, account_of, no_resource

TASK_ANSWERS = ("SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat")


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """State machines, executions and activities."""
    prefix = f"arn:aws:states:{context.region}:{context.account_id}:"
    for key in ("stateMachineArn", "executionArn", "activityArn", "resourceArn", "stateMachineVersionArn"):
        if arn := request.get(key):
            return [Target(action, arn, account_of(arn))]
    if context.operation.name in TASK_ANSWERS and (arn := _of_token(context, request.get("taskToken", ""))):
        return [Target(action, arn, account_of(arn))]
    if "Activity" in action or "Activities" in action:
        return [Target(action, f"{prefix}activity:{request.get('name', '*')}", context.account_id)]
    if "StateMachine" in action:
        return [Target(action, f"{prefix}stateMachine:{request.get('name', '*')}", context.account_id)]
    return no_resource(context, request, action)


def _of_token(context: RequestContext, token: str) -> str | None:
    """The state machine that waits for a task's token: what is allowed for it is enough to answer (recorded on AWS by
    LocalStack 4.9.2's tests, stepfunctions/v2/scenarios, test_wait_for_callback).
    """
    from localstack.services.stepfunctions.backend.store import sfn_stores  # here: it is loaded when it is used

    for execution in list(sfn_stores[context.account_id][context.region].executions.values()):
        worker = execution.exec_worker
        if worker and worker.env.callback_pool_manager.get(token):
            return str(execution.state_machine_arn)
    return None


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """The tags of a state machine, also for its versions and aliases."""
    from localstack.services.stepfunctions.backend.store import sfn_stores  # here: likewise

    arn = f"arn:aws:states:{region}:{account}:{':'.join(resource.split(':')[:2])}"
    store = sfn_stores[account][region]
    machine = store.state_machines.get(arn)
    return machine.tag_manager.to_tag_list() if machine else None


SERVICE = Service(
    "states",
    targets=targets,
    resource_tags=resource_tags,
    tagged={"CreateStateMachine": "TagResource"},
    passed_roles={"CreateStateMachine": ("roleArn",), "UpdateStateMachine": ("roleArn",)},
)
