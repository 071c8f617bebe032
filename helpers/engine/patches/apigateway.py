"""Rows for API Gateway, imported and applied at its first request: that loads LocalStack's service, 0.1 s and 10 MB."""

from __future__ import annotations

from ..apigateway import (
    authorization,
    authorizers,
    binary_media,
    deployments,
    errors,
    execution_logs,
    gateway_responses,
    http_integrations,
    integration_responses,
    methods,
    models,
    openapi_imports,
    proxy_events,
    raw_bodies,
    request_validation,
    service_integrations,
    timeouts,
    usage_plan_updates,
    usage_plans,
)
from ..patching import Patch
from ..server import endpoints

EXECUTE_API = "localstack.services.apigateway.next_gen.execute_api"
HANDLERS = f"{EXECUTE_API}.handlers"
AWS = f"{EXECUTE_API}.integrations.aws"
PROVIDER = "localstack.services.apigateway.legacy.provider:ApigatewayProvider"

API = "localstack.aws.api.apigateway:ApigatewayApi"

ROWS = (
    # Authorization.
    Patch(
        f"{HANDLERS}:preprocess_request",
        authorization.authorize,
        "cea266c9c153",
        "does nothing: LocalStack asks neither authorizers nor policies",
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
    # Failures: 502, 500, 403.
    Patch(
        f"{AWS}:RestApiAwsProxyIntegration.parse_lambda_response",
        errors.parse_function_response,
        "27d74e1a1f1e",
        "fails at what is no object, and says nothing in the log of what the function returned",
    ),
    Patch(
        f"{HANDLERS}.integration:IntegrationHandler.__call__",
        timeouts.integrate,
        "18432b85ec73",
        "waits for ever",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.gateway_exception:GatewayExceptionHandler.__call__",
        gateway_responses.handle,
        "b04956ded9bd",
        "answers with the text of an exception",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.gateway_exception:GatewayExceptionHandler.create_exception_response",
        gateway_responses.respond,
        "71c1d583fbb9",
        "applies neither templates nor headers",
        around=True,
    ),
    Patch(
        f"{AWS}:RestApiAwsProxyIntegration.invoke",
        errors.invoke_by_proxy,
        "6fcff821de55",
        "answers 502 when Lambda refuses the call, where AWS answers 500",
        around=True,
    ),
    Patch(
        f"{AWS}:RestApiAwsIntegration.invoke",
        errors.invoke_without_proxy,
        "103cb15b95e4",
        "takes Lambda's refusal for the function's result",
        around=True,
    ),
    Patch(
        f"{AWS}:get_service_factory",
        errors.clients_without_retries,
        "d2f8d1ae072d",
        "asks Lambda again for up to 7 s",
    ),
    Patch(
        f"{EXECUTE_API}.router:ApiGatewayEndpoint.create_not_found_response",
        errors.forbidden,
        "4bb514f3a285",
        "answers 404 for a stage that does not exist, where AWS answers 403",
    ),
    # The log of TestInvokeMethod.
    Patch(
        f"{HANDLERS}.gateway_exception:GatewayExceptionHandler.set_error_context",
        execution_logs.note_failure,
        "363837b8c8ba",
        "forgets why a request failed before it writes the log",
        around=True,
    ),
    Patch(
        f"{EXECUTE_API}.test_invoke:log_failed_template",
        execution_logs.log_of_failure,
        "a1aebdffdf07",
        "gives no reason",
        around=True,
    ),
    Patch(
        f"{EXECUTE_API}.test_invoke:log_template",
        execution_logs.log_of_success,
        "8f963491e6d9",
        "shows the headers by which its services know each other",
        around=True,
    ),
    # Requests.
    Patch(
        f"{HANDLERS}.parse:restore_payload", raw_bodies.raw_body, "1887a88ce7f0", "parses forms and writes them anew"
    ),
    Patch(
        f"{AWS}:RestApiAwsProxyIntegration.create_lambda_input_event",
        binary_media.event_with_body,
        "ad97c0908272",
        "guesses from the bytes whether a body is binary",
        around=True,
    ),
    *(
        Patch(
            f"{module}:mime_type_matches_binary_media_types",
            binary_media.matches,
            "bba8fbdab722",
            "does not know */*",
            around=True,
        )
        for module in (AWS, f"{HANDLERS}.integration_request", f"{HANDLERS}.integration_response")
    ),
    Patch(
        f"{EXECUTE_API}.router:deprecated_endpoint",
        endpoints.undeprecated,
        "19e427990510",
        "its wrapper hides an endpoint from `endpoints`, and warns of a path that labs use",
    ),
    Patch(
        f"{HANDLERS}.method_request:MethodRequestHandler._is_body_valid",
        request_validation.is_body_valid,
        "19be341c4c40",
        "validates every body against the model for application/json",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.api_key_validation:ApiKeyValidationHandler.__call__",
        usage_plans.validate_and_count,
        "ccb4472cf8b4",
        "enforces neither quota nor rate",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.parse:InvocationRequestParser.create_context_variables",
        proxy_events.context_variables_with_zone,
        "71e25535babd",
        "writes requestTime without a zone",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.integration_request:IntegrationRequestHandler._set_proxy_headers",
        proxy_events.set_forwarded_headers,
        "ee6863dbbce8",
        "names HTTP and the engine's port",
        around=True,
    ),
    Patch(
        f"{AWS}:requests",
        service_integrations.IN_PROCESS,
        "311157e7fa4a",
        "calls services over HTTP, with a header that only looks like a signature",
    ),
    Patch(
        f"{EXECUTE_API}.integrations.http:requests",
        http_integrations.OF_INTEGRATIONS,
        "311157e7fa4a",
        "does not find function URLs, and follows redirects",
    ),
    # Configuration.
    Patch(
        "localstack.services.apigateway.legacy.provider:import_api_from_openapi_spec",
        openapi_imports.import_api,
        "8cd1c529394b",
        "leaves out roles, authorization with IAM, gateway responses",
        around=True,
    ),
    Patch(f"{PROVIDER}.put_integration", timeouts.put_integration, "d5d5304753da", "takes any timeout", around=True),
    Patch(f"{PROVIDER}.update_integration", timeouts.update_integration, "f120cf281b49", "the same", around=True),
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
