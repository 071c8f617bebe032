"""What the requests that change stacks have in common: the template, what is refused, the stack that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.api import RequestContext
from localstack.aws.api.cloudformation import StackStatus
from localstack.services.cloudformation import api_utils
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.stores import CloudFormationStore, get_cloudformation_store
from localstack.services.cloudformation.v2.entities import Stack

from . import (
    dependencies,
    dynamic_references,
    parameters,
    resource_types,
    stack_roles,
    template_format,
    template_functions,
)

MOST_CHARACTERS = 51_200  # of a TemplateBody (CloudFormation quotas, 2026-11)
FOR_MORE = "For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"
NOT_HERE = {
    "NotificationARNs": "This engine sends no stack events to SNS topics: leave NotificationARNs out.",
    "StackPolicyBody": "This engine enforces no stack policies: leave StackPolicyBody out.",
    "StackPolicyURL": "This engine enforces no stack policies: leave StackPolicyURL out.",
    "StackPolicyDuringUpdateBody": "This engine enforces no stack policies: leave StackPolicyDuringUpdateBody out.",
    "StackPolicyDuringUpdateURL": "This engine enforces no stack policies: leave StackPolicyDuringUpdateURL out.",
    "ResourcesToImport": "This engine imports no resources into stacks: leave ResourcesToImport out.",
    "ImportExistingResources": "This engine imports no resources into stacks: leave ImportExistingResources out.",
    "IncludeNestedStacks": "This engine makes no change sets of nested stacks: leave IncludeNestedStacks out.",
}
# While it lasts, and after a creation that failed, a stack can only be deleted.
UPDATABLE = (
    StackStatus.CREATE_COMPLETE,
    StackStatus.UPDATE_COMPLETE,
    StackStatus.UPDATE_ROLLBACK_COMPLETE,
    StackStatus.UPDATE_FAILED,
    StackStatus.IMPORT_COMPLETE,
)


def store_of(context: RequestContext) -> CloudFormationStore:
    """Return the stacks of the caller's account and region."""
    return get_cloudformation_store(context.account_id, context.region)


def refuse_absent(context: RequestContext, request: Mapping[str, Any]) -> None:
    """Refuse what this engine does not do. Raises: ValidationError."""
    for name, sentence in NOT_HERE.items():
        if request.get(name):
            raise ValidationError(sentence)
    if (request.get("RollbackConfiguration") or {}).get("RollbackTriggers"):
        raise ValidationError("This engine watches no alarms while it deploys: leave RollbackConfiguration out.")
    stack_roles.check(request.get("RoleARN"), context.region)


def read(request: Mapping[str, Any], stack: Stack | None = None) -> tuple[str, dict[str, Any]]:
    """Return the text and the template that a request gives, or means by UsePreviousTemplate, if it is one.

    Raises: ValidationError.
    """
    given = [name for name in ("TemplateBody", "TemplateURL") if request.get(name)]
    if request.get("UsePreviousTemplate") and stack is not None and not given:
        body = stack.template_body or ""
    elif len(given) != 1:
        raise ValidationError("Either Template URL or Template Body must be specified.")
    else:
        try:
            body = api_utils.extract_template_body(request)
        except ClientError as error:
            raise ValidationError(f"S3 error: {error.response['Error']['Message']}\n{FOR_MORE}") from error
        if given == ["TemplateBody"] and len(body) > MOST_CHARACTERS:
            raise ValidationError(
                f"1 validation error detected: Value '{body}' at 'templateBody' failed to satisfy constraint: Member "
                f"must have length less than or equal to {MOST_CHARACTERS}"
            )
    found = template_format.parse(body)
    resource_types.check(found)
    if "Transform" not in found and "Fn::Transform" not in body:
        check_references(found)
    return body, found


def check_references(found: Mapping[str, Any]) -> None:
    """Check what a template without transforms, or what they made of it, refers to. Raises: ValidationError."""
    template_functions.check(found)
    dependencies.check(found)
    dynamic_references.check(found)


def template(request: Mapping[str, Any], stack: Stack | None = None) -> tuple[str, dict[str, Any]]:
    """`read` a template that is to be deployed with the parameters of the request. Raises: ValidationError."""
    body, found = read(request, stack)
    _check_allowed_types(found, request.get("ResourceTypes"))
    before = stack.resolved_parameters if stack is not None else {}
    parameters.check(found, request.get("Parameters") or [], before)
    return body, found


def _check_allowed_types(found: Mapping[str, Any], allowed: list[str] | None) -> None:
    # Recorded on AWS by LocalStack 4.9.2's tests (api/test_update_stack, 2024).
    for resource in found["Resources"].values() if allowed else ():
        kind = resource.get("Type", "")
        if not any(kind == one or (one.endswith("*") and kind.startswith(one[:-1])) for one in allowed or ()):
            raise ValidationError(f"Resource type {kind} is not allowed by parameter ResourceTypes {_list(allowed)}")


def _list(names: list[str] | None) -> str:
    return f"[{', '.join(names or ())}]"


def find(context: RequestContext, name: str) -> Stack | None:
    """Return the stack of a name or id; one that was deleted by its id only."""
    stacks = store_of(context).stacks_v2
    if name.startswith("arn:"):
        return stacks.get(name)
    return next((one for one in list(stacks.values()) if one.stack_name == name and one.is_active()), None)


def active(context: RequestContext, name: str) -> Stack:
    """Return the stack of a name or id. Raises: ValidationError if there is none, or none any more."""
    stack = find(context, name)
    if stack is None or not stack.is_active():
        raise ValidationError(f"Stack [{name}] does not exist")
    return stack


def require(context: RequestContext, name: str) -> Stack:
    """Return the stack that is to be updated. Raises: ValidationError if there is none, or if it cannot be."""
    stack = active(context, name)
    if stack.status not in UPDATABLE:
        raise ValidationError(f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated.")
    return stack
