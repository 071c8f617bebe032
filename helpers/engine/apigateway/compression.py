"""`minimumCompressionSize`: answers of at least so many bytes are compressed for clients that accept gzip.

API Gateway Developer Guide, "Payload compression for REST APIs in API Gateway" (2026-11): 0 compresses everything, an
answer that has a Content-Encoding stays as it is. Not as on AWS: no deflate, and compressed requests stay compressed.
LocalStack 4.9.2 stores the setting.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.handlers.method_response import MethodResponseHandler


def respond(
    original: Callable[..., None],
    self: MethodResponseHandler,
    chain: RestApiGatewayHandlerChain,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """`MethodResponseHandler.__call__`, with a body that is compressed where the API and the client want it."""
    original(self, chain, context, response)
    least = context.deployment.rest_api.rest_api.get("minimumCompressionSize")
    if least is None or "Content-Encoding" in response.headers:
        return
    accepted = [
        part.partition(";")[0].strip() for part in context.request.headers.get("Accept-Encoding", "").split(",")
    ]
    body = response.get_data()
    if "gzip" in accepted and len(body) >= int(least):
        response.set_data(gzip.compress(body))
        response.headers["Content-Encoding"] = "gzip"
