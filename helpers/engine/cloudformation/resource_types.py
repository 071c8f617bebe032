"""Resource types: what this engine makes, what AWS has, and what nobody has.

LocalStack 4.9.2 "deploys" any type that it does not know, by doing nothing. AWS answers `Template format error:
Unrecognized resource types` (github.com/serverless/serverless/issues/8580, 2020); types that AWS has and this engine
has not are refused in a sentence of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore.session import Session
from localstack.services.cloudformation import resource_provider
from localstack.services.cloudformation.engine.validations import ValidationError

# LocalStack "makes" them, and waits for nothing, rotates nothing and attaches nothing.
WITHOUT_EFFECT = {
    "AWS::CloudFormation::WaitCondition",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::SecretsManager::SecretTargetAttachment",
}
# Types of AWS's that LocalStack has no provider for, of the services it has others of (CloudFormation Template
# Reference, 2026-11). Of other services every type is taken for one of AWS's.
OF_AWS = {
    "ApiGateway": "Authorizer BasePathMappingV2 ClientCertificate DocumentationPart DocumentationVersion DomainNameV2 "
    "DomainNameAccessAssociation VpcLink",
    "CloudFormation": "CustomResource GuardHook HookDefaultVersion HookTypeConfig HookVersion LambdaHook "
    "ModuleDefaultVersion ModuleVersion PublicTypeVersion Publisher ResourceDefaultVersion ResourceVersion StackSet "
    "TypeActivation WaitCondition",
    "CloudWatch": "AnomalyDetector InsightRule MetricStream",
    "DynamoDB": "",
    "Events": "Endpoint",
    "IAM": "OIDCProvider SAMLProvider UserToGroupAddition VirtualMFADevice",
    "KMS": "ReplicaKey",
    "Kinesis": "ResourcePolicy",
    "Lambda": "CapacityProvider",
    "Logs": "AccountPolicy Delivery DeliveryDestination DeliverySource Destination Integration LogAnomalyDetector "
    "QueryDefinition ResourcePolicy Transformer",
    "S3": "AccessGrant AccessGrantsInstance AccessGrantsLocation AccessPoint MultiRegionAccessPoint "
    "MultiRegionAccessPointPolicy StorageLens StorageLensGroup",
    "SNS": "TopicInlinePolicy",
    "SQS": "",
    "SSM": "Association Document ResourceDataSync ResourcePolicy",
    "Scheduler": "",
    "SecretsManager": "RotationSchedule SecretTargetAttachment",
    "StepFunctions": "StateMachineAlias StateMachineVersion",
}


def is_custom(name: str) -> bool:
    """Return whether a type is a custom resource."""
    return name.startswith("Custom::") or name == "AWS::CloudFormation::CustomResource"


@cache
def available() -> frozenset[str]:
    """Return the types that have a provider, custom resources apart."""
    return frozenset(resource_provider.plugin_manager.list_names()) - WITHOUT_EFFECT


@cache
def services() -> frozenset[str]:
    """Return the names of AWS's services, without hyphens."""
    return frozenset(name.replace("-", "") for name in Session().get_available_services())


def exists_on_aws(name: str) -> bool:
    """Return whether AWS has the type, as far as is known here."""
    parts = name.split("::")
    if len(parts) != 3 or parts[0] != "AWS":
        return False
    if parts[1] in OF_AWS:
        return parts[2] in OF_AWS[parts[1]].split()
    return parts[1] in {kind.split("::")[1] for kind in available()} or parts[1].lower() in services()


def check(template: Mapping[str, Any]) -> None:
    """Refuse a template with types that cannot be made. Raises: ValidationError."""
    names = {
        str(resource["Type"]): None
        for resource in (template.get("Resources") or {}).values()
        if isinstance(resource, dict) and "Type" in resource
    }
    macros = ("AWS::Serverless::",) if "Transform" in template else ()
    absent = [name for name in names if not (is_custom(name) or name in available() or name.startswith(macros or "-"))]
    if unknown := [name for name in absent if not exists_on_aws(name)]:
        raise ValidationError(f"Template format error: Unrecognized resource types: [{', '.join(unknown)}]")
    if absent:
        raise ValidationError(f"This engine cannot make resources of these types of AWS: {', '.join(absent)}.")
