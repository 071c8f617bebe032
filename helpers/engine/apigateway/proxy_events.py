"""What API Gateway tells a function about a request, where LocalStack 4.9.2 differs from AWS.

- `requestContext.requestTime` has a zone: "The CLF-formatted request time (dd/MMM/yyyy:HH:mm:ss +-hhmm)" (API Gateway
  Developer Guide, "Variables for data transformations"). LocalStack ends it with a blank.
- `X-Forwarded-Proto` and `X-Forwarded-Port` are https and 443, by which alone AWS's endpoints are reached (the same,
  "Input format of a Lambda function for proxy integration"; 2026-11). LocalStack writes HTTP and the engine's port.
"""

from __future__ import annotations

from datetime import UTC, datetime

from localstack.services.apigateway.next_gen.execute_api.handlers.integration_request import IntegrationRequestHandler
from localstack.services.apigateway.next_gen.execute_api.handlers.parse import InvocationRequestParser

FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "443"}


def install() -> None:
    """Replace what LocalStack writes."""
    create_context_variables = InvocationRequestParser.create_context_variables
    set_proxy_headers = IntegrationRequestHandler._set_proxy_headers

    def with_zone(context):
        variables = create_context_variables(context)
        moment = datetime.fromtimestamp(variables["requestTimeEpoch"] / 1000, UTC)
        return variables | {"requestTime": f"{moment:%d/%b/%Y:%H:%M:%S} +0000"}

    def with_https(headers, request) -> None:
        set_proxy_headers(headers, request)
        for name, value in FORWARDED.items():
            headers.set(name, value)

    InvocationRequestParser.create_context_variables = staticmethod(with_zone)
    IntegrationRequestHandler._set_proxy_headers = staticmethod(with_https)
