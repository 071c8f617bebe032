"""The size of a request's body: 10 MB at most, else 413 {"message": "Request Too Long"}, REQUEST_TOO_LARGE.

"Payload size: 10 MB", which nobody can raise (API Gateway Developer Guide, "Quotas for REST APIs", 2026-11).
"""

from __future__ import annotations

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import RequestTooLargeError

from . import authorization

LARGEST = 10 * 1024 * 1024  # bytes


def preprocess(chain: RestApiGatewayHandlerChain, context: RestApiInvocationContext, response: Response) -> None:
    """A handler of LocalStack's chain for REST APIs, once a request's method is known: its size, then its caller."""
    if len(context.invocation_request["body"]) > LARGEST:
        raise RequestTooLargeError("Request Too Long")
    authorization.authorize(chain, context, response)
