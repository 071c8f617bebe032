"""Why a transform failed, in CloudFormation's words.

LocalStack 4.9.2 writes Python's list of exceptions where AWS SAM says what is wrong with which resource (the text:
public reports of `sam deploy`), and takes a stack that stands for one whose creation failed.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.api.cloudformation import ChangeSetType, StackStatus
from localstack.services.cloudformation.engine.v2.change_set_model_transform import (
    SERVERLESS_TRANSFORM,
    FailedTransformationException,
)
from localstack.services.cloudformation.stores import get_cloudformation_store
from localstack.services.cloudformation.v2.entities import ChangeSet

ROLLBACK = " Rollback requested by user."


def serverless(original: Any, region_name: str, template: Any, parameters: Any) -> Any:
    """Wrap `_apply_global_serverless_transformation`. Raises: FailedTransformationException."""
    try:
        return original(region_name=region_name, template=template, parameters=parameters)
    except FailedTransformationException as failure:
        error = failure.__context__
        causes = getattr(error, "causes", None)
        if not causes:
            raise
        found = " ".join([getattr(error, "message", ""), *(cause.message for cause in causes)])
        message = f"Transform {SERVERLESS_TRANSFORM} failed with: {found}"
        raise FailedTransformationException(transformation=SERVERLESS_TRANSFORM, message=message) from error


def macro(original: Any, self: Any, name: str, parameters: Any, fragment: Any, allow_string: bool = False) -> Any:
    """Wrap `ChangeSetModelTransform._invoke_macro`. Raises: FailedTransformationException."""
    account_id, region = self._change_set.account_id, self._change_set.region_name
    if name not in get_cloudformation_store(account_id, region).macros:
        raise FailedTransformationException(name, f"No transform named {account_id}::{name} found.")
    try:
        return original(self, name, parameters, fragment, allow_string)
    except ClientError as error:
        why = f"Transform {account_id}::{name} failed with: {error.response['Error']['Message']}"
        raise FailedTransformationException(name, why) from error


def reason(change_set: ChangeSet) -> str:
    """Why a change set could not be made, without what LocalStack says of a stack at its end."""
    return str(change_set.status_reason or "").removesuffix(ROLLBACK).removesuffix(".")


def fail(change_set: ChangeSet) -> None:
    """Say of a stack that a transform has ended its creation or update."""
    stack, why = change_set.stack, f"{reason(change_set)}.{ROLLBACK}"
    if change_set.change_set_type == ChangeSetType.UPDATE:
        stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, why)
        stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_COMPLETE)
    else:
        stack.set_stack_status(StackStatus.ROLLBACK_IN_PROGRESS, why)
        stack.set_stack_status(StackStatus.ROLLBACK_COMPLETE)
