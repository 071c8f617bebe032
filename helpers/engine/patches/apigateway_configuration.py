"""Rows for API Gateway, continued: its configuration. `apigateway` has those for requests to an API's stages."""

from __future__ import annotations

from ..apigateway import (
    authorizers,
    deployments,
    documentation,
    exports,
    gateway_responses,
    integration_responses,
    integrations,
    methods,
    models,
    openapi_imports,
    pages,
    resources,
    rest_apis,
    stages,
    usage_plan_checks,
    usage_plan_updates,
    usage_records,
)
from ..apigateway.exported_documents import Specification
from ..patching import Patch

PROVIDER = "localstack.services.apigateway.legacy.provider:ApigatewayProvider"
API = "localstack.aws.api.apigateway:ApigatewayApi"

ROWS = (
    Patch(
        "localstack.services.apigateway.next_gen.provider:ApigatewayNextGenProvider.update_stage",
        stages.update_stage,
        "a6d55c3334cf",
        "takes access logs that nobody would write, and any variable",
        around=True,
    ),
    Patch(
        "localstack.services.apigateway.next_gen.provider:ApigatewayNextGenProvider.create_stage",
        stages.create_stage,
        "1628c32a1749",
        "takes any name, and fails without the deployment",
        around=True,
    ),
    Patch(
        "localstack.services.apigateway.next_gen.provider:ApigatewayNextGenProvider.create_deployment",
        stages.create_deployment,
        "723214f42592",
        "takes any name",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.create_usage_plan",
        usage_plan_checks.create_usage_plan,
        "0280a5200630",
        "takes any stage",
        around=True,
    ),
    Patch(
        f"{API}.delete_usage_plan",
        usage_plan_checks.delete_usage_plan,
        "3dc0169bc97b",
        "deletes one in use",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.delete_authorizer",
        authorizers.delete_authorizer,
        "9dcb59adaa6e",
        "deletes one in use",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.put_integration_response",
        integration_responses.put_integration_response,
        "f210ec39c79c",
        "takes what the method does not declare",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.import_documentation_parts",
        documentation.import_documentation_parts,
        "460c9d05ab36",
        "merges nothing",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.get_documentation_parts",
        documentation.get_documentation_parts,
        "162bd5f09db8",
        "finds all, whatever is asked for",
        around=True,
    ),
    Patch(f"{PROVIDER}.create_authorizer", authorizers.create_authorizer, "eb9973870c71", "stores any", around=True),
    Patch(f"{PROVIDER}.update_authorizer", authorizers.update_authorizer, "006858eb193d", "the same", around=True),
    Patch(
        f"{API}.test_invoke_authorizer", authorizers.test_invoke_authorizer, "6be596fae871", "is not there", around=True
    ),
    Patch(
        f"{API}.flush_stage_authorizers_cache",
        authorizers.flush_stage_authorizers_cache,
        "92f7c60ec990",
        "is not there",
        around=True,
    ),
    Patch(
        "localstack.services.apigateway.legacy.provider:import_api_from_openapi_spec",
        openapi_imports.import_api,
        "8cd1c529394b",
        "leaves out roles, authorization with IAM, gateway responses",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.put_integration", integrations.put_integration, "d5d5304753da", "takes any timeout", around=True
    ),
    Patch(f"{PROVIDER}.update_integration", integrations.update_integration, "f120cf281b49", "the same", around=True),
    Patch(
        f"{PROVIDER}.create_rest_api",
        rest_apis.create_rest_api,
        "f09291abbf54",
        "fails at a malformed policy",
        around=True,
    ),
    Patch(f"{PROVIDER}.update_rest_api", rest_apis.update_rest_api, "80a740697264", "takes any path", around=True),
    Patch(f"{PROVIDER}.put_method", methods.put_method, "57f93eadf449", "replaces a method that exists", around=True),
    Patch(f"{PROVIDER}.update_method", methods.update_method, "dde1c90db946", "takes any authorization", around=True),
    Patch(f"{PROVIDER}.create_model", models.create_model, "d7c9aa6a50b4", "keeps any text as a schema", around=True),
    Patch(f"{PROVIDER}.update_model", models.update_model, "b65fcfd133b9", "the same", around=True),
    Patch(
        f"{PROVIDER}.update_integration_response",
        integration_responses.update_integration_response,
        "9d6e8ad45fa8",
        "ignores responseParameters, and does not remove a template",
        around=True,
    ),
    Patch(f"{API}.get_usage", usage_records.get_usage, "bbd1cc88d41e", "is not there", around=True),
    Patch(f"{API}.update_usage", usage_records.update_usage, "b565ee114cb7", "is not there", around=True),
    Patch(
        "moto.apigateway.models:UsagePlan.apply_patch_operations",
        usage_plan_updates.apply_patch_operations,
        "717be21cd3a4",
        "cuts fractions off rates, and takes a method's throttle for the plan's",
        around=True,
    ),
    Patch(
        "moto.apigateway.responses:APIGatewayResponse.get_deployment",
        deployments.get_deployment,
        "b25222f9fc39",
        "leaves out apiSummary",
        around=True,
    ),
    Patch(
        "localstack.services.apigateway.next_gen.provider:_get_gateway_response_or_default",
        gateway_responses.described,
        "16e224fe5717",
        "writes into the defaults of all APIs",
    ),
    Patch(
        f"{PROVIDER}.create_resource", resources.create_resource, "bf850d4914fd", "makes two of one name", around=True
    ),
    Patch(f"{PROVIDER}.delete_resource", resources.delete_resource, "fefd3cdff439", "destroys the root", around=True),
    Patch(
        f"{PROVIDER}.import_rest_api",
        openapi_imports.import_rest_api,
        "e55f720d6ddc",
        "makes an API of anything",
        around=True,
    ),
    Patch(f"{PROVIDER}.get_export", exports.get_export, "b20da17818fa", "knows no stages", around=True),
    Patch("localstack.services.apigateway.exporter:APISpec", Specification, "684200cb3f5a", "fails at ANY"),
    Patch(f"{PROVIDER}.get_rest_api", exports.get_rest_api, "58c98fd3a844", "says it in other words", around=True),
    Patch(f"{API}.put_method_response", methods.put_method_response, "ae519c96bde5", "takes it twice", around=True),
    *(
        Patch(f"{PROVIDER}.{operation}", pages.page, source, "gives all of a list", around=True)
        for operation, source in (
            ("get_rest_apis", "833e6a48b456"),
            ("get_authorizers", "f1cbc0290866"),
            ("get_models", "da0ce72fd042"),
            ("get_request_validators", "1839d5f42340"),
            ("get_usage_plans", "bcf15f5ebb4b"),
            ("get_usage_plan_keys", "f237cd6f0ecf"),
        )
    ),
    Patch(f"{PROVIDER}.get_stages", stages.get_stages, "3afdac2020cb", "gives those of all deployments", around=True),
    Patch(
        f"{API}.delete_usage_plan_key",
        usage_plan_checks.delete_usage_plan_key,
        "a50b63895191",
        "fails without one",
        around=True,
    ),
)
