"""AWS::Lambda::Function: the properties that LocalStack 4.9.2's provider leaves out, and what an update takes away.

CloudFormation Template Reference, "AWS::Lambda::Function" (2026-11). What this engine has not, Lambda refuses.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any

from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceRequest
from localstack.services.lambda_.resource_providers.aws_lambda_function import LambdaFunctionProvider

LEFT_OUT = {
    "EphemeralStorage": "EphemeralStorage",
    "FileSystemConfigs": "FileSystemConfigs",
    "KmsKeyArn": "KMSKeyArn",
    "SnapStart": "SnapStart",
}
# What a setting is without one (API reference, CreateFunction, 2026-11).
DEFAULTS = {
    "DeadLetterConfig": {"TargetArn": ""},
    "Description": "",
    "Environment": {"Variables": {}},
    "EphemeralStorage": {"Size": 512},
    "Layers": [],
    "MemorySize": 128,
    "Timeout": 3,
    "TracingConfig": {"Mode": "PassThrough"},
}
# "Update requires: Replacement" (CloudFormation Template Reference, "AWS::Lambda::Function TenancyConfig", 2026-11).
ONLY_NEW = "TenancyConfig"
SCHEMA = {
    **LambdaFunctionProvider.SCHEMA,
    "properties": {
        **LambdaFunctionProvider.SCHEMA["properties"],
        ONLY_NEW: {
            "type": "object",
            "additionalProperties": False,
            "properties": {"TenantIsolationMode": {"type": "string", "enum": ["PER_TENANT"]}},
            "required": ["TenantIsolationMode"],
        },
    },
    "createOnlyProperties": [*LambdaFunctionProvider.SCHEMA["createOnlyProperties"], f"/properties/{ONLY_NEW}"],
}
SETTINGS = {
    *DEFAULTS,
    *LEFT_OUT,
    "CodeSigningConfigArn",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "RuntimeManagementConfig",
}


def create(original: Callable[..., ProgressEvent], self: Any, request: ResourceRequest) -> ProgressEvent:
    """Wrap `LambdaFunctionProvider.create`."""
    event = original(self, _isolating(request) if request.desired_state.get(ONLY_NEW) else request)
    if event.status == OperationStatus.SUCCESS:
        configure(request, event.resource_model, {})
    return event


def _isolating(request: ResourceRequest) -> ResourceRequest:
    """The request with a client whose CreateFunction has `TenancyConfig`."""
    asking, lambda_ = copy.copy(request), request.aws_client_factory.lambda_
    create_function = partial(lambda_.create_function, TenancyConfig=request.desired_state[ONLY_NEW])
    client = SimpleNamespace(create_function=create_function, get_function=lambda_.get_function)
    asking.aws_client_factory = SimpleNamespace(lambda_=client)
    return asking


def update(original: Callable[..., ProgressEvent], self: Any, request: ResourceRequest) -> ProgressEvent:
    """Wrap `LambdaFunctionProvider.update`."""
    before, now = dict(request.previous_state or {}), dict(request.desired_state)
    event = original(self, request)
    if event.status == OperationStatus.SUCCESS:
        gone = {name: value for name, value in DEFAULTS.items() if name in before and name not in now}
        model = {name: value for name, value in event.resource_model.items() if name in now or name not in SETTINGS}
        configure(request, model, before, gone)
        event.resource_model = model
    return event


def configure(
    request: ResourceRequest, model: Mapping[str, Any], before: Mapping[str, Any], gone: Mapping[str, Any] | None = None
) -> None:
    """Set what the provider did not. `before`: the properties until now; `gone`: settings that are default again."""
    lambda_, name = request.aws_client_factory.lambda_, model["FunctionName"]
    settings = {
        theirs: model[ours] for ours, theirs in LEFT_OUT.items() if model.get(ours) and model[ours] != before.get(ours)
    }
    if settings or gone:
        lambda_.update_function_configuration(FunctionName=name, **{**(gone or {}), **settings})
        lambda_.get_waiter("function_updated_v2").wait(
            FunctionName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 3000}
        )
    reserved, arn = model.get("ReservedConcurrentExecutions"), model.get("CodeSigningConfigArn")
    if reserved is not None and reserved != before.get("ReservedConcurrentExecutions"):
        lambda_.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=int(reserved))
    elif reserved is None and "ReservedConcurrentExecutions" in before:
        lambda_.delete_function_concurrency(FunctionName=name)
    if (loop := model.get("RecursiveLoop")) != before.get("RecursiveLoop"):
        lambda_.put_function_recursion_config(FunctionName=name, RecursiveLoop=loop or "Terminate")
    if arn and arn != before.get("CodeSigningConfigArn"):
        lambda_.put_function_code_signing_config(FunctionName=name, CodeSigningConfigArn=arn)
    if (managed := model.get("RuntimeManagementConfig")) and managed != before.get("RuntimeManagementConfig"):
        more = {"RuntimeVersionArn": managed["RuntimeVersionArn"]} if "RuntimeVersionArn" in managed else {}
        lambda_.put_runtime_management_config(FunctionName=name, UpdateRuntimeOn=managed["UpdateRuntimeOn"], **more)
