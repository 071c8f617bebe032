"""Rows for CloudFormation, imported and applied at its first request."""

from __future__ import annotations

from ..apigatewayv2 import addresses
from ..cloudformation import (
    api_stages,
    attributes,
    cfn_response,
    change_details,
    change_sets,
    changes,
    custom_resources,
    dependencies,
    descriptions,
    dynamic_references,
    functions,
    language_extensions,
    left_out,
    nested_stacks,
    operations,
    permissions,
    removal,
    templates,
    transforms,
)
from ..cloudformation.drift import operations as drift
from ..patching import Patch

CLOUDFORMATION = "localstack.services.cloudformation"
DESCRIBER = f"{CLOUDFORMATION}.engine.v2.change_set_model_describer:ChangeSetModelDescriber"
PROVIDER = f"{CLOUDFORMATION}.v2.provider:CloudformationProviderV2"
MODEL = f"{CLOUDFORMATION}.engine.v2.change_set_model"
LEGACY = f"{CLOUDFORMATION}.provider:CloudformationProvider"
VALUES = f"{CLOUDFORMATION}.engine.v2.change_set_model_preproc:ChangeSetModelPreproc"
NESTED = f"{CLOUDFORMATION}.resource_providers.aws_cloudformation_stack:CloudFormationStackProvider"
FILTER = "localstack.services.logs.resource_providers.aws_logs_subscriptionfilter:LogsSubscriptionFilterProvider"
FUNCTION = "localstack.services.lambda_.resource_providers.aws_lambda_function:LambdaFunctionProvider"

ROWS = (
    Patch(
        f"{VALUES}._perform_static_replacements",
        addresses.in_template,
        "076bca40ad15",
        "makes of AWS's address of an API one that leads nowhere",
    ),
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
    Patch(f"{PROVIDER}.delete_stack", operations.delete_stack, "26e638d31ec5", "knows no policy or protection"),
    Patch(f"{PROVIDER}.create_change_set", change_sets.create_change_set, "516abe6db32f", "asks for no capabilities"),
    Patch(
        f"{PROVIDER}.execute_change_set",
        change_sets.execute_change_set,
        "bc1e98ae0634",
        "rolls a failed update back by deleting",
    ),
    Patch(
        f"{PROVIDER}.describe_change_set", descriptions.describe_change_set, "364dba4f2ad6", "the stack's", around=True
    ),
    Patch(
        f"{PROVIDER}.get_template_summary",
        templates.get_template_summary,
        "f7565b8da5dc",
        "tells no capabilities",
        around=True,
    ),
    Patch(f"{LEGACY}.validate_template", templates.validate_template, "31b32b67a4e2", "finds all templates valid"),
    Patch(
        f"{LEGACY}.list_imports", templates.list_imports, "2391399c77e4", "looks among the stacks of the older engine"
    ),
    Patch(f"{PROVIDER}.describe_stacks", descriptions.describe_stacks, "502d7e9e35ca", "lists all", around=True),
    Patch(f"{PROVIDER}._describe_stack", descriptions.describe_stack, "cf50398aa730", "fake values", around=True),
    *(
        Patch(f"{PROVIDER}.{operation.__name__}", operation, fingerprint, "is not implemented")
        for operation, fingerprint in (
            (drift.detect_stack_drift, "a84d6e2f36b5"),
            (drift.detect_stack_resource_drift, "f4412a573c1f"),
            (drift.describe_stack_drift_detection_status, "fb1e5691c061"),
            (drift.describe_stack_resource_drifts, "9987917f55a6"),
        )
    ),
    Patch(
        f"{PROVIDER}.describe_stack_resource",
        descriptions.describe_stack_resource,
        "c54aff21dd9a",
        "fake drift",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.describe_stack_resources",
        descriptions.describe_stack_resources,
        "5d9aab622f06",
        "same",
        around=True,
    ),
    Patch(
        f"{CLOUDFORMATION}.v2.provider:find_stack_v2",
        descriptions.find_stack,
        "964ee9bfccaa",
        "fails for an id of no stack",
        around=True,
    ),
    Patch(
        f"{MODEL}:change_type_of", changes.change_type_of, "9f4288392fe8", "takes what was changed for new", around=True
    ),
    Patch(
        f"{MODEL}:ChangeSetModel._resolve_requires_replacement",
        changes.requires_replacement,
        "71a1087b52b6",
        "replaces nothing for a property that was added",
        around=True,
    ),
    Patch(
        f"{MODEL}:ChangeSetModel._resolve_intrinsic_function_fn_find_in_map",
        changes.find_in_map,
        "ef2e9ea22881",
        "gives up an update if a key in a mapping is a parameter",
        around=True,
    ),
    Patch(f"{VALUES}.visit_node_resource", dependencies.visit_resource, "8070ede46744", "visits absent", around=True),
    Patch(f"{VALUES}._resolve_mapping", language_extensions.resolve_mapping, "5255e28b2e17", "no default", around=True),
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
    Patch(f"{FUNCTION}.SCHEMA", functions.SCHEMA, "c7b372847c1b", "has no TenancyConfig"),
    Patch(f"{FUNCTION}.create", functions.create, "c35a6ff49144", "ignores /tmp, code signing, tenants", around=True),
    Patch(
        f"{FUNCTION}.update",
        functions.update,
        "3607dab15aa5",
        "the same, and keeps what the template has no more",
        around=True,
    ),
    Patch(
        "localstack.services.lambda_.resource_providers.aws_lambda_function:NODEJS_CFN_RESPONSE_CONTENT",
        cfn_response.NODEJS,
        "777434a17fc2",
        "speaks HTTPS, and the engine's address is HTTP",
    ),
    Patch(
        f"{MODEL}:ChangeSetModel._resolve_intrinsic_function_fn_get_att",
        attributes.change_type,
        "c3a41673c4d0",
        "fails for Resource.Attribute in one text",
        around=True,
    ),
    Patch(
        f"{DESCRIBER}._register_resource_change",
        change_details.register,
        "cb644ae46938",
        "does not tell which properties change",
        around=True,
    ),
    Patch(
        f"{DESCRIBER}._perform_dynamic_replacements",
        dynamic_references.kept,
        "23c1112f6413",
        "shows secrets to whoever may describe a change set",
    ),
    Patch(
        f"{CLOUDFORMATION}.engine.v2.change_set_model_transform:ChangeSetModelTransform._invoke_macro",
        transforms.macro,
        "f0b34e92a583",
        "takes a function that it may not call for its own failure",
        around=True,
    ),
    Patch(
        f"{CLOUDFORMATION}.engine.v2.change_set_model_preproc:perform_dynamic_reference_lookup",
        dynamic_references.look_up,
        "773bef6d2d0e",
        "takes a SecureString for a String",
        around=True,
    ),
    Patch(
        "localstack.services.lambda_.resource_providers.aws_lambda_permission:LambdaPermissionProvider.create",
        permissions.create,
        "d884a5fc3a9d",
        "leaves out conditions of a permission",
    ),
    Patch(
        "localstack.services.s3.resource_providers.aws_s3_bucket:delete_all_s3_objects",
        removal.keep_objects,
        "4d9406477d28",
        "deletes a bucket with all that is in it",
    ),
    Patch(
        f"{CLOUDFORMATION}.engine.v2.change_set_model_transform:"
        "ChangeSetModelTransform._apply_global_serverless_transformation",
        transforms.serverless,
        "2f8f7b2d5f17",
        "says why in Python",
        around=True,
    ),
    *(
        Patch(f"{FILTER}.{verb}", function, fingerprint, "has one name for all filters of a group")
        for verb, function, fingerprint in (
            ("create", left_out.create_subscription_filter, "97500fecd659"),
            ("delete", left_out.delete_subscription_filter, "6b35148b329e"),
        )
    ),
    Patch(
        "localstack.services.apigateway.resource_providers.aws_apigateway_account:ApiGatewayAccountProvider.create",
        api_stages.create_account,
        "33452363526e",
        "fails without a role",
        around=True,
    ),
)
