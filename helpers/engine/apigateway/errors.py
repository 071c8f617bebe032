"""The status of a request to a REST API that fails: 502, 500 or 403.

"If the Lambda API rejects the invocation request, API Gateway returns a 500 error code. If the function runs but
returns an error, or returns a response in the wrong format, API Gateway returns a 502 […] API Gateway does not retry
any Lambda invocations" (Lambda Developer Guide, "Handling Lambda errors with an API Gateway API", 2026-11).

- 502 Bad Gateway: `BadGatewayError`, a proxy integration's function that failed or returned a malformed response.
- 500: `ProxyRefusedError` and `IntegrationRefusedError`, a call that Lambda refuses or a role that cannot be assumed.
  LocalStack 4.9.2 answers 502 to a function that is gone or throttled, after retries of 7 s, and without a proxy takes
  Lambda's refusal for the function's result.
- 403 Forbidden: `forbidden`, a stage that does not exist. LocalStack answers 404, in words of its own.

Sentences for the log: AWS re:Post, "How do I resolve HTTP 502 errors from API Gateway REST APIs with Lambda proxy
integration?" and "How do I resolve 'Invalid permissions on Lambda function' errors" (2026-11).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError
from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.context import EndpointResponse, RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    ApiConfigurationError,
    BaseGatewayException,
    Default4xxError,
    IntegrationFailureError,
    InternalServerError,
    MissingAuthTokenError,
)
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import (
    RestApiAwsIntegration,
    RestApiAwsProxyIntegration,
)

from .. import lineage
from . import proxied, proxy_responses, signed_callers, tenants, traces

CONFIGURATION = "Execution failed due to configuration error: "
MALFORMED = f"{CONFIGURATION}Malformed Lambda proxy response"
FUNCTION_ERROR = "Lambda execution failed with status 200 due to customer function error"
NO_PERMISSION = f"{CONFIGURATION}Invalid permissions on Lambda function"
NO_ROLE = f"{CONFIGURATION}API Gateway does not have permission to assume the provided role"
REFUSALS = (403, 404, 429)  # not permitted, not there, throttled: a function that runs answers 200


class ExplainedError(BaseGatewayException):
    """A failed integration: "Internal server error" to the client, `log_lines` in the execution log."""

    def __init__(self, *log_lines: str) -> None:
        super().__init__("Internal server error")
        self.log_lines = log_lines


class BadGatewayError(ExplainedError, InternalServerError):
    """502: the function of a proxy integration failed, or what it `returned` is not a proxy response."""

    status_code = 502

    def __init__(self, returned: bytes) -> None:
        super().__init__(
            f"Endpoint response body before transformations: {returned.decode(errors='replace')}",
            FUNCTION_ERROR if b'"errorMessage"' in returned else MALFORMED,
        )


class ProxyRefusedError(ExplainedError, IntegrationFailureError):
    """500: the function of a proxy integration was not called."""

    status_code = 500


class NoSignatureError(Default4xxError):
    """403: there is no such method, and what the Authorization header holds is no signature."""

    status_code = 403
    code = "IncompleteSignatureException"

    def __init__(self, given: str) -> None:
        if "=" in (given.partition(" ")[2] or given).rstrip("="):
            lacking = ("Credential", "Signature", "SignedHeaders")
            reasons = "".join(f"Authorization header requires '{name}' parameter. " for name in lacking)
            dates = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            super().__init__(f"{reasons}{dates}Authorization={given}")
        else:
            digest = base64.b64encode(hashlib.sha256(given.encode()).digest()).decode()
            super().__init__(
                "Invalid key=value pair (missing equal-sign) in Authorization header "
                f"(hashed with SHA-256 and encoded with Base64): '{digest}'."
            )


class IntegrationRefusedError(ExplainedError, ApiConfigurationError):
    """500: the function of an integration without a proxy was not called."""

    status_code = 500


def parse_function_response(self: RestApiAwsProxyIntegration, payload: bytes) -> dict[str, Any]:
    """Parse what the function of a proxy integration returned. Raises: BadGatewayError."""
    proxied.hold(payload)
    try:
        return proxy_responses.parse(payload)
    except proxy_responses.MalformedResponseError as error:
        raise BadGatewayError(payload) from error


def invoke_by_proxy(
    original: Callable[..., EndpointResponse], self: RestApiAwsProxyIntegration, context: RestApiInvocationContext
) -> EndpointResponse:
    """Call the function of a proxy integration. Raises: ProxyRefusedError, BadGatewayError, NoTenantError."""
    try:
        with (
            signed_callers.acting(context),
            lineage.handed_on(traces.header_of(context)),
            tenants.named(context),
        ):
            return original(self, context)
    except signed_callers.NoCallerError as error:
        raise ProxyRefusedError(NO_PERMISSION) from error
    except IntegrationFailureError as error:
        if isinstance(error.__cause__, ClientError):
            if tenants.is_missing(error.__cause__):
                raise tenants.NoTenantError from error
            raise ProxyRefusedError(_reason(error.__cause__)) from error
        raise
    finally:
        proxied.note_payload(context)


def invoke_without_proxy(
    original: Callable[..., EndpointResponse], self: RestApiAwsIntegration, context: RestApiInvocationContext
) -> EndpointResponse:
    """Call the service of an integration of type AWS. Raises: IntegrationRefusedError."""
    try:
        if trace := traces.header_of(context):
            context.integration_request["headers"].set(lineage.HEADER, trace)
        with signed_callers.acting(context):
            answer = original(self, context)
    except signed_callers.NoCallerError as error:
        raise IntegrationRefusedError(NO_PERMISSION) from error
    except ClientError as error:  # of AssumeRole
        raise IntegrationRefusedError(_reason(error)) from error
    if answer["status_code"] in REFUSALS and ":lambda:path/" in context.integration_request["uri"]:
        if answer["status_code"] == 403:
            raise IntegrationRefusedError(NO_PERMISSION)
        raise IntegrationRefusedError(CONFIGURATION + _message(answer["body"]))
    return answer


def match_route(original: Callable[..., Any], self: Any, context: RestApiInvocationContext) -> Any:
    """`RestAPIResourceRouter.match`. Raises: MissingAuthTokenError, and of a request with an Authorization header that
    is no signature AWS's reason, since 2025 without the token itself (DataBiosphere/azul/issues/7470, 2026-11).
    """
    try:
        return original(self, context)
    except MissingAuthTokenError:
        given = context.request.headers.get("Authorization", "")
        if not given or given.startswith("AWS4-HMAC-SHA256 "):
            raise
        raise NoSignatureError(given) from None


def forbidden(api_id: str) -> Response:
    """Return the response to a request for a stage that does not exist."""
    response = Response(status=403, headers={"x-amzn-ErrorType": "ForbiddenException"})
    response.set_json({"message": "Forbidden"})
    return response


def _reason(error: ClientError) -> str:
    """The sentence that AWS logs when AssumeRole or Invoke is refused."""
    match error.response["Error"]["Code"], error.operation_name:
        case (("AccessDenied" | "AccessDeniedException"), "AssumeRole"):
            return NO_ROLE
        case (("AccessDenied" | "AccessDeniedException"), "Invoke"):
            return NO_PERMISSION
    return CONFIGURATION + error.response["Error"]["Message"]


def _message(body: bytes) -> str:
    """The message in a refusal by Lambda: {"message": …} or {"Message": …}."""
    refusal = json.loads(body)
    return refusal.get("message") or refusal.get("Message") or refusal.get("__type", "")
