"""What is told of stacks: true where LocalStack 4.9.2 says "fake values"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.cloudformation.stores import CloudFormationStore
from localstack.services.cloudformation.v2.entities import Stack

from . import requests
from .drift import results


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


def describe_stacks(
    original: Callable[..., Any], self: Any, context: RequestContext, stack_name: str | None = None, **more: Any
) -> Any:
    """Wrap `CloudformationProviderV2.describe_stacks`: one that was deleted is told of to who has its id.

    API Reference, "DescribeStacks", StackName: "Deleted stacks: You must specify the unique stack ID" (2026-11).
    """
    answer = original(self, context, stack_name, **more)
    if not stack_name:
        answer["Stacks"] = [one for one in answer["Stacks"] if one["StackStatus"] != "DELETE_COMPLETE"]
    return answer


def describe_stack(original: Callable[..., Any], self: Any, stack: Stack) -> dict[str, Any]:
    """Wrap `CloudformationProviderV2._describe_stack`."""
    described: dict[str, Any] = original(self, stack)
    described["DriftInformation"] = results.of_stack(stack)
    described["DisableRollback"] = getattr(stack, "disable_rollback", False)
    for member, name in (("RoleARN", "role_arn"), ("ParentId", "parent_id"), ("RootId", "root_id")):
        if value := getattr(stack, name, None):
            described[member] = value
    return described


def describe_stack_resources(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    stack_name: str | None = None,
    *given: Any,
    **more: Any,
) -> Any:
    """Wrap `CloudformationProviderV2.describe_stack_resources`, which ListStackResources asks too."""
    answer = original(self, context, stack_name, *given, **more)
    _add_drift(context, answer["StackResources"])
    return answer


def describe_stack_resource(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    stack_name: str,
    logical_resource_id: str,
    **more: Any,
) -> Any:
    """Wrap `CloudformationProviderV2.describe_stack_resource`."""
    answer = original(self, context, stack_name, logical_resource_id, **more)
    _add_drift(context, [answer["StackResourceDetail"]])
    return answer


def _add_drift(context: RequestContext, described: Sequence[Any]) -> None:
    """Say of resources of one stack what was found of them, where LocalStack says that nothing was looked for."""
    stack = requests.find(context, described[0]["StackId"]) if described else None
    found = results.drifts(stack) if stack else {}
    for one in described:
        one["DriftInformation"] = results.of_resource(found.get(one["LogicalResourceId"]))
