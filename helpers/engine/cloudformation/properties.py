"""The properties of a resource, by the schema of its type: what AWS refuses before it asks the service.

The texts: github.com/aws/aws-cdk/issues/13347 (2021), of types public reports of 2020 to 2025. LocalStack 4.9.2
ignores what it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Of AWS today and not of the schemas here, so that nobody is told that they are not permitted (2026-11).
LATER = {
    "AWS::DynamoDB::Table": {"OnDemandThroughput", "ResourcePolicy", "WarmThroughput"},
    "AWS::Events::Rule": {"Tags"},
    "AWS::Lambda::EventSourceMapping": {
        "KmsKeyArn",
        "LoggingConfig",
        "MetricsConfig",
        "ProvisionedPollerConfig",
    },
    "AWS::Lambda::Function": {
        "CapacityProviderConfig",
        "DurableConfig",
        "FunctionScalingConfig",
        "PublishToLatestPublished",
    },
    "AWS::Lambda::Version": {"FunctionScalingConfig", "RuntimePolicy"},
    "AWS::Logs::LogGroup": {
        "DeletionProtectionEnabled",
        "FieldIndexPolicies",
        "LogGroupClass",
        "ResourcePolicyDocument",
    },
    "AWS::S3::Bucket": {"AbacStatus", "MetadataConfiguration", "MetadataTableConfiguration"},
    "AWS::StepFunctions::StateMachine": {"EncryptionConfiguration"},
}


def problem(kind: str, name: str, schema: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Return why a resource cannot be made of these properties, "" if it can."""
    known = schema.get("properties")
    if known is None or schema.get("additionalProperties") is not False:
        return ""
    foreign = [one for one in given if one not in known and one not in ACTING.get(kind, ())]
    absent = [one for one in foreign if one in LATER.get(kind, ())]
    absent += [one for one in given if one in WITHOUT_EFFECT.get(kind, ())]
    if absent:
        return f"This engine does not know the property {absent[0]} of {kind}: leave it out."
    wrong = [f"#: extraneous key [{one}] is not permitted" for one in foreign]
    wrong += [f"#: required key [{one}] not found" for one in schema.get("required") or () if one not in given]
    wrong += [  # LocalStack makes a text of a list
        f"#/{one}: expected type: String, found: JSONArray"
        for one, value in given.items()
        if isinstance(value, list) and (known.get(one) or {}).get("type") == "string"
    ]
    return f"Properties validation failed for resource {name} with message:\n[{', '.join(wrong)}]" if wrong else ""


# What LocalStack's providers read over and this engine has not. (`left_out` sets the others that they read over.)
WITHOUT_EFFECT = {
    "AWS::DynamoDB::Table": {"ImportSourceSpecification"},
    "AWS::Events::EventBus": {"EventSourceName"},
    "AWS::IAM::User": {"LoginProfile"},
    "AWS::Kinesis::Stream": {"StreamEncryption"},
    "AWS::Logs::LogGroup": {"DataProtectionPolicy", "KmsKeyId"},
    "AWS::S3::Bucket": {
        "AccelerateConfiguration",
        "AnalyticsConfigurations",
        "IntelligentTieringConfigurations",
        "InventoryConfigurations",
        "LoggingConfiguration",
        "MetricsConfigurations",
        "ReplicationConfiguration",
    },
}
# What is not in LocalStack's schema of a type, and acts.
ACTING = {
    "AWS::CDK::Metadata": {"Analytics", "Modules"},
    "AWS::CloudFormation::Stack": {"StackName"},
    "AWS::Lambda::EventSourceMapping": {"Tags"},
    "AWS::Lambda::Function": {"RecursiveLoop"},
    "AWS::Lambda::Permission": {"InvokedViaFunctionUrl"},
}
