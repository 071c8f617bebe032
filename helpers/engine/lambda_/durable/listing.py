"""What is told of executions: of one, its history, and those of a function, in pages.

Execution data is included unless a request says false (service model of Lambda, 2026-11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from localstack.aws.api.lambda_ import InvalidParameterValueException

from . import resolution, starts

if TYPE_CHECKING:
    from .control_plane import ControlPlane

PAGE = 100
DATA = ("InputPayload", "Result", "Error")


def details(plane: ControlPlane, arn: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of GetDurableExecution. The emulator has no error of an execution that was stopped or timed out."""
    execution, included = plane.get_execution(arn), _is_set(request, "IncludeExecutionData", True)
    asked = execution.start_input
    config = {
        "ExecutionTimeout": asked.execution_timeout_seconds,
        "RetentionPeriodInDays": asked.execution_retention_period_days,
    }
    said: dict[str, Any] = plane.get_execution_details(arn).to_dict()
    if execution.result and execution.result.error:
        said["Error"] = execution.result.error.to_dict()
    if not included:
        said = {name: value for name, value in said.items() if name not in DATA}
    return said | {"DurableConfig": config, "ExecutionDataIncluded": included}


def history(plane: ControlPlane, arn: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of GetDurableExecutionHistory.

    The emulator 1.4.0 loses the details of invocations on the way, at which attempt a step succeeded, and how long a
    callback is waited for: AWS's own examples look for the first two.
    """
    said: dict[str, Any] = plane.get_execution_history(
        arn,
        include_execution_data=_is_set(request, "IncludeExecutionData", True),
        reverse_order=_is_set(request, "ReverseOrder"),
        marker=request.get("Marker"),
        max_items=request.get("MaxItems") or None,
    ).to_dict()
    execution = plane.get_execution(arn)
    invocations = {one.end_timestamp: one.to_dict() for one in execution.invocation_completions}
    attempts = {one.operation_id: one.step_details.attempt for one in execution.operations if one.step_details}
    options = {one.operation_id: one.callback_options for one in execution.updates if one.callback_options}
    for event in said["Events"]:
        if event["EventType"] == "InvocationCompleted":
            event["InvocationCompletedDetails"] = invocations[event["EventTimestamp"]]
        if event["EventType"] == "StepSucceeded":
            event["StepSucceededDetails"].setdefault("RetryDetails", {"CurrentAttempt": attempts[event["Id"]]})
        if event["EventType"] == "CallbackStarted" and (asked := options.get(event["Id"])):
            seconds = {"Timeout": asked.timeout_seconds, "HeartbeatTimeout": asked.heartbeat_timeout_seconds}
            event["CallbackStartedDetails"] |= {name: value for name, value in seconds.items() if value}
    return said


def page(function_arn: str, qualifier: str | None, request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of ListDurableExecutionsByFunction.

    The emulator's own filter takes one status and no qualifier.
    """
    region, account, name = (function_arn.split(":")[index] for index in (3, 4, 6))
    plane = starts.known_plane(account, region)
    found = list(map(summary, plane.store.list_all())) if plane else []
    found = [one for one in found if one["FunctionArn"].split(":")[6] == name and _is_asked_for(one, request)]
    if qualifier:
        version = resolution.version_of(account, region, name, qualifier)
        found = [one for one in found if version and one["FunctionArn"].endswith(f":{version.id.qualifier}")]
    if _is_set(request, "ReverseOrder"):
        found.reverse()
    marker = request.get("Marker") or "0"
    if not marker.isdecimal():
        raise InvalidParameterValueException("Invalid marker", Type="User")
    first = int(marker)
    last = first + (request.get("MaxItems") or PAGE)
    more = {"NextMarker": str(last)} if last < len(found) else {}
    return {"DurableExecutions": found[first:last], **more}


def summary(execution: Any) -> dict[str, Any]:
    """An execution in a list."""
    began = execution.get_operation_execution_started()
    said = {
        "DurableExecutionArn": execution.durable_execution_arn,
        "DurableExecutionName": execution.start_input.execution_name,
        "FunctionArn": execution.durable_execution_arn.partition("/")[0],
        "Status": execution.current_status().value,
        "StartTimestamp": began.start_timestamp,
    }
    return said | ({"EndTimestamp": began.end_timestamp} if began.end_timestamp else {})


def _is_set(request: Mapping[str, Any], member: str, default: bool = False) -> bool:
    """A boolean of a query, which LocalStack's parser leaves a text."""
    return str(request.get(member, default)).lower() == "true"


def _is_asked_for(one: Mapping[str, Any], request: Mapping[str, Any]) -> bool:
    name, statuses = request.get("DurableExecutionName"), request.get("Statuses")
    after, before = request.get("StartedAfter"), request.get("StartedBefore")
    return (
        (not name or one["DurableExecutionName"] == name)
        and (not statuses or one["Status"] in statuses)
        and (not after or one["StartTimestamp"] > after)
        and (not before or one["StartTimestamp"] < before)
    )
