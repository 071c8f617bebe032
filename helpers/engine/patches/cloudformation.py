"""Rows for CloudFormation, imported and applied at its first request."""

from __future__ import annotations

from ..cloudformation import (
    attributes,
    cfn_response,
    change_sets,
    custom_resources,
    descriptions,
    nested_stacks,
    operations,
)
from ..patching import Patch

CLOUDFORMATION = "localstack.services.cloudformation"
PROVIDER = f"{CLOUDFORMATION}.v2.provider:CloudformationProviderV2"
VALUES = f"{CLOUDFORMATION}.engine.v2.change_set_model_preproc:ChangeSetModelPreproc"
NESTED = f"{CLOUDFORMATION}.resource_providers.aws_cloudformation_stack:CloudFormationStackProvider"

ROWS = (
    Patch(
        f"{PROVIDER}.create_stack",
        operations.create_stack,
        "07029cc49afb",
        "rolls nothing back, asks for few capabilities",
    ),
    Patch(
        f"{PROVIDER}.update_stack",
        operations.update_stack,
        "648844f9f091",
        "the same, and says that a failed update is complete",
    ),
    Patch(
        f"{PROVIDER}.delete_stack",
        operations.delete_stack,
        "26e638d31ec5",
        "knows no DeletionPolicy and no TerminationProtection",
    ),
    Patch(f"{PROVIDER}.create_change_set", change_sets.create_change_set, "516abe6db32f", "asks for no capabilities"),
    Patch(
        f"{PROVIDER}.execute_change_set",
        change_sets.execute_change_set,
        "bc1e98ae0634",
        "rolls a failed update back by deleting",
    ),
    Patch(f"{PROVIDER}._describe_stack", descriptions.describe_stack, "cf50398aa730", "fake values", around=True),
    Patch(
        f"{CLOUDFORMATION}.v2.provider:find_stack_v2",
        descriptions.find_stack,
        "964ee9bfccaa",
        "fails for an id of no stack",
        around=True,
    ),
    Patch(
        f"{VALUES}._resolve_attribute",
        attributes.resolve_attribute,
        "e55e59625d07",
        "cuts Nested.Outputs.Name",
        around=True,
    ),
    Patch(
        f"{VALUES}._get_node_property_for",
        attributes.node_property,
        "1e35df93fe9b",
        "takes properties of custom resources for attributes",
        around=True,
    ),
    Patch(
        f"{VALUES}._deployed_property_value_of",
        attributes.deployed_value,
        "920cd5a78e64",
        "answers `unknown` for what a resource has not",
        around=True,
    ),
    Patch(
        f"{CLOUDFORMATION}.resource_provider:ResourceProviderExecutor.try_load_resource_provider",
        custom_resources.load_provider,
        "6506c2ffe5a4",
        "has no custom resources",
        around=True,
    ),
    Patch(f"{NESTED}.create", nested_stacks.create, "2ca1ab813fde", "grants inner stacks every capability"),
    Patch(f"{NESTED}.update", nested_stacks.update, "19fb1e7508ee", "is not implemented"),
    Patch(
        "localstack.services.lambda_.resource_providers.aws_lambda_function:NODEJS_CFN_RESPONSE_CONTENT",
        cfn_response.NODEJS,
        "777434a17fc2",
        "speaks HTTPS, and the engine's address is HTTP",
    ),
)
