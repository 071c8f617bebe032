"""Endpoints that are not AWS's API: LocalStack's own, ours, and those of published functions and APIs.

Who is served is decided by the endpoint that a request has matched, never by what its path looks like:

| endpoint | for |
|---|---|
| of API Gateway, of function URLs | everybody, web pages of other origins included |
| queue URLs, S3 websites, the certificate of SNS | everybody else: they authorize, or are public on AWS |
| `GET /_localstack/health`, `GET /_lab/health` | everybody else |
| what else only tells (`/_localstack/…`), and `/_lab/…`, `/_aws/…` | who proves to know the engine's secret |
| all others of `/_localstack/…`, and what answers with a download | nobody: they are not there |

`POST /_localstack/health` ended or restarted LocalStack 4.9.2 for whoever asked. What LocalStack would install when it
is first needed (a search engine, a stream server, speech models) is refused: nothing is downloaded at run time. See
also `dynamodb`, which is why that works.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from typing import Any, NoReturn

from localstack.http import Request, Response
from localstack.packages.api import PackageInstaller
from localstack.services import internal
from localstack.services.lambda_.custom_endpoints import LambdaCustomEndpoints

from helpers.backend import credentials

from ..iam import access_keys
from . import browsers, not_here

Dispatcher = Callable[[Request, Any, Any], Response]

PUBLISHED = frozenset({"ApiEndpoint", "ApiGatewayEndpoint", "FunctionUrlRouter"})
OPEN = frozenset(
    {
        "S3WebsiteHostingHandler",
        "HealthResource.on_get",
        "HealthResource.on_head",
        "Status.health",
        "CustomResourceResponses",  # whoever knows the secret in the path
        "SnsProvider.get_signature_cert_pem_file",
        *(f"{way}_handler" for way in ("standard_strategy", "path_strategy", "domain_strategy", "legacy")),
    }
)
# What tells: the state of services, versions, plugins, start-up scripts.
TELLING = frozenset(
    {
        internal.HealthResource.on_get,
        internal.HealthResource.on_head,
        internal.InfoResource.on_get,
        internal.PluginsResource.on_get,
        internal.InitScriptsResource.on_get,
        internal.InitScriptsStageResource.on_get,
    }
)
# Answers with a program for containers, which it downloads.
DOWNLOADING = frozenset({LambdaCustomEndpoints.init})


def undeprecated(endpoint: Any, *_: Any, **__: Any) -> Any:
    """Replace `deprecated_endpoint`, whose wrapper hides the endpoint and warns of a path that labs use."""
    return endpoint


def dispatch_internal(original: Dispatcher, request: Request, endpoint: Any, request_args: Any) -> Response:
    """Wrap the dispatcher of LocalStack's internal router: serve only what reports, to who may see it."""
    if _function(endpoint) not in TELLING:
        return not_there()
    return dispatch_permitted(original, request, endpoint, request_args)


def dispatch(original: Dispatcher, request: Request, endpoint: Any, request_args: Any) -> Response:
    """Wrap the dispatcher of the router of services' endpoints and ours: serve only who may."""
    if _function(endpoint) in DOWNLOADING:
        return not_there()
    return dispatch_permitted(original, request, endpoint, request_args)


def dispatch_permitted(original: Dispatcher, request: Request, endpoint: Any, request_args: Any) -> Response:
    """Serve a matched endpoint to permitted callers, by the table above."""
    owner, name = names(endpoint)
    if owner not in PUBLISHED:
        if browsers.is_foreign(request.headers):
            return refusal(browsers.REFUSAL)
        if not {owner, name} & OPEN and not has_secret(request):
            return refusal("This address is for the engine's owner: see 'python -m helpers status'.")
    response = original(request, endpoint, request_args)
    response.headers.pop("Service-Worker-Allowed", None)  # a published page is not all of this origin
    return response


def _function(endpoint: Any) -> Any:
    return getattr(endpoint, "__func__", endpoint)


def names(endpoint: Any) -> tuple[str, str]:
    """Return the class of an endpoint ("" for a function) and its own name, as in ("Status", "Status.health")."""
    function = inspect.unwrap(endpoint)
    if instance := getattr(endpoint, "__self__", None):
        owner = type(instance).__name__
        return owner, f"{owner}.{function.__name__}"
    if inspect.isfunction(function):
        return "", function.__name__
    return type(endpoint).__name__, ""


def has_secret(request: Request) -> bool:
    """Return whether the request proves knowledge of the engine's secret."""
    scheme, _, said = request.headers.get("Authorization", "").partition(" ")
    path = request.environ.get("RAW_URI", "").partition("?")[0]
    return scheme == "Lab" and credentials.is_proof(
        said, access_keys.engine_secret(), request.method, path, time.time()
    )


def refusal(message: str) -> Response:
    """Return a 403 with a reason."""
    return Response.for_json({"message": message}, status=403)


def not_there() -> Response:
    """Return a 404 for an endpoint that this engine leaves out."""
    return Response.for_json({"message": "This endpoint of LocalStack is not part of the engine."}, status=404)


def refuse_installation(self: PackageInstaller, target: Any = None) -> NoReturn:
    """Replace `PackageInstaller.install`: nothing is downloaded."""
    sentence = f"{self.name} is not part of this engine, and nothing is downloaded: this does not work."
    raise not_here.NotHereError(sentence)
