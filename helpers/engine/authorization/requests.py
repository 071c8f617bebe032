"""Requests that go around LocalStack's request chain, as that chain would have described them."""

from __future__ import annotations

from types import SimpleNamespace

from localstack.aws.api import RequestContext
from localstack.http import Request


def context(request: Request, service: str, operation: str, region: str) -> RequestContext:
    """What LocalStack would have made of the request, had it been one to the API of `service` ("lambda")."""
    made = RequestContext(request)
    made.region = region
    made.service = SimpleNamespace(service_name=service)
    made.operation = SimpleNamespace(name=operation)
    made.service_request = {}
    return made
