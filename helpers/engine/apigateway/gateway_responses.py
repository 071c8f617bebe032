"""Gateway responses: what API Gateway itself answers when a request does not get to its integration, or fails there.

An API may set the status, headers and body of each type, and of DEFAULT_4XX and DEFAULT_5XX for all types that it does
not set. Templates are not in the Velocity language: "only simple variable substitution", of `$context`,
`$stageVariables` and `$method.request` parameters; a header is a text in single quotes or one of these names, without
$ (API Gateway Developer Guide, "Gateway responses for REST APIs in API Gateway" and pages below it, 2026-11). Which
template: the one for a content type that the request's Accept names, else the one for JSON.

LocalStack 4.9.2 applies the status alone. Without a gateway response of the API's, the body is LocalStack's, AWS's
default template {"message":$context.error.messageString}; ACCESS_DENIED says "Message", whatever GetGatewayResponse
shows. A failure that LocalStack does not foresee is AWS's 500, not the text of an exception.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from localstack.aws.api.apigateway import GatewayResponse, GatewayResponseType
from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    DEFAULT_GATEWAY_RESPONSES,
    BaseGatewayException,
    GatewayResponseCode,
    InternalServerError,
    get_gateway_response_or_default,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import GatewayExceptionHandler

from . import request_values

LOG = logging.getLogger(__name__)

JSON = "application/json"
HEADER = "gatewayresponse.header."
_VARIABLE = re.compile(r"\$(\{)?((?:context|stageVariables|method\.request)(?:\.[\w-]+)+)(?(1)\})")
_DEFAULT_TEMPLATE = '{"message":$context.error.messageString}'


def handle(
    original: Callable[..., None],
    self: GatewayExceptionHandler,
    chain: RestApiGatewayHandlerChain,
    exception: Exception,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """`GatewayExceptionHandler.__call__`, of a failure of any kind."""
    if not isinstance(exception, BaseGatewayException) and context.context_variables and context.deployment:
        LOG.error("A request to a REST API failed.", exc_info=exception)
        exception = InternalServerError("Internal server error")
    original(self, chain, exception, context, response)


def respond(
    original: Callable[..., Response],
    self: GatewayExceptionHandler,
    exception: BaseGatewayException,
    context: RestApiInvocationContext,
) -> Response:
    """The response to a request that failed with `exception`."""
    made = original(self, exception, context)  # with the status that the API has set
    configured = get_gateway_response_or_default(exception.type, context.deployment.rest_api.gateway_responses)
    if configured is DEFAULT_GATEWAY_RESPONSES.get(exception.type):
        return made
    kind, template = chosen(configured.get("responseTemplates") or {}, context)
    if template and template != _DEFAULT_TEMPLATE:
        made.set_response(filled(template, context))
    made.headers["Content-Type"] = kind
    for name, source in (configured.get("responseParameters") or {}).items():
        value = _header(source, context)
        if name.startswith(HEADER) and value is not None:
            made.headers[name.removeprefix(HEADER)] = value
    return made


def described(response_type: str, gateway_responses: dict[GatewayResponseType, GatewayResponse]) -> GatewayResponse:
    """Replace `_get_gateway_response_or_default`, of GetGatewayResponse: with the status that a response has.

    LocalStack 4.9.2 writes it into the defaults of all APIs: once they are read, answers change, as from 500 to 504.
    """
    known = dict(get_gateway_response_or_default(GatewayResponseType(response_type), gateway_responses))
    status = GatewayResponseCode[response_type].value
    if not known.get("statusCode") and status:
        known["statusCode"] = status
    return cast(GatewayResponse, known)


def chosen(templates: Mapping[str, str], context: RestApiInvocationContext) -> tuple[str, str]:
    """The content type and the template of a body, for what the request accepts."""
    accepted = (context.invocation_request or {}).get("headers", {}).get("Accept", "")
    for kind in [part.partition(";")[0].strip() for part in accepted.split(",")] + [JSON, *templates]:
        if kind in templates:
            return kind, templates[kind]
    return JSON, ""


def filled(template: str, context: RestApiInvocationContext) -> str:
    """The template with the values of its variables; "" for what has none."""

    def value(found: re.Match[str]) -> str:
        if found[2] == "context.error.messageString":
            return json.dumps(context.context_variables["error"]["message"])
        if found[2] == "context.error.validationErrorString":  # stands in quotes, and has some
            return json.dumps(context.context_variables["error"]["validationErrorString"])[1:-1]
        return _text(request_values.value_of(context, found[2]))

    return _VARIABLE.sub(value, template)


def _header(source: str, context: RestApiInvocationContext) -> str | None:
    if len(source) > 1 and source[0] == source[-1] == "'":
        return source[1:-1]
    value = request_values.value_of(context, source)
    return None if value is None else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, (bool, dict, list)):
        return json.dumps(value)
    return "" if value is None else str(value)
