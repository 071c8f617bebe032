"""Contexts for requests that go around LocalStack's request chain."""

from __future__ import annotations

from types import SimpleNamespace

from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.aws.api import RequestContext
from localstack.http import Request

from . import callers


def make_context(request: Request, service: str, operation: str, region: str) -> RequestContext:
    """The context LocalStack would have made of the request, had it been one to the API of `service` ("lambda")."""
    made = RequestContext(request)
    made.region = region
    made.account_id = get_account_id_from_access_key_id(callers.key_in(request))
    made.service = SimpleNamespace(service_name=service)
    made.operation = SimpleNamespace(name=operation)
    made.service_request = {}
    return made
