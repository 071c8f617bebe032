"""CreateChangeSet and ExecuteChangeSet.

CloudFormation User Guide, "Update CloudFormation stacks using change sets" (2026-11). They replace LocalStack 4.9.2's,
which ask for no capabilities, know no UsePreviousTemplate, and put a stack whose update was rolled back into review.
A second change set of one name: aws-actions/aws-cloudformation-github-deploy#122 (2024); LocalStack keeps both.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import RequestContext, handler
from localstack.aws.api.cloudformation import (
    AlreadyExistsException,
    ChangeSetNotFoundException,
    ChangeSetStatus,
    ChangeSetType,
    CreateChangeSetInput,
    CreateChangeSetOutput,
    ExecuteChangeSetOutput,
    ExecutionStatus,
    InsufficientCapabilitiesException,
    InvalidChangeSetStatusException,
    StackStatus,
)
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.entities import ChangeSet, Stack
from localstack.services.cloudformation.v2.provider import CloudformationProviderV2, find_change_set_v2

from . import capabilities, operations, requests, stack_roles, stacks, transforms

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."
NO_ROLLBACK = ("DO_NOTHING",)


@handler("CreateChangeSet", expand=False)
@stack_roles.asked
def create_change_set(
    self: CloudformationProviderV2, context: RequestContext, request: CreateChangeSetInput
) -> CreateChangeSetOutput:
    """`CloudformationProviderV2.create_change_set`."""
    name, kind = request["StackName"], request.get("ChangeSetType", ChangeSetType.UPDATE)
    operations.check_name(name)
    if kind not in (ChangeSetType.CREATE, ChangeSetType.UPDATE):
        raise ValidationError(
            "This engine makes no change sets that import resources: ChangeSetType is CREATE or UPDATE."
        )
    stack = requests.find(context, name)
    if kind == ChangeSetType.CREATE and stack is not None and stack.status != StackStatus.REVIEW_IN_PROGRESS:
        raise ValidationError(
            f"Stack [{name}] already exists and cannot be created again with the changeSet "
            f"[{request['ChangeSetName']}]."
        )
    if kind == ChangeSetType.UPDATE:
        stack = requests.require(context, name)
    requests.refuse_absent(context, request)
    body, template = requests.template(request, stack)
    given = request.get("Capabilities") or []
    capabilities.require(template, given, expand=False)

    there = _of_the_name(context, stack, request["ChangeSetName"])
    if there is not None:
        parameters = request.get("Parameters") or []
        if other := "Template" if there.template_body != body else "Parameters" if there.given != parameters else "":
            raise AlreadyExistsException(
                f"ChangeSet {request['ChangeSetName']} cannot be created due to a mismatch with existing attribute "
                f"{other}"
            )
        return CreateChangeSetOutput(StackId=there.stack.stack_id, Id=there.change_set_id)
    is_new = stack is None
    stack = stack or Stack(context.account_id, context.region, request, StackStatus.REVIEW_IN_PROGRESS)
    change_set = ChangeSet(stack, request, body, template)
    change_set.capabilities, change_set.role_arn = given, request.get("RoleARN")
    change_set.on_failure, change_set.given = request.get("OnStackFailure"), request.get("Parameters") or []
    try:
        operations.set_up(self, change_set, request)
    except InsufficientCapabilitiesException as error:
        _fail(change_set, error.message)
    store = requests.store_of(context)
    if is_new:
        store.stacks_v2[stack.stack_id] = stack
        stack.set_stack_status(StackStatus.REVIEW_IN_PROGRESS, "User Initiated")
        stack.status_reason = None
    if change_set.status == ChangeSetStatus.FAILED:
        _fail(change_set, transforms.reason(change_set))
    elif not operations.has_changes(change_set):
        _fail(change_set, NO_CHANGES)
    else:
        change_set.set_change_set_status(ChangeSetStatus.CREATE_COMPLETE)
    stack.change_set_ids.add(change_set.change_set_id)
    store.change_sets[change_set.change_set_id] = change_set
    return CreateChangeSetOutput(StackId=stack.stack_id, Id=change_set.change_set_id)


@handler("ExecuteChangeSet")
def execute_change_set(
    self: CloudformationProviderV2,
    context: RequestContext,
    change_set_name: str,
    stack_name: str | None = None,
    client_request_token: str | None = None,
    disable_rollback: bool | None = None,
    retain_except_on_create: bool | None = None,
    **_: Any,
) -> ExecuteChangeSetOutput:
    """`CloudformationProviderV2.execute_change_set`."""
    store = requests.store_of(context)
    change_set = find_change_set_v2(store, change_set_name, stack_name)
    if not change_set:
        raise ChangeSetNotFoundException(f"ChangeSet [{change_set_name}] does not exist")
    if change_set.execution_status != ExecutionStatus.AVAILABLE:
        raise InvalidChangeSetStatusException(
            f"ChangeSet [{change_set.change_set_id}] cannot be executed in its current status of [{change_set.status}]"
        )
    stack = change_set.stack
    creating = change_set.change_set_type == ChangeSetType.CREATE
    if not creating and stack.status not in requests.UPDATABLE:
        raise ValidationError(f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated.")
    stack_roles.give(stack, context, change_set.role_arn)
    change_set.set_execution_status(ExecutionStatus.EXECUTE_IN_PROGRESS)
    for other in stack.change_set_ids - {change_set.change_set_id}:
        store.change_sets[other].set_execution_status(ExecutionStatus.OBSOLETE)
    stack.tags, stack.capabilities = change_set.tags, change_set.capabilities
    stack.disable_rollback = bool(disable_rollback)
    on_failure = "DO_NOTHING" if disable_rollback else change_set.on_failure or "ROLLBACK"
    if creating:
        stack.set_stack_status(StackStatus.CREATE_IN_PROGRESS, "User Initiated")
        stack.status_reason = None
        stacks.start(stack, lambda: stacks.create(change_set, on_failure))
    else:
        operations.begin_update(stack)
        stacks.start(stack, lambda: stacks.update(change_set, on_failure in NO_ROLLBACK))
    return ExecuteChangeSetOutput()


def _of_the_name(context: RequestContext, stack: Stack | None, name: str) -> ChangeSet | None:
    """The change set of a stack that has a name. Those that an execution has done with give theirs up.

    User Guide, "Execute a change set" (2026-11): with one executed, the others of the stack are deleted.
    """
    store = requests.store_of(context)
    if stack is None:
        return None
    for identifier in [*stack.change_set_ids]:
        found: ChangeSet = store.change_sets[identifier]
        if found.change_set_name != name:
            continue
        if found.execution_status in (ExecutionStatus.AVAILABLE, ExecutionStatus.UNAVAILABLE):
            return found
        stack.change_set_ids.discard(identifier)
    return None


def _fail(change_set: ChangeSet, reason: str) -> None:
    change_set.set_change_set_status(ChangeSetStatus.FAILED)
    change_set.set_execution_status(ExecutionStatus.UNAVAILABLE)
    change_set.status_reason = reason
