"""What is asked of a request once its method is known: may it come this way, is it too large, who may call?

- `disableExecuteApiEndpoint`: 403 {"message": "Forbidden"}, once the API is deployed anew ("Disable the default
  endpoint for REST APIs", API Gateway Developer Guide, 2026-11). LocalStack 4.9.2 stores it.
- A private API is for endpoints of a VPC, of which there are none: the same.
- A body is 10 MB at most, which nobody can raise ("Quotas for REST APIs", the same guide): 413 Request Too Long.
- `authorization` has the rest.
"""

from __future__ import annotations

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import Default4xxError, RequestTooLargeError

from . import authorization

LARGEST = 10 * 1024 * 1024  # bytes


class DisabledEndpointError(Default4xxError):
    """403: the API has no endpoint of its own."""

    status_code = 403
    code = "ForbiddenException"


def preprocess(chain: RestApiGatewayHandlerChain, context: RestApiInvocationContext, response: Response) -> None:
    """A handler of LocalStack's chain for REST APIs. Raises: the gateway response for a request that may not pass."""
    api = context.deployment.rest_api.rest_api
    types = (api.get("endpointConfiguration") or {}).get("types") or []
    if api.get("disableExecuteApiEndpoint") or types == ["PRIVATE"]:
        raise DisabledEndpointError("Forbidden")
    if len(context.invocation_request["body"]) > LARGEST:
        raise RequestTooLargeError("Request Too Long")
    authorization.authorize(chain, context, response)
