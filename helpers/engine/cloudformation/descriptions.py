"""What is told of stacks: true where LocalStack 4.9.2 says "fake values"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.cloudformation.stores import CloudFormationStore
from localstack.services.cloudformation.v2.entities import Stack

from . import requests


def find_stack(original: Callable[..., Any], state: CloudFormationStore, stack_name: str | None) -> Stack | None:
    """Wrap `find_stack_v2`, which fails for the id of a stack that is not there."""
    if stack_name and stack_name.startswith("arn:") and stack_name not in state.stacks_v2:
        return None
    return original(state, stack_name)


def describe_change_set(
    original: Callable[..., Any], self: Any, context: RequestContext, *given: Any, **more: Any
) -> Any:
    """Wrap `CloudformationProviderV2.describe_change_set`: the capabilities that it was given, not its stack."""
    described = original(self, context, *given, **more)
    change_set = requests.store_of(context).change_sets.get(described["ChangeSetId"])
    return {**described, "Capabilities": getattr(change_set, "capabilities", [])}


def describe_stack(original: Callable[..., Any], self: Any, stack: Stack) -> dict[str, Any]:
    """Wrap `CloudformationProviderV2._describe_stack`."""
    described: dict[str, Any] = original(self, stack)
    described["DisableRollback"] = getattr(stack, "disable_rollback", False)
    for member, name in (("RoleARN", "role_arn"), ("ParentId", "parent_id"), ("RootId", "root_id")):
        if value := getattr(stack, name, None):
            described[member] = value
    return described
