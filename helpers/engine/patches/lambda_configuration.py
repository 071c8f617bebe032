"""Rows for AWS Lambda: what is created, changed and listed."""

from __future__ import annotations

from ..lambda_ import (
    code_signing,
    event_attempts,
    layer_listing,
    layer_permissions,
    leftovers,
    package_limits,
    permissions,
    provisioned_listing,
    publishing,
    runtime_identifiers,
    tagging,
    tenancy,
    timestamps,
    version_listing,
    versions,
)
from ..lambda_.function_urls import configurations, serving
from ..patching import Patch

LAMBDA = "localstack.services.lambda_"
PROVIDER = f"{LAMBDA}.provider:LambdaProvider"

ROWS = (
    Patch(
        f"{LAMBDA}.invocation.lambda_service:get_unzipped_size",
        package_limits.get_unzipped_size,
        "aa9977a972e8",
        "takes an archive without files",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.list_provisioned_concurrency_configs",
        provisioned_listing.list_provisioned_concurrency_configs,
        "5275c66ef0cb",
        "answers with a marker that is no text",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.delete_code_signing_config",
        code_signing.delete_code_signing_config,
        "b978881bf06c",
        "deletes what functions use",
        around=True,
    ),
    Patch(
        f"{PROVIDER}._validate_destination_config",
        event_attempts.validate_destinations,
        "08fcc9b73853",
        "refuses buckets",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.list_versions_by_function",
        version_listing.list_versions_by_function,
        "2fcd7ad62e28",
        "answers with a marker that is no text",
    ),
    Patch(
        f"{LAMBDA}.invocation.lambda_service:LambdaService.update_version",
        versions.update_version,
        "7eb19ec8f06a",
        "fails for a function that could not be created",
    ),
    Patch(
        f"{PROVIDER}._create_routing_config_model",
        versions.create_routing_config_model,
        "23f5bafcb763",
        "fails in UpdateAlias, and refuses a weight of 1.0",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.update_function_code",
        versions.update_function_code,
        "2dd7761f8998",
        "updates although DryRun was given",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.get_function_configuration",
        versions.get_function_configuration,
        "dd0520a0ae0f",
        "does not find aliases",
        around=True,
    ),
    Patch(
        f"{PROVIDER}._create_version_model",
        publishing.create_version_model,
        "b87e66107a97",
        "publishes a version when nothing has changed",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.get_function_url_config",
        configurations.get_function_url_config,
        "11fb57f89b83",
        "leaves out the default",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.list_function_url_configs",
        configurations.list_function_url_configs,
        "fc1bfb4d03c7",
        "the same",
        around=True,
    ),
    Patch(f"{PROVIDER}.list_layers", layer_listing.list_layers, "3942a9cb4adb", "finds nothing by compatible runtime"),
    Patch(f"{PROVIDER}.list_layer_versions", layer_listing.list_layer_versions, "0b5856fb6eeb", "the same"),
    Patch(
        f"{LAMBDA}.api_utils:format_lambda_date",
        timestamps.format_lambda_date,
        "901fed8dbba3",
        "six digits of local time; AWS: three, UTC",
    ),
    Patch(
        f"{LAMBDA}.api_utils:LAMBDA_DATE_FORMAT",
        timestamps.READ_FORMAT,
        "ce6aff729205",
        "reads back what was written above",
    ),
    *(
        Patch(
            f"{LAMBDA}.{module}:ALL_RUNTIMES", runtime_identifiers.IDENTIFIERS, "d8cfb2e79d1f", "those of October 2025"
        )
        for module in ("runtimes", "provider", "custom_endpoints")
    ),
    *(
        Patch(
            f"{LAMBDA}.{module}:VALID_RUNTIMES",
            runtime_identifiers.QUOTED,
            "922ab5cf90f3",
            "the same, in an error message",
        )
        for module in ("runtimes", "provider", "api_utils")
    ),
    Patch(
        f"{LAMBDA}.api_utils:ALL_RUNTIMES",
        runtime_identifiers.LAYER_IDENTIFIERS,
        "d8cfb2e79d1f",
        "refuses layers for retired runtimes: only layers are checked by it",
    ),
    Patch(
        f"{PROVIDER}.create_function",
        code_signing.create_function,
        "f6984dfb0919",
        "drops CodeSigningConfigArn",
        around=True,
    ),
    Patch(f"{PROVIDER}.create_function", tenancy.create_function, "f6984dfb0919", "knows no tenants", around=True),
    Patch(f"{LAMBDA}.api_utils:map_config_out", tenancy.map_config_out, "e409ff713596", "the same", around=True),
    Patch(
        f"{PROVIDER}.delete_function",
        leftovers.delete_function,
        "102e5de4c018",
        "keeps its tags, and a version's policy, for the next of its name",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.delete_alias",
        leftovers.delete_alias,
        "d167f52bfefd",
        "keeps its policy for the next of its name",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.add_permission",
        permissions.add_permission,
        "4fcab751bbd7",
        "writes statements with spaces, and in another order",
        around=True,
    ),
    Patch(f"{PROVIDER}.get_policy", permissions.get_policy, "c9142d51f407", "the same", around=True),
    Patch(
        f"{PROVIDER}.create_code_signing_config",
        tagging.create_code_signing_config,
        "cffa991ec859",
        "drops tags",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.fetch_lambda_store_for_tagging",
        tagging.fetch_lambda_store_for_tagging,
        "b2e8b758880c",
        "has no tags of code signing configurations",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.add_layer_version_permission",
        layer_permissions.add_layer_version_permission,
        "42711cadb714",
        "leaves the organization out",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.get_layer_version_policy",
        layer_permissions.get_layer_version_policy,
        "18abe109fcea",
        "the same",
        around=True,
    ),
    Patch(
        f"{LAMBDA}.provider:localstack_host",
        serving.host_of_urls,
        "40f1a8f65887",
        "ends the names of function URLs with an address, so that nobody finds them",
    ),
)
