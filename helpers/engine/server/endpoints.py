"""LocalStack's own endpoints, less those that act; and nothing is downloaded at run time.

`POST /_localstack/health` ended or restarted LocalStack 4.9.2 for whoever asked. Below `/_localstack/` what only tells
stays; everything else is not there, whatever LocalStack adds. What it would install when it is first needed (a search
engine, a stream server, speech models) is refused where it is needed: see also `dynamodb`, which is why that works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from localstack.aws import handlers
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Request, Response, Router
from localstack.packages.api import PackageInstaller
from localstack.services import internal
from localstack.services.edge import ROUTER
from localstack.services.lambda_.custom_endpoints import LambdaCustomEndpoints

# What tells: the state of services, versions, plugins, start-up scripts.
TELLING = {
    internal.HealthResource.on_get,
    internal.HealthResource.on_head,
    internal.InfoResource.on_get,
    internal.PluginsResource.on_get,
    internal.InitScriptsResource.on_get,
    internal.InitScriptsStageResource.on_get,
}
# Answers with a program for containers, which it downloads.
DOWNLOADING = {LambdaCustomEndpoints.init}

# Operations that begin with a download in the background, and would answer that all is well.
WITHOUT_ENGINE = {
    ("opensearch", "CreateDomain"),
    ("es", "CreateElasticsearchDomain"),
    ("transcribe", "StartTranscriptionJob"),
}


def install() -> None:
    """Look at every endpoint before it is served, and refuse every installation."""
    guard(internal.get_internal_apis(), lambda function: function in TELLING)
    guard(ROUTER, lambda function: function not in DOWNLOADING)
    PackageInstaller.install = refuse_installation
    handlers.serve_custom_service_request_handlers.append(check)


def guard(router: Router, is_served: Any) -> None:
    """Serve of `router` what `is_served` says of an endpoint's function; the rest answers as if it were not there.

    Here a route has been matched already, so no spelling of its path gets around it.
    """
    serve = router.dispatcher

    def dispatch(request: Request, endpoint: Any, arguments: Mapping[str, Any]) -> Response:
        if is_served(getattr(endpoint, "__func__", endpoint)):
            return serve(request, endpoint, arguments)
        return Response.for_json({"message": "This endpoint of LocalStack is not part of the engine."}, status=404)

    router.dispatcher = dispatch


def refuse_installation(self: PackageInstaller, target: object = None) -> NoReturn:
    """`PackageInstaller.install`: nothing is installed, so it is never there already."""
    raise NotImplementedError(f"{self.name} is not part of this engine, and nothing is downloaded: this does not work.")


def check(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of LocalStack's request chain: refuse what would wait for a download that never comes."""
    if context.service and (context.service.service_name, context.operation.name) in WITHOUT_ENGINE:
        raise CommonServiceException(
            "InternalFailure",
            f"{context.operation.name} needs a program that is not part of this engine, and nothing is downloaded.",
            501,
        )
