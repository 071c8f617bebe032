"""Rows for API Gateway, continued: its configuration. `apigateway` has those for requests to an API's stages."""

from __future__ import annotations

from ..apigateway import (
    access_logs,
    api_policies,
    authorizers,
    deployments,
    integration_responses,
    integrations,
    methods,
    models,
    openapi_imports,
    usage_plan_updates,
)
from ..patching import Patch

PROVIDER = "localstack.services.apigateway.legacy.provider:ApigatewayProvider"
API = "localstack.aws.api.apigateway:ApigatewayApi"

ROWS = (
    Patch(
        "localstack.services.apigateway.next_gen.provider:ApigatewayNextGenProvider.update_stage",
        access_logs.update_stage,
        "a6d55c3334cf",
        "takes access logs that nobody would write",
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
        api_policies.create_rest_api,
        "f09291abbf54",
        "fails at a malformed policy",
        around=True,
    ),
    Patch(f"{PROVIDER}.update_rest_api", api_policies.update_rest_api, "80a740697264", "the same", around=True),
    Patch(f"{PROVIDER}.put_method", methods.put_method, "57f93eadf449", "replaces a method that exists", around=True),
    Patch(f"{PROVIDER}.create_model", models.create_model, "d7c9aa6a50b4", "keeps any text as a schema", around=True),
    Patch(f"{PROVIDER}.update_model", models.update_model, "b65fcfd133b9", "the same", around=True),
    Patch(
        f"{PROVIDER}.update_integration_response",
        integration_responses.update_integration_response,
        "9d6e8ad45fa8",
        "ignores responseParameters, and does not remove a template",
        around=True,
    ),
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
)
