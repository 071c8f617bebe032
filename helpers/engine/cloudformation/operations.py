"""CreateStack, UpdateStack and DeleteStack.

They replace LocalStack 4.9.2's, which refuse less, forget what was asked for a failure, and do what `stacks` says they
do.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

from localstack.aws.api import RequestContext, handler
from localstack.aws.api.cloudformation import (
    AlreadyExistsException,
    ChangeSetStatus,
    ChangeSetType,
    CreateStackInput,
    CreateStackOutput,
    InsufficientCapabilitiesException,
    StackStatus,
    UpdateStackInput,
    UpdateStackOutput,
)
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.entities import ChangeSet, Stack
from localstack.services.cloudformation.v2.provider import CloudformationProviderV2

from . import (
    capabilities,
    dependencies,
    exports,
    failures,
    language_extensions,
    parameters,
    requests,
    resource_types,
    rules,
    stack_roles,
    stacks,
    transforms,
)

NAME = r"[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*"


@handler("CreateStack", expand=False)
@stack_roles.asked
def create_stack(
    self: CloudformationProviderV2, context: RequestContext, request: CreateStackInput
) -> CreateStackOutput:
    """`CloudformationProviderV2.create_stack`."""
    name = request["StackName"]
    check_name(name)
    if requests.find(context, name):
        raise AlreadyExistsException(f"Stack [{name}] already exists")
    if request.get("OnFailure") and request.get("DisableRollback") is not None:
        raise ValidationError("Only one of OnFailure and DisableRollback can be specified.")
    requests.refuse_absent(context, request)
    body, template = requests.template(request)
    given = request.get("Capabilities") or []
    capabilities.require(template, given, expand=True)

    stack = Stack(context.account_id, context.region, request, tags=request.get("Tags"))
    stack.enable_termination_protection = bool(request.get("EnableTerminationProtection"))
    stack.disable_rollback = bool(request.get("DisableRollback"))
    stack_roles.give(stack, context, request.get("RoleARN"))
    change_set = ChangeSet(
        stack, {"ChangeSetName": f"cs-{name}-create", "ChangeSetType": ChangeSetType.CREATE}, body, template
    )
    set_up(self, change_set, request)
    requests.store_of(context).stacks_v2[stack.stack_id] = stack
    stack.set_stack_status(StackStatus.CREATE_IN_PROGRESS, "User Initiated")
    stack.status_reason = None
    if change_set.status == ChangeSetStatus.FAILED:
        transforms.fail(change_set)
        return CreateStackOutput(StackId=stack.stack_id)
    minutes = request.get("TimeoutInMinutes")
    deadline = time.monotonic() + 60 * minutes if minutes else None
    on_failure = "DO_NOTHING" if stack.disable_rollback else request.get("OnFailure") or "ROLLBACK"
    stacks.start(stack, lambda: stacks.create(change_set, on_failure, deadline))
    return CreateStackOutput(StackId=stack.stack_id)


@handler("UpdateStack", expand=False)
@stack_roles.asked
def update_stack(
    self: CloudformationProviderV2, context: RequestContext, request: UpdateStackInput
) -> UpdateStackOutput:
    """`CloudformationProviderV2.update_stack`."""
    name = request["StackName"]
    check_name(name)
    stack = requests.require(context, name)
    requests.refuse_absent(context, request)
    body, template = requests.template(request, stack)
    given = request.get("Capabilities") or []
    capabilities.require(template, given, expand=True)
    change_set = ChangeSet(
        stack, {"ChangeSetName": f"cs-{stack.stack_name}-update", "ChangeSetType": ChangeSetType.UPDATE}, body, template
    )
    tags = request.get("Tags")
    same_tags = tags is None or _as_map(tags) == _as_map(stack.tags)
    set_up(self, change_set, request)
    if change_set.status == ChangeSetStatus.FAILED:
        begin_update(stack)
        transforms.fail(change_set)
        return UpdateStackOutput(StackId=stack.stack_id)
    # Of a transformed template AWS takes any update (recorded by LocalStack 4.9.2's tests, api/test_stacks, 2024).
    if same_tags and not change_set.has_changes():
        raise ValidationError("No updates are to be performed.")
    stack.tags = tags if tags is not None else stack.tags
    stack.capabilities = given
    stack_roles.give(stack, context, request.get("RoleARN"))
    begin_update(stack)
    disable_rollback = bool(request.get("DisableRollback"))
    stacks.start(stack, lambda: stacks.update(change_set, disable_rollback))
    return UpdateStackOutput(StackId=stack.stack_id)


@handler("DeleteStack")
def delete_stack(
    self: CloudformationProviderV2,
    context: RequestContext,
    stack_name: str,
    retain_resources: list[str] | None = None,
    role_arn: str | None = None,
    client_request_token: str | None = None,
    deletion_mode: str | None = None,
    **_: Any,
) -> None:
    """`CloudformationProviderV2.delete_stack`. Of a stack that is not there nothing is said, as on AWS."""
    stack = requests.find(context, stack_name)
    if stack is None or not stack.is_active():
        return
    if stack.enable_termination_protection:
        raise ValidationError(f"Stack [{stack.stack_name}] cannot be deleted while TerminationProtection is enabled")
    stack_roles.give(stack, context, role_arn)
    stack.set_stack_status(StackStatus.DELETE_IN_PROGRESS, "User Initiated")
    stack.status_reason = None

    def run() -> None:
        try:
            exports.check_unused(stack)
            change_set = ChangeSet(stack, {"ChangeSetName": f"delete-stack-{stack.stack_name}"}, template_body="")
            self._setup_change_set_model(
                change_set=change_set,
                before_template=stack.processed_template,
                after_template=None,
                before_parameters=stack.resolved_parameters,
                after_parameters=None,
            )
            stacks.delete(change_set, retain_resources or [], deletion_mode == "FORCE_DELETE_STACK")
        except Exception as error:
            stack.set_stack_status(StackStatus.DELETE_FAILED, failures.message(error))

    stacks.start(stack, run)


def check_name(name: str) -> None:
    """Check a stack's name. Raises: ValidationError, as recorded by LocalStack 4.9.2's tests (api/test_stacks,
    2024).
    """
    if not re.fullmatch(NAME, name):
        raise ValidationError(
            f"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must "
            f"satisfy regular expression pattern: {NAME}"
        )


def set_up(provider: CloudformationProviderV2, change_set: ChangeSet, request: Mapping[str, Any]) -> None:
    """Resolve parameters, transform the template, and compare it with the stack's, as LocalStack does.

    Raises: ValidationError; InsufficientCapabilitiesException for what a transform has added.
    """
    stack = change_set.stack
    updating = change_set.change_set_type == ChangeSetType.UPDATE
    before = stack.resolved_parameters if updating else None
    deployed = getattr(stack, "deployed", None) if updating else None
    status, status_reason, events = stack.status, stack.status_reason, [*stack.events]
    role_arn = request.get("RoleARN") or getattr(stack, "role_arn", None)
    with stack_roles.as_role(role_arn, stack.region_name):
        given = parameters.given(request.get("Parameters") or [], before or {})
        parameters.check_store(change_set.template or {}, given, stack.account_id, stack.region_name)
        if capabilities.is_extended(change_set.template or {}):
            change_set.template = language_extensions.with_policies(change_set.template, given)
        provider._setup_change_set_model(
            change_set=change_set,
            before_template=stack.template if updating else None,
            after_template=change_set.template,
            before_parameters=before,
            after_parameters=given,
            previous_update_model=deployed and deployed.update_model,
        )
    if change_set.status == ChangeSetStatus.FAILED:  # a transform; what becomes of the stack is said elsewhere
        stack.status, stack.status_reason, stack.events = status, status_reason, events
        return
    rules.check(change_set.template or {}, parameters.values(change_set))
    if capabilities.transforms(change_set.template or {}):
        resource_types.check(change_set.processed_template or {})
        requests.check_references(change_set.processed_template or {})
        lacks = capabilities.missing(change_set.processed_template or {}, request.get("Capabilities") or [])
        if lacks:
            raise InsufficientCapabilitiesException(capabilities.reason(lacks))
    dependencies.check_made(change_set)


def has_changes(change_set: ChangeSet) -> bool:
    """Return whether a change set changes anything. LocalStack takes every transformed template for changed."""
    stack = change_set.stack
    if (
        change_set.template
        and "Transform" in change_set.template
        and change_set.change_set_type == ChangeSetType.UPDATE
    ):
        return bool(
            change_set.processed_template != stack.processed_template
            or change_set.resolved_parameters != stack.resolved_parameters
        )
    return bool(change_set.has_changes())


def begin_update(stack: Stack) -> None:
    """Say that a stack is being updated."""
    stack.set_stack_status(StackStatus.UPDATE_IN_PROGRESS, "User Initiated")
    stack.status_reason = None


def _as_map(tags: Any) -> dict[str, str]:
    return {one["Key"]: one["Value"] for one in tags or ()}
