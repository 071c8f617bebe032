"""Deleting resources of a stack: the newest first, but for what is to be retained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

from localstack.aws.api.cloudformation import ChangeAction, ResourceStatus
from localstack.services.cloudformation.resource_provider import OperationStatus

from .deployment import Deployment

RETAIN = ("Retain", "RetainExceptOnCreate")


def remove(
    deployment: Deployment, resources: Mapping[str, Any], names: Iterable[str], retained: Collection[str] = ()
) -> list[str]:
    """Delete those of a stack's `resources` that `names` says, in the reverse order, and say so in events.

    Those in `retained` are left alone. Returns the logical ids of what could not be deleted.
    """
    stack, left = deployment._change_set.stack, []
    for name in reversed(list(names)):
        resource = resources[name]
        report = partial(
            stack.set_resource_status,
            logical_resource_id=name,
            physical_resource_id=resource.get("PhysicalResourceId") or "",
            resource_type=resource["Type"],
        )
        if name in retained:
            report(status=ResourceStatus.DELETE_SKIPPED)
            continue
        report(status=ResourceStatus.DELETE_IN_PROGRESS)
        if resource.get("Properties"):  # else it was never made
            event = deployment.act(ChangeAction.Remove, name, resource["Type"], resource["Properties"], None)
            if event.status != OperationStatus.SUCCESS:
                left.append(name)
                report(status=ResourceStatus.DELETE_FAILED, resource_status_reason=event.message)
                continue
        report(status=ResourceStatus.DELETE_COMPLETE)
    return left


def retained(template: Mapping[str, Any] | None, policy: str, creating: bool = False) -> set[str]:
    """Return the logical ids whose `DeletionPolicy` or `UpdateReplacePolicy` (`policy`) keeps them.

    RetainExceptOnCreate does not while the stack is being created (Template Reference, "DeletionPolicy", 2026-11).
    """
    keep = RETAIN[:1] if creating else RETAIN
    resources = (template or {}).get("Resources") or {}
    return {name for name, resource in resources.items() if resource.get(policy) in keep}


def keep_objects(s3_client: Any, buckets: Any) -> None:
    """Replace `delete_all_s3_objects`: a bucket that is not empty is not deleted (Template Reference, 2026-11)."""
