"""The properties of Lambda's resource types, as they are.

Not those that Lambda does not return as they were given (Code), nor keys.
"""

from __future__ import annotations

import json

from .resource import DeletedError, Resource
from .shapes import Properties, as_given, pick, tags

CONFIGURATION = (
    "Architectures DeadLetterConfig Description EphemeralStorage FunctionName Handler LoggingConfig MemorySize "
    "PackageType Role Runtime SnapStart Timeout TracingConfig"
)
MAPPING = (
    "BatchSize BisectBatchOnFunctionError DestinationConfig EventSourceArn FilterCriteria FunctionResponseTypes "
    "MaximumBatchingWindowInSeconds MaximumRecordAgeInSeconds MaximumRetryAttempts ParallelizationFactor ScalingConfig "
    "StartingPosition TumblingWindowInSeconds"
)


def function(resource: Resource) -> Properties:
    """`AWS::Lambda::Function`."""
    found = resource.clients.lambda_.get_function(FunctionName=resource.model["FunctionName"])
    configuration = found["Configuration"]
    return {
        **pick(configuration, *CONFIGURATION.split()),
        "Environment": {"Variables": configuration.get("Environment", {}).get("Variables", {})},
        "Layers": [layer["Arn"] for layer in configuration.get("Layers", [])],
        "ReservedConcurrentExecutions": found.get("Concurrency", {}).get("ReservedConcurrentExecutions"),
        "Tags": tags(found.get("Tags")),
    }


def alias(resource: Resource) -> Properties:
    """`AWS::Lambda::Alias`."""
    name, function_name = resource.model["Name"], resource.model["FunctionName"]
    found = resource.clients.lambda_.get_alias(FunctionName=function_name, Name=name)
    weights = found.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    listed = [{"FunctionVersion": version, "FunctionWeight": weight} for version, weight in weights.items()]
    return {
        **pick(found, "Description", "FunctionVersion", "Name"),
        "RoutingConfig": {"AdditionalVersionWeights": listed} if listed else None,
    }


def event_invoke_config(resource: Resource) -> Properties:
    """`AWS::Lambda::EventInvokeConfig`."""
    found = resource.clients.lambda_.get_function_event_invoke_config(
        **{name: resource.model[name] for name in ("FunctionName", "Qualifier")}
    )
    return pick(found, "DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts")


def event_source_mapping(resource: Resource) -> Properties:
    """`AWS::Lambda::EventSourceMapping`."""
    found = resource.clients.lambda_.get_event_source_mapping(UUID=resource.model["Id"])
    return {
        **pick(found, *MAPPING.split()),
        "Enabled": found["State"] not in ("Disabled", "Disabling"),
        "FunctionName": as_given(resource.given.get("FunctionName"), found["FunctionArn"]),
    }


def permission(resource: Resource) -> Properties:
    """`AWS::Lambda::Permission`, a statement of the function's policy; its conditions are not compared."""
    name = resource.model["FunctionName"]
    statements = json.loads(resource.clients.lambda_.get_policy(FunctionName=name)["Policy"])["Statement"]
    found = next((one for one in statements if one["Sid"] == resource.model["Id"]), None)
    if found is None:
        raise DeletedError(resource.model["Id"])
    return {"Action": found["Action"], "FunctionName": as_given(name, found["Resource"])}


def version(resource: Resource) -> Properties:
    """`AWS::Lambda::Version`."""
    found = resource.clients.lambda_.get_function_configuration(FunctionName=resource.model["Id"])
    return pick(found, "Description")


def url(resource: Resource) -> Properties:
    """`AWS::Lambda::Url`."""
    given = {"Qualifier": resource.model["Qualifier"]} if resource.model.get("Qualifier") else {}
    found = resource.clients.lambda_.get_function_url_config(FunctionName=resource.model["TargetFunctionArn"], **given)
    return pick(found, "AuthType", "Cors", "InvokeMode")
