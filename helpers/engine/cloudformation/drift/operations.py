"""DetectStackDrift, DetectStackResourceDrift, DescribeStackDriftDetectionStatus and DescribeStackResourceDrifts.

LocalStack 4.9.2 has none of them. The text for a stack in another state: a script in a repository that shows what AWS
answered (aws cloudformation detect-stack-drift, 2020); "already in progress": several that look for it; of a type:
"Drift detection is not supported for ResourceType" (2026). What else is refused is worded as for stacks elsewhere.
"""

from __future__ import annotations

import threading
from typing import Any

from localstack.aws.api import RequestContext, handler
from localstack.aws.api.cloudformation import (
    DescribeStackDriftDetectionStatusOutput,
    DescribeStackResourceDriftsOutput,
    DetectStackDriftOutput,
    DetectStackResourceDriftOutput,
    StackResourceDrift,
    StackResourceDriftStatus,
    StackStatus,
)
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.entities import Stack

from .. import requests, stack_roles
from . import current_properties, detection, results

# "Detect unmanaged configuration changes …", User Guide.
DETECTABLE = (
    StackStatus.CREATE_COMPLETE,
    StackStatus.UPDATE_COMPLETE,
    StackStatus.UPDATE_ROLLBACK_COMPLETE,
    StackStatus.UPDATE_ROLLBACK_FAILED,
)
MOST_ON_A_PAGE = 100
_lock = threading.Lock()


@handler("DetectStackDrift")
def detect_stack_drift(
    self: Any, context: RequestContext, stack_name: str, logical_resource_ids: list[str] | None = None, **_: Any
) -> DetectStackDriftOutput:
    """`CloudformationApi.detect_stack_drift`."""
    stack = _detectable(context, stack_name)
    for name in logical_resource_ids or ():
        _resource(stack, name)
    with _lock:
        if detection.is_in_progress(stack):
            raise ValidationError(f"Drift detection is already in progress for stack [{stack.stack_id}]")
        begun = detection.begin(stack, logical_resource_ids, stack_roles.as_role_or_caller(stack, context))
    return DetectStackDriftOutput(StackDriftDetectionId=begun["StackDriftDetectionId"])


@handler("DescribeStackDriftDetectionStatus")
def describe_stack_drift_detection_status(
    self: Any, context: RequestContext, stack_drift_detection_id: str, **_: Any
) -> DescribeStackDriftDetectionStatusOutput:
    """`CloudformationApi.describe_stack_drift_detection_status`."""
    for stack in list(requests.store_of(context).stacks_v2.values()):
        if found := results.of(stack).detections.get(stack_drift_detection_id):
            return DescribeStackDriftDetectionStatusOutput(**found)
    raise ValidationError(f"Stack drift detection [{stack_drift_detection_id}] does not exist")


@handler("DetectStackResourceDrift")
def detect_stack_resource_drift(
    self: Any, context: RequestContext, stack_name: str, logical_resource_id: str, **_: Any
) -> DetectStackResourceDriftOutput:
    """`CloudformationApi.detect_stack_resource_drift`."""
    stack = _detectable(context, stack_name)
    resource = _resource(stack, logical_resource_id)
    if resource["Type"] not in current_properties.READERS:
        raise ValidationError(f"Drift detection is not supported for ResourceType {resource['Type']}")
    with stack_roles.as_role_or_caller(stack, context):
        drift = detection.look_at(stack, resource)
    results.of(stack).checked = drift["Timestamp"]
    return DetectStackResourceDriftOutput(StackResourceDrift=StackResourceDrift(**drift))


@handler("DescribeStackResourceDrifts")
def describe_stack_resource_drifts(
    self: Any,
    context: RequestContext,
    stack_name: str,
    stack_resource_drift_status_filters: list[str] | None = None,
    next_token: str | None = None,
    max_results: int | None = None,
    **_: Any,
) -> DescribeStackResourceDriftsOutput:
    """`CloudformationApi.describe_stack_resource_drifts`: those that were checked."""
    wanted = stack_resource_drift_status_filters or []
    statuses = [status.value for status in StackResourceDriftStatus]
    if not {*wanted} <= {*statuses}:
        raise ValidationError(
            f"1 validation error detected: Value '[{', '.join(wanted)}]' at 'stackResourceDriftStatusFilters' failed "
            f"to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: "
            f"[{', '.join(statuses)}]]"
        )
    if max_results and max_results > MOST_ON_A_PAGE:
        raise ValidationError(
            f"1 validation error detected: Value '{max_results}' at 'maxResults' failed to satisfy constraint: Member "
            f"must have value less than or equal to {MOST_ON_A_PAGE}"
        )
    found = results.drifts(requests.active(context, stack_name))
    kept = [one for one in found.values() if not wanted or one["StackResourceDriftStatus"] in wanted]
    names = [one["LogicalResourceId"] for one in kept]
    if next_token and next_token not in names:
        raise ValidationError("The specified NextToken is invalid.")
    start = names.index(next_token) if next_token else 0
    end = start + (max_results or MOST_ON_A_PAGE)
    more = {"NextToken": names[end]} if end < len(names) else {}
    return DescribeStackResourceDriftsOutput(
        StackResourceDrifts=[StackResourceDrift(**one) for one in kept[start:end]], **more
    )


def _detectable(context: RequestContext, name: str) -> Stack:
    stack = requests.active(context, name)
    if stack.status not in DETECTABLE:
        state = f"[{stack.stack_id}] while it is in [{stack.status}] state"
        raise ValidationError(f"Drift detection cannot be performed on stack {state}")
    return stack


def _resource(stack: Stack, name: str) -> Any:
    if name not in stack.resolved_resources:
        raise ValidationError(f"Resource {name} does not exist for stack {stack.stack_name}")
    return stack.resolved_resources[name]
