"""The services, as LocalStack loads them when they are first used."""

from __future__ import annotations

from functools import partial
from typing import Any

from botocore.model import OperationModel
from localstack.aws.api import RequestContext
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.http import Request, Response
from localstack.http.websocket import WebSocketRequest
from localstack.runtime.shutdown import SHUTDOWN_HANDLERS
from localstack.services.plugins import Service

from . import (
    addresses,
    apis,
    connection_management,
    http_endpoint,
    stage_connections,
    websocket_connections,
    websocket_endpoint,
)
from .errors import ApiError
from .operations import dispatch_table


class ApiEndpoint:
    """What answers requests to our APIs: `server.endpoints` knows it by this name, as one that is for everybody."""

    def __call__(self, request: Request | WebSocketRequest, api_id: str, **_: object) -> Response:
        """Answer a request, or serve a connection until it ends."""
        api, is_socket = apis.find(api_id), isinstance(request, WebSocketRequest)
        if api is None or (is_socket and api.is_http):
            return http_endpoint.made(http_endpoint.failure(ApiError(404, "Not Found")), "")
        if is_socket:
            return websocket_endpoint.serve(api, request)
        return http_endpoint.serve(api, request) if api.is_http else stage_connections.serve(api, request)


def apigatewayv2() -> Service:
    """The control plane; requests to what it makes are answered from now on."""
    addresses.serve_with(ApiEndpoint())
    SHUTDOWN_HANDLERS.register(websocket_connections.close_all)  # each holds a thread that would be waited for
    model = load_service("apigatewayv2")
    return Service("apigatewayv2", skeleton=Skeleton(model, dispatch_table(model)))


def apigatewaymanagementapi() -> Service:
    """The API of connections, at an address without an API in it."""
    model = load_service("apigatewaymanagementapi")
    table = {name: partial(_manage, model.operation_model(name)) for name in model.operation_names}
    return Service("apigatewaymanagementapi", skeleton=Skeleton(model, table))


def _manage(operation: OperationModel, context: RequestContext, request: Any) -> Any:
    return connection_management.OPERATIONS[operation.name](context, request)
