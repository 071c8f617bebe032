"""What happens to a stack once an operation was accepted: in a thread of its own, one after another for each stack.

CloudFormation User Guide, "Stack failure options" and "Understand CloudFormation stack creation events" (2026-11):
a failed creation is rolled back, deleted or left as it is; a failed update is rolled back to what was before, or left.
LocalStack 4.9.2 leaves all, and says that an update that failed is complete.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from localstack.aws.api.cloudformation import ChangeAction, ExecutionStatus, ResourceStatus, StackStatus
from localstack.services.cloudformation.engine.v2.change_set_model_executor import TriggerRollback
from localstack.services.cloudformation.resource_provider import OperationStatus
from localstack.services.cloudformation.v2.entities import ChangeSet, Stack

from . import exports, failures, resource_types, stack_roles
from .deployment import Deployment
from .removal import remove, retained

FAILED = {
    StackStatus.CREATE_IN_PROGRESS: StackStatus.CREATE_FAILED,
    StackStatus.ROLLBACK_IN_PROGRESS: StackStatus.ROLLBACK_FAILED,
    StackStatus.DELETE_IN_PROGRESS: StackStatus.DELETE_FAILED,
    StackStatus.UPDATE_IN_PROGRESS: StackStatus.UPDATE_FAILED,
    StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: StackStatus.UPDATE_FAILED,
    StackStatus.UPDATE_ROLLBACK_IN_PROGRESS: StackStatus.UPDATE_ROLLBACK_FAILED,
    StackStatus.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: StackStatus.UPDATE_ROLLBACK_FAILED,
}
LOG = logging.getLogger(__name__)
_locks: WeakKeyDictionary[Stack, threading.Lock] = WeakKeyDictionary()


def start(stack: Stack, work: Callable[[], None]) -> None:
    """Do `work` in a thread, when what is going on with the stack has ended."""
    lock = _locks.setdefault(stack, threading.Lock())

    def run() -> None:
        with lock, stack_roles.acting(stack):
            try:
                work()
            except Exception as error:  # nobody waits for a stack for ever
                LOG.exception("A stack's operation failed")
                if failed := FAILED.get(stack.status):
                    stack.set_stack_status(failed, failures.message(error))

    threading.Thread(target=run, name=f"stack-{stack.stack_name}", daemon=True).start()


def create(change_set: ChangeSet, on_failure: str, deadline: float | None = None) -> None:
    """Create the resources of a new stack. `on_failure`: ROLLBACK, DELETE or DO_NOTHING."""
    stack, deployment = change_set.stack, Deployment(change_set, deadline)
    problem = _deploy(deployment)
    adopt(stack, change_set, deployment, deployment.resources)
    if problem is None:
        stack.set_stack_status(StackStatus.CREATE_COMPLETE)
        return
    stack.resolved_outputs, stack.resolved_exports = [], {}
    change_set.set_execution_status(ExecutionStatus.EXECUTE_FAILED)
    if on_failure == "DO_NOTHING":
        stack.set_stack_status(StackStatus.CREATE_FAILED, problem)
        return
    deleting = on_failure == "DELETE"
    reason = f"{problem.rstrip()} {'Delete' if deleting else 'Rollback'} requested by user."
    stack.set_stack_status(StackStatus.DELETE_IN_PROGRESS if deleting else StackStatus.ROLLBACK_IN_PROGRESS, reason)
    keep = retained(change_set.processed_template, "DeletionPolicy", creating=True)
    left = remove(deployment, stack.resolved_resources, stack.resolved_resources, keep)
    stack.resolved_resources = {name: one for name, one in stack.resolved_resources.items() if name in left}
    if left:
        status = StackStatus.DELETE_FAILED if deleting else StackStatus.ROLLBACK_FAILED
        stack.set_stack_status(status, failures.resources("delete", left))
        return
    stack.deletion_time = datetime.now(tz=UTC)
    stack.set_stack_status(StackStatus.DELETE_COMPLETE if deleting else StackStatus.ROLLBACK_COMPLETE)


def update(change_set: ChangeSet, disable_rollback: bool) -> None:
    """Change the resources of a stack to those of a change set."""
    stack, deployment = change_set.stack, Deployment(change_set)
    before = dict(stack.resolved_resources)
    problem = _deploy(deployment)
    now = deployment.resources
    if problem is None:
        stack.set_stack_status(StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS)
        replaced = [name for name in before if name in now and is_replaced(deployment, before[name], now[name])]
        keep = retained(change_set.processed_template, "UpdateReplacePolicy")
        remove(deployment, before, replaced, keep)
        keep = retained(stack.processed_template, "DeletionPolicy")
        remove(deployment, before, [name for name in before if name not in now], keep)
        _show(stack, replaced, now)
        adopt(stack, change_set, deployment, now)
        stack.set_stack_status(StackStatus.UPDATE_COMPLETE)
        return
    change_set.set_execution_status(ExecutionStatus.EXECUTE_FAILED)
    if disable_rollback:
        unchanged = {name: before[name] for name in deployment.failed if name in before}
        stack.resolved_resources = {**before, **now, **unchanged}
        stack.set_stack_status(StackStatus.UPDATE_FAILED, problem)
        return
    stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, problem)
    made = dict(now)  # what follows changes `now`
    stuck = undo(deployment, before, made)
    settled = [name for name in made if name in before and name not in stuck]
    stack.resolved_resources = {**before, **{name: now[name] for name in settled}}
    for name in made:
        if name in before and is_replaced(deployment, before[name], made[name]):
            stack.resolved_resources[name] = before[name]
    if stuck:
        stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_FAILED, failures.resources("update", stuck))
        return
    stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS)
    new = [name for name in made if name not in before]
    replaced = [name for name in made if name in before and is_replaced(deployment, before[name], made[name])]
    remove(deployment, made, [*new, *replaced])
    _show(stack, replaced, before)
    stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_COMPLETE)


def undo(deployment: Deployment, before: dict[str, Any], made: dict[str, Any]) -> list[str]:
    """Change back, in the reverse order, what an update has `made` of resources that were there `before`.

    Returns the logical ids of those that could not be.
    """
    stack, stuck = deployment._change_set.stack, []
    for name, resource in reversed(list(made.items())):
        old = before.get(name)
        if old is None or old is resource or is_replaced(deployment, old, resource):
            continue
        if name in deployment.resource_provider_executor.untouched:
            deployment.resources[name] = old
            continue
        kind, physical_id = resource["Type"], old.get("PhysicalResourceId")
        report = {"logical_resource_id": name, "physical_resource_id": physical_id, "resource_type": kind}
        stack.set_resource_status(**report, status=ResourceStatus.UPDATE_IN_PROGRESS)
        current = resource.get("Properties") or old["Properties"]
        event = deployment.act(ChangeAction.Modify, name, kind, current, deployment.properties_before[name].properties)
        if event.status == OperationStatus.SUCCESS:
            stack.set_resource_status(**report, status=ResourceStatus.UPDATE_COMPLETE)
            continue
        stuck.append(name)
        stack.set_resource_status(**report, status=ResourceStatus.UPDATE_FAILED, resource_status_reason=event.message)
    return stuck


def delete(change_set: ChangeSet, retain: list[str], force: bool) -> None:
    """Delete the resources of a stack; `change_set` is one of that stack."""
    stack = change_set.stack
    keep = {*retain, *retained(stack.processed_template, "DeletionPolicy")}
    left = remove(Deployment(change_set), stack.resolved_resources, stack.resolved_resources, keep)
    if left and not force:
        stack.resolved_resources = {name: one for name, one in stack.resolved_resources.items() if name in left}
        stack.set_stack_status(StackStatus.DELETE_FAILED, failures.resources("delete", left))
        return
    stack.resolved_exports = {}
    stack.deletion_time = datetime.now(tz=UTC)
    stack.set_stack_status(StackStatus.DELETE_COMPLETE)


def adopt(stack: Stack, change_set: ChangeSet, deployment: Deployment, resources: dict[str, Any]) -> None:
    """Take over what a change set says, for it has been carried out."""
    stack.resolved_resources = resources
    stack.resolved_outputs = deployment.outputs
    stack.resolved_exports = exports.of(deployment.outputs)
    stack.imports = deployment.imports
    stack.resolved_parameters = change_set.resolved_parameters
    stack.template, stack.template_body = change_set.template, change_set.template_body
    stack.processed_template = change_set.processed_template
    stack.description = (change_set.template or {}).get("Description")
    stack.deployed = change_set
    if change_set.change_set_id in stack.change_set_ids:  # and not one that CreateStack or UpdateStack made
        stack.change_set_id = change_set.change_set_id
    change_set.set_execution_status(ExecutionStatus.EXECUTE_COMPLETE)


def is_replaced(deployment: Deployment, old: Any, new: Any) -> bool:
    """Return whether a resource is another one now, so that one of both is to be deleted.

    A custom resource says so by answering with another physical id (User Guide, "Custom resource response objects").
    """
    if old is new or not new.get("PhysicalResourceId"):
        return False
    if resource_types.is_custom(new["Type"]) and old["Type"] == new["Type"]:
        return bool(old.get("PhysicalResourceId") != new.get("PhysicalResourceId"))
    return new["LogicalResourceId"] in deployment.replaced


def _deploy(deployment: Deployment) -> str | None:
    """Make what the change set asks for. Returns the reason of a failure."""
    try:
        deployment.process()
        exports.check(deployment._change_set.stack, deployment.outputs)
    except TriggerRollback as failure:
        problem = failure.reason
    except Exception as error:
        problem = failures.message(error)
    else:
        return None
    for resource in deployment.resources.values():
        resource.setdefault("PhysicalResourceId", "")
    failed = deployment.failed
    creating = failed and failed[0] not in deployment._change_set.stack.resolved_resources
    return failures.resources("create" if creating else "update", failed) if failed else problem


def _show(stack: Stack, names: list[str], resources: dict[str, Any]) -> None:
    """List resources again, of whom an older or newer one was deleted."""
    for name in names:
        one = resources[name]
        stack.resource_states[name] = {
            "StackName": stack.stack_name,
            "StackId": stack.stack_id,
            "LogicalResourceId": name,
            "PhysicalResourceId": one["PhysicalResourceId"],
            "ResourceType": one["Type"],
            "Timestamp": datetime.now(tz=UTC),
            "ResourceStatus": ResourceStatus.UPDATE_COMPLETE,
        }
