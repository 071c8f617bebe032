"""Integrations of HTTP APIs: a function (AWS_PROXY), or an HTTP server (HTTP_PROXY).

The event names the function's caller as `…:{api}/{stage}/{METHOD}{path of the route}`, {id} and all, or `…/$default`:
what the permissions allow that SAM and the CDK write. A server gets the request as it is, without what is
for one connection; path variables stand in its URI as in the route (Developer Guide, "Create HTTP proxy
integrations for HTTP APIs", 2026-11).
"""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import quote, urlencode

import requests

from . import functions, parameter_mapping, proxy_events, proxy_responses
from .apis import Fields
from .errors import ApiError, internal, unavailable
from .http_calls import HOP_BY_HOP, Call
from .proxy_responses import Answer

# The guide's text of what a function's answer lacks ("Troubleshooting issues with HTTP API Lambda integrations").
MALFORMED = "The response from the Lambda function doesn't match the format that API Gateway expects."
NOT_RETURNED = (*HOP_BY_HOP, "content-length", "content-encoding")


def answer(call: Call, integration: Fields) -> Answer:
    """The answer of an integration, both mapped. Raises: ApiError."""
    sent, path = _mapped_request(call, integration.get("RequestParameters") or {})
    called, begun = call.integration, time.monotonic()
    called.is_function = integration["IntegrationType"] == "AWS_PROXY"
    try:
        found = _function(call, sent, integration) if called.is_function else _server(call, sent, integration, path)
    finally:
        called.milliseconds = round((time.monotonic() - begun) * 1000)
    called.status = found.status
    by_status = (integration.get("ResponseParameters") or {}).get(str(found.status)) or {}
    return _mapped_response(call, found, by_status)


def source_arn(call: Call) -> str:
    """What a function's policy knows the caller by."""
    key = call.route["RouteKey"]
    path = key.partition(" ")[2]
    return call.api.execute_arn(f"{call.stage_name}/{call.method + path if path else key}")


def _function(call: Call, sent: Call, integration: Fields) -> Answer:
    arn = functions.function_arn(integration["IntegrationUri"], call.stage["StageVariables"])
    version = integration["PayloadFormatVersion"]
    event = proxy_events.event_of(sent, version)
    seconds = integration["TimeoutInMillis"] / 1000
    try:
        payload = functions.invoke(arn, integration.get("CredentialsArn"), source_arn(call), event, seconds, call.trace)
    except functions.FunctionError as error:
        call.integration_error = str(error)
        call.integration.answered = error.called and not error.timed_out
        raise (unavailable() if error.timed_out else internal()) from error
    call.integration.answered = True
    try:
        return proxy_responses.read(payload, version)
    except ApiError:
        call.integration_error = MALFORMED
        raise


def _server(call: Call, sent: Call, integration: Fields, path: str) -> Answer:
    uri = functions.STAGE_VARIABLE.sub(
        lambda found: call.stage["StageVariables"].get(found[1], ""), integration["IntegrationUri"]
    )
    for name, value in call.path_parameters.items():
        uri = uri.replace(f"{{{name}}}", quote(value)).replace(f"{{{name}+}}", quote(value))
    if path:
        scheme, _, rest = uri.partition("://")
        # What a client sent must not become part of the host.
        uri = f"{scheme}://{rest.partition('/')[0]}/{path.removeprefix('/')}"
    method = integration.get("IntegrationMethod") or "ANY"
    headers = {name: value for name, value in proxy_events.joined(sent.headers).items() if name.lower() != "host"}
    headers["Forwarded"] = f"by=127.0.0.1;for={call.source_ip};host={call.host};proto=https"
    headers["Via"] = "HTTP/1.1 AmazonAPIGateway"
    seconds = integration["TimeoutInMillis"] / 1000
    try:
        response = requests.request(
            call.method if method == "ANY" else method,
            uri + (("&" if "?" in uri else "?") + sent.query_string if sent.query_string else ""),
            headers=headers,
            data=call.body,
            timeout=seconds,
            allow_redirects=False,
        )
        body = response.content
    except requests.RequestException as error:
        call.integration_error = str(error)
        raise unavailable() from error
    # `headers` has several Set-Cookie as one text; the raw ones are apart.
    pairs = [(name, value) for name, value in response.raw.headers.items() if name.lower() not in NOT_RETURNED]
    return Answer(response.status_code, pairs, body)


def _mapped_request(call: Call, mapping: dict[str, str]) -> tuple[Call, str]:
    """The request as the integration gets it, and its path if that was overwritten."""
    if not mapping:
        return call, ""
    headers, query, single = parameter_mapping.apply(mapping, call.headers, call.query, call.lookup)
    text = call.query_string if query == call.query else urlencode(query)
    return replace(call, headers=headers, query_string=text), single.get("path", "")


def _mapped_response(call: Call, found: Answer, mapping: dict[str, str]) -> Answer:
    def lookup(name: str) -> str:
        source, _, rest = name.partition(".")
        if source != "response":
            return call.lookup(name)
        kind, _, key = rest.partition(".")
        return found.header(key) if kind == "header" else parameter_mapping.in_body(found.body, key)

    if not mapping:
        return found
    headers, _, single = parameter_mapping.apply(mapping, found.headers, [], lookup)
    status = single.get("statuscode", "")
    if status and not parameter_mapping.STATUS.fullmatch(status):
        raise internal()
    return Answer(int(status) if status else found.status, headers, found.body)
