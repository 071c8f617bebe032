"""Integrations of type HTTP and HTTP_PROXY: API Gateway calls any address.

- A function URL or an API of this engine is called by its name: see `server.outgoing_requests`.
- A redirect is the backend's answer, which the client gets: "API Gateway […] passes the outgoing response from the HTTP
  endpoint to the client" (API Gateway Developer Guide, "Choose an API Gateway API integration type", HTTP_PROXY,
  2026-11). LocalStack 4.9.2 follows it.
- A certificate that nobody vouches for is refused, unless the integration says `insecureSkipVerification` ("TlsConfig",
  API reference, 2026-11), which LocalStack stores. Like a server that is not there, it is an INTEGRATION_FAILURE, whose
  default is 504 ("Gateway response types", the same guide).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import requests
from localstack.services.apigateway.next_gen.execute_api.gateway_response import IntegrationFailureError

UNREACHABLE = "Network error communicating with endpoint"


_verify: ContextVar[bool] = ContextVar("verify", default=True)


@contextmanager
def of(integration: Mapping[str, Any]) -> Iterator[None]:
    """Call HTTP servers as an integration says: `tlsConfig.insecureSkipVerification`.

    Raises: IntegrationFailureError, 504, for a server that cannot be reached; LocalStack says 500.
    """
    skip = (integration.get("tlsConfig") or {}).get("insecureSkipVerification")
    token = _verify.set(str(skip).lower() != "true")
    try:
        yield
    except IntegrationFailureError as error:
        if error.message == UNREACHABLE:
            error.status_code = 504
        raise
    finally:
        _verify.reset(token)


def request(*, url: str, headers: Any, **parameters: Any) -> requests.Response:
    """`requests.request`, for an integration. Raises: what that raises."""
    return requests.request(url=url, headers=headers, allow_redirects=False, verify=_verify.get(), **parameters)


OF_INTEGRATIONS = SimpleNamespace(request=request, exceptions=requests.exceptions)
"""What takes the place of `requests` in LocalStack's integrations, which use these two."""
