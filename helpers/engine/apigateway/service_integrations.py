"""Integrations of type AWS: API Gateway calls a service, as the integration's role or as itself.

LocalStack 4.9.2 sends that call over HTTP, with a header that only looks like a signature. Here it does not leave the
process (`iam.internal_calls`), like every call between services.

That header no mapping can set, but for a service that LocalStack does not know it is left out: the call would be made
as whoever a query parameter of the integration names, the account itself included. Such a call is not made.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from localstack.services.apigateway.next_gen.execute_api.gateway_response import InternalServerError

from ..iam import internal_calls


def request(**parameters: Any) -> SimpleNamespace:
    """`requests.request`, for an integration. Raises: InternalServerError for one that has no caller."""
    if "Authorization" not in parameters["headers"]:
        raise InternalServerError("Internal server error")
    return internal_calls.request(**parameters)


IN_PROCESS = SimpleNamespace(request=request)
"""What takes the place of `requests` in LocalStack's integration, which uses its `request` alone."""
