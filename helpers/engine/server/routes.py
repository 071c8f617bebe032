"""Addresses that are not AWS's API: LocalStack's own, ours, and those that functions and APIs are published at.

Whoever is let in is decided by the endpoint that a request has matched, never by what its path looks like:

| endpoint | for |
|---|---|
| of API Gateway, of function URLs | everybody, web pages of other origins included |
| queue URLs, S3 websites, the certificate of SNS | everybody else: they authorize, or are public on AWS |
| `GET /_localstack/health`, `GET /_lab/health` | everybody else |
| all others (`/_localstack/…`, `/_lab/…`, `/_aws/…`) | who proves to know the engine's secret (`backend.credentials`) |
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from typing import Any

from localstack import deprecations
from localstack.aws import handlers
from localstack.http import Request, Response
from localstack.services.edge import ROUTER

from helpers.backend import credentials

from ..iam import access_keys
from . import browsers

Dispatcher = Callable[[Request, Any, Any], Response]

PUBLISHED = frozenset({"ApiGatewayEndpoint", "FunctionUrlRouter"})
OPEN = frozenset(
    {
        "S3WebsiteHostingHandler",
        "HealthResource.on_get",
        "HealthResource.on_head",
        "Status.health",
        "SnsProvider.get_signature_cert_pem_file",
        *(f"{way}_handler" for way in ("standard_strategy", "path_strategy", "domain_strategy", "legacy")),
    }
)


def install() -> None:
    """Stand before both of LocalStack's routers."""
    # Its wrapper hides the endpoint, and warns at each call of a path that labs use. API Gateway takes it from here.
    deprecations.deprecated_endpoint = lambda endpoint, **_: endpoint
    for routes in (ROUTER, handlers.serve_localstack_resources.resources):
        routes.dispatcher = guard(routes.dispatcher)


def guard(dispatch: Dispatcher) -> Dispatcher:
    """A router's dispatcher, for those who may."""

    def guarded(request: Request, endpoint: Any, arguments: Any) -> Response:
        owner, name = names(endpoint)
        if owner not in PUBLISHED:
            if browsers.is_foreign(request.headers):
                return refusal(browsers.REFUSAL)
            if not {owner, name} & OPEN and not has_secret(request):
                return refusal("This address is for the engine's owner: see 'python -m helpers status'.")
        response = dispatch(request, endpoint, arguments)
        response.headers.pop("Service-Worker-Allowed", None)  # a published page is not all of this origin
        return response

    return guarded


def names(endpoint: Any) -> tuple[str, str]:
    """The class of an endpoint, "" for a function, and its own name, as in ("Status", "Status.health")."""
    function = inspect.unwrap(endpoint)
    if instance := getattr(endpoint, "__self__", None):
        owner = type(instance).__name__
        return owner, f"{owner}.{function.__name__}"
    if inspect.isfunction(function):
        return "", function.__name__
    return type(endpoint).__name__, ""


def has_secret(request: Request) -> bool:
    """Whether the request proves that its sender knows the engine's secret."""
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    path = request.environ.get("RAW_URI", "").partition("?")[0]
    return scheme == "Lab" and credentials.is_proof(
        said, access_keys.engine_secret(), request.method, path, time.time()
    )


def refusal(message: str) -> Response:
    """A 403 that says why."""
    return Response.for_json({"message": message}, status=403)
