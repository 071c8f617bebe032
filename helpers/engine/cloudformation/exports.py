"""Exports: names that stacks of an account and region share. Who uses one keeps it.

CloudFormation User Guide, "Get exported outputs from a deployed CloudFormation stack" (2026-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.stores import exports_map, get_cloudformation_store
from localstack.services.cloudformation.v2.entities import Stack


def of(outputs: Iterable[Any]) -> dict[str, Any]:
    """Return the exports among outputs: values by name."""
    return {one["ExportName"]: one["OutputValue"] for one in outputs if one.get("ExportName")}


def importers(account: str, region: str, name: str) -> list[str]:
    """Return the names of the stacks that use an export."""
    stacks = get_cloudformation_store(account, region).stacks_v2.values()
    return [one.stack_name for one in list(stacks) if one.is_active() and name in getattr(one, "imports", ())]


def check(stack: Stack, outputs: Sequence[Any]) -> None:
    """Check the exports that a stack is to have. Raises: ValidationError, for one that is another stack's, or that
    would be taken from whoever uses it.
    """
    new = of(outputs)
    names = [one["ExportName"] for one in outputs if one.get("ExportName")]
    if twice := next((name for name in new if names.count(name) > 1), None):
        # Words from memory.
        raise ValidationError(f"Export with name {twice} is already exported by stack {stack.stack_name}.")
    there = exports_map(account_id=stack.account_id, region_name=stack.region_name)
    for name in new:
        owner = there.get(name, {}).get("ExportingStackId")
        if owner and owner != stack.stack_id:
            raise ValidationError(f"Export with name {name} is already exported by stack {owner.split('/')[1]}.")
    for name, value in stack.resolved_exports.items():
        users = importers(stack.account_id, stack.region_name, name)
        if users and new.get(name) != value:
            verb = "updated" if name in new else "deleted"
            raise ValidationError(f"Cannot {verb[:-1]} export {name} as it is in use by {' and '.join(users)}.")


def check_unused(stack: Stack) -> None:
    """Check that a stack may be deleted. Raises: ValidationError."""
    for name in stack.resolved_exports:
        if users := importers(stack.account_id, stack.region_name, name):
            message = f"Delete canceled. Cannot delete export {name} as it is in use by {' and '.join(users)}."
            raise ValidationError(message)
