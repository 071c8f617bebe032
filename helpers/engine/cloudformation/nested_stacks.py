"""AWS::CloudFormation::Stack: a stack in a stack.

The outer stack's capabilities and role are the inner one's (User Guide, "Embed stacks within other stacks using nested
stacks", 2026-11). LocalStack 4.9.2 grants every capability, does not update, and loses why an inner stack failed.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from localstack.services.cloudformation.provider_utils import generate_default_name, select_attributes
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceRequest
from localstack.services.cloudformation.resource_providers.aws_cloudformation_stack import CloudFormationStackProvider
from localstack.services.cloudformation.stores import get_cloudformation_store

from . import attributes

DONE = {"create": "CREATE_COMPLETE", "update": "UPDATE_COMPLETE"}


def create(self: CloudFormationStackProvider, request: ResourceRequest) -> ProgressEvent:
    """`CloudFormationStackProvider.create`."""
    model = request.desired_state
    if request.custom_context:
        return _progress(request, model, "create")
    name = generate_default_name(request.stack_name, request.logical_resource_id)
    answer = request.aws_client_factory.cloudformation.create_stack(
        StackName=name, OnFailure="DO_NOTHING", **_given(request)
    )
    model["Id"] = answer["StackId"]
    stacks = get_cloudformation_store(request.account_id, request.region_name).stacks_v2
    inner, outer = stacks[answer["StackId"]], stacks[request.stack_id]
    inner.parent_id, inner.root_id = outer.stack_id, getattr(outer, "root_id", outer.stack_id)
    return ProgressEvent(OperationStatus.IN_PROGRESS, resource_model=model, custom_context={"started": True})


def update(self: CloudFormationStackProvider, request: ResourceRequest) -> ProgressEvent:
    """`CloudFormationStackProvider.update`."""
    model = request.desired_state
    if request.custom_context:
        return _progress(request, model, "update")
    model["Id"] = request.previous_state["Id"]
    try:
        request.aws_client_factory.cloudformation.update_stack(StackName=model["Id"], **_given(request))
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise
        model["Outputs"] = request.previous_state.get("Outputs", {})
        return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)
    return ProgressEvent(OperationStatus.IN_PROGRESS, resource_model=model, custom_context={"started": True})


def _given(request: ResourceRequest) -> dict[str, Any]:
    """What the inner stack is made of."""
    model = request.desired_state
    outer = get_cloudformation_store(request.account_id, request.region_name).stacks_v2[request.stack_id]
    given = select_attributes(model, ["NotificationARNs", "TemplateURL", "TimeoutInMinutes", "Tags"])
    given["Parameters"] = [
        {"ParameterKey": key, "ParameterValue": ",".join(value) if isinstance(value, list) else attributes.text(value)}
        for key, value in (model.get("Parameters") or {}).items()
    ]
    given["Capabilities"] = outer.capabilities
    if role := getattr(outer, "role_arn", None):
        given["RoleARN"] = role
    return given


def _progress(request: ResourceRequest, model: dict[str, Any], verb: str) -> ProgressEvent:
    stack = request.aws_client_factory.cloudformation.describe_stacks(StackName=model["Id"])["Stacks"][0]
    status = stack["StackStatus"]
    if status == DONE[verb]:
        model["Outputs"] = {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}
        return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)
    if status.endswith("IN_PROGRESS"):
        return ProgressEvent(OperationStatus.IN_PROGRESS, resource_model=model, custom_context={"started": True})
    reason = f"Embedded stack {model['Id']} was not successfully {verb}d: {stack.get('StackStatusReason', '')}"
    return ProgressEvent(OperationStatus.FAILED, resource_model=model, message=reason)
