"""Rows for API Gateway, imported and applied at its first request: that loads LocalStack's service, 0.1 s and 10 MB."""

from __future__ import annotations

from ..apigateway import (
    assumed_roles,
    binary_media,
    compression,
    errors,
    execution_logs,
    gateway_responses,
    http_integrations,
    preprocessing,
    proxy_events,
    remapped_headers,
    request_validation,
    service_integrations,
    stage_logs,
    tenants,
    timeouts,
    tried_methods,
    usage_plans,
)
from ..patching import Patch
from ..server import endpoints, raw_bodies
from . import apigateway_configuration, apigateway_templates

EXECUTE_API = "localstack.services.apigateway.next_gen.execute_api"
HANDLERS = f"{EXECUTE_API}.handlers"
AWS = f"{EXECUTE_API}.integrations.aws"

ROWS = (
    # Authorization.
    Patch(
        f"{HANDLERS}:preprocess_request",
        preprocessing.preprocess,
        "cea266c9c153",
        "does nothing: LocalStack asks neither authorizers nor policies",
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
        f"{AWS}:RestApiAwsProxyIntegration.call_lambda",
        tenants.call_lambda,
        "75964f5a1a6a",
        "names no tenant",
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
        assumed_roles.clients,
        "d2f8d1ae072d",
        "asks Lambda again for up to 7 s, in a session that it keeps for ever",
    ),
    Patch(
        f"{AWS}:get_internal_mocked_headers",
        assumed_roles.headers,
        "8785735466cf",
        "keeps a role's session for ever",
        around=True,
    ),
    Patch(
        f"{EXECUTE_API}.router:ApiGatewayEndpoint.create_not_found_response",
        errors.forbidden,
        "4bb514f3a285",
        "answers 404 for a stage that does not exist, where AWS answers 403",
    ),
    # TestInvokeMethod, and its log.
    Patch(
        "localstack.services.apigateway.next_gen.provider:ApigatewayNextGenProvider.test_invoke_method",
        tried_methods.test_invoke_method,
        "1dcfa762162f",
        "does not say who calls",
        around=True,
    ),
    Patch(
        f"{EXECUTE_API}.test_invoke:create_test_invocation_context",
        tried_methods.invocation,
        "b1647515b0d8",
        "has no stage",
        around=True,
    ),
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
        f"{HANDLERS}.method_request:MethodRequestHandler.validate_request",
        request_validation.validate_request,
        "13d0706255a1",
        "validates every body against the model for application/json, and takes blank parameters",
    ),
    Patch(
        f"{HANDLERS}.resource_router:RestAPIResourceRouter.match",
        errors.match_route,
        "6093b214f5ae",
        "does not look at the Authorization header",
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
    # Answers.
    Patch(
        f"{HANDLERS}.method_response:MethodResponseHandler.__call__",
        compression.respond,
        "e1f0d6de1769",
        "compresses nothing",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.method_response:MethodResponseHandler._transform_headers",
        remapped_headers.transform,
        "ef47f365f389",
        "leaves WWW-Authenticate of a proxy as it is",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.response_enricher:InvocationResponseEnricher.__call__",
        proxy_events.name_request,
        "e7467b31f5e3",
        "makes up an id",
        around=True,
    ),
    Patch(
        f"{HANDLERS}.analytics:IntegrationUsageCounter.__call__",
        stage_logs.log,
        "169eb6351919",
        "logs nothing",
        around=True,
    ),
    *apigateway_templates.ROWS,
    *apigateway_configuration.ROWS,
)
