"""As whom CloudFormation acts: as the stack's service role, or with the rights of whoever asks (`iam.forward_access`).

CloudFormation User Guide, "CloudFormation service role" (2026-11): the role stays the stack's for later operations.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.entities import Stack

from .. import settings
from ..iam import callers, forward_access, role_sessions, trust

SERVICE = "cloudformation"
SESSION_NAME = "AWSCloudFormation"


def check(role_arn: str | None, region: str) -> None:
    """Check that CloudFormation may assume the role. Raises: ValidationError, as recorded by LocalStack 4.9.2's
    tests (api/test_update_stack, 2024).
    """
    if role_arn and not trust.trusts(role_arn, SERVICE, region):
        raise ValidationError(f"Role {role_arn} is invalid or cannot be assumed")


def as_caller(context: RequestContext) -> Any:
    """A context manager: what is read in it, such as a template in S3, is read with the caller's rights."""
    return forward_access.acting_as(_caller(context), SERVICE)


def asked(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a handler: all of it `as_caller`."""

    @wraps(operation)
    def handle(self: Any, context: RequestContext, *arguments: Any, **members: Any) -> Any:
        with as_caller(context):
            return operation(self, context, *arguments, **members)

    return handle


def as_role(role_arn: str | None, region: str) -> Any:
    """A context manager: with the rights of a role, or as before without one. Raises: ValidationError, as `check`."""
    check(role_arn, region)
    return forward_access.acting_as(_role(role_arn), SERVICE) if role_arn else nullcontext()


def give(stack: Stack, context: RequestContext, role_arn: str | None) -> None:
    """Note as whom an operation of the stack is to be carried out. Raises: ValidationError, as `check`."""
    stack.role_arn = role_arn or getattr(stack, "role_arn", None)
    check(stack.role_arn, context.region)
    stack.acts_as = _actor(stack, context)


def acting(stack: Stack) -> Any:
    """A context manager: what is done in it is done as `give` has noted."""
    return forward_access.acting_as(stack.acts_as, SERVICE)


def as_role_or_caller(stack: Stack, context: RequestContext) -> Any:
    """A context manager for one use, in any thread: what is read in it is read as the stack's role, or the caller."""
    return forward_access.acting_as(_actor(stack, context), SERVICE)


def _actor(stack: Stack, context: RequestContext) -> callers.Caller | None:
    role_arn = getattr(stack, "role_arn", None)
    return _role(role_arn) if role_arn else _caller(context)


def _caller(context: RequestContext) -> callers.Caller | None:
    """None for LocalStack's bookkeeping, and with `LAB_IAM=off`."""
    return callers.identify(context) if settings.current().iam else None


def _role(role_arn: str) -> callers.Caller | None:
    if not settings.current().iam:
        return None
    role = role_sessions.find_role(role_arn)
    if role is None:  # nobody's rights are not everybody's
        raise ValidationError(f"Role {role_arn} is invalid or cannot be assumed")
    return callers.from_role(role, SESSION_NAME)
