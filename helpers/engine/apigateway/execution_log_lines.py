"""The lines of a stage's execution log, as AWS words them.

Sources: execution logs that AWS wrote, recorded as examples for a parser (two public test files of 2019: a function
that timed out, and one that answered, with and without an API key's throttle), and AWS re:Post, "How can I use Amazon
API Gateway logs for troubleshooting?" (2026-11). AWS cuts a line's value at about 1,000 characters. Not here: what AWS
sends to Lambda beyond the event (its signature).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api import test_invoke
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.template_mapping import dict_to_string

from . import execution_logs, proxied, timeouts

LONGEST = 998  # characters of a value
_SERVICE = re.compile(r"arn:[^:]+:apigateway:([^:]*):([^:]+):path/(.*)", re.DOTALL)


def of(context: RestApiInvocationContext, response: Response, *, traced: bool, errors_only: bool) -> list[str]:
    """The lines for a request that was answered, without the request's id before them."""
    failures = [] if context.invocation_response else list(_failures(context))
    if not traced:
        failures = [line for line in failures if not line.startswith("Endpoint response body")]
    end = f"Method completed with status: {response.status_code}"
    if errors_only:
        return [*failures, end] if failures else []
    lines = [*_usage_plan(context), *_execution(context, response, traced)]
    if not context.invocation_response:
        return [*lines, *failures, end]
    return [*lines, "Successfully completed execution", end]


def _usage_plan(context: RestApiInvocationContext) -> Iterator[str]:
    variables, stage = context.context_variables, f"{context.api_id}/{context.stage}"
    identity: Any = variables.get("identity") or {}
    key = _masked(identity.get("apiKey") or "")
    yield f"Extended Request Id: {variables.get('extendedRequestId', '')}"
    yield f"Verifying Usage Plan for request: {variables['requestId']}. API Key: {key} API Stage: {stage}"
    if not _executed(context):
        return
    if not context.resource_method.get("apiKeyRequired"):
        method = f"{context.invocation_request['http_method']} {context.resource['path']}"
        yield (
            f"API Key {key} authorized because method '{method}' does not require API Key. "
            "Request will not contribute to throttle or quota limits"
        )
    yield f"Usage Plan check succeeded for API Key {key} and API Stage {stage}"
    yield f"Starting execution for request: {variables['requestId']}"


def _execution(context: RestApiInvocationContext, response: Response, traced: bool) -> Iterator[str]:
    if not _executed(context):
        return
    request, sent, answered = context.invocation_request, context.integration_request, context.endpoint_response
    yield f"HTTP Method: {request['http_method']}, Resource Path: {context.resource['path']}"
    if not traced:
        return
    yield f"Method request path: {dict_to_string(request['path_parameters'])}"
    yield f"Method request query string: {dict_to_string(request['query_string_parameters'])}"
    yield f"Method request headers: {_headers(request.get('headers'))}"
    yield f"Method request body before transformations: {_text(request.get('body'))}"
    if sent and context.integration["type"] != "MOCK":
        uri = _address(sent.get("uri") or "")
        yield f"Endpoint request URI: {uri}"
        yield f"Endpoint request headers: {_headers(sent.get('headers'))}"
        event = proxied.event_of(context)
        body = sent.get("body") if event is None else json.dumps(event, separators=(",", ":"))
        yield f"Endpoint request body after transformations: {_text(body)}"
        yield f"Sending request to {uri}"
        if answered:
            latency = timeouts.integration_latency(context)
            yield f"Received response. Status: {answered['status_code']}, Integration latency: {latency} ms"
            yield f"Endpoint response headers: {_headers(answered.get('headers'))}"
            payload = proxied.payload_of(context)
            body = answered.get("body") if payload is None else payload
            yield f"Endpoint response body before transformations: {_text(body)}"
    if given := context.invocation_response:
        yield f"Method response body after transformations: {_text(given.get('body'))}"
        yield f"Method response headers: {_headers(response.headers)}"


def _failures(context: RestApiInvocationContext) -> Iterator[str]:
    error: Any = context.context_variables.get("error") or {}
    if error.get("responseType") in ("UNAUTHORIZED", "ACCESS_DENIED"):
        yield f"Unauthorized request: {context.context_variables['requestId']}"
    else:
        yield from execution_logs.reasons(context)


def _executed(context: RestApiInvocationContext) -> bool:
    """Whether the request came past authorizers, keys and throttles."""
    error: Any = context.context_variables.get("error") or {}
    return bool(context.integration_request) or str(error.get("responseType")).startswith("BAD_REQUEST")


def _address(uri: str) -> str:
    """An integration's URI, as the address that is called: https://lambda.us-east-1.amazonaws.com/2015-03-31/…"""
    found = _SERVICE.fullmatch(uri)
    return f"https://{found[2]}.{found[1]}.amazonaws.com/{found[3]}" if found else uri


def _headers(headers: Any) -> str:
    return execution_logs.INTERNAL_HEADERS.sub("", test_invoke._dump_headers(headers))


def _text(body: Any) -> str:
    text = body.decode(errors="replace") if isinstance(body, bytes) else str(body or "")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} [TRUNCATED]"


def _masked(key: str) -> str:
    return "*" * max(0, len(key) - 6) + key[-6:]
