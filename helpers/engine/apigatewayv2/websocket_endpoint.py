"""A connection to a WebSocket API, from its handshake to its end.

`$connect` decides on the handshake: a status other than 2xx is the client's answer. Each message goes to the route that
`RouteSelectionExpression` names, to `$default` without one; what its function returns goes back only if the route has a
route response. `$disconnect` is called when it is over. Errors are messages (API Gateway Developer Guide, "Create
WebSocket APIs", 2026-11): {"message": "Forbidden" or "Internal server error", "connectionId": …, "requestId": …}.
"""

from __future__ import annotations

import json
import logging
import time
from typing import Any

from localstack.http import Response
from localstack.http.websocket import WebSocketDisconnectedError, WebSocketRequest
from werkzeug.datastructures import Headers

from . import apis, functions, http_calls, websocket_authorization, websocket_connections, websocket_events
from .apis import Api, Fields, Snapshot
from .errors import ApiError
from .http_endpoint import failure, made
from .parameter_mapping import in_body
from .websocket_connections import Connection

LOG = logging.getLogger(__name__)
LIFECYCLE = ("$connect", "$disconnect")
SUBPROTOCOL = "sec-websocket-protocol"


def serve(api: Api, request: WebSocketRequest) -> Response:
    """Serve a connection until it ends; a Response with another status than 101 refuses it."""
    _, (_, name, *_), host, _ = http_calls.read(api, request)
    stage = api.stage(name)
    snapshot = api.deployed(stage) if stage else None
    if stage is None or snapshot is None or snapshot.fields["DisableExecuteApiEndpoint"]:
        return made(failure(ApiError(403, "Forbidden")), "")
    if websocket_connections.is_full():
        return made(failure(ApiError(429, "Too Many Requests")), "")
    agent = request.headers.get("User-Agent", "")
    connection = Connection(api, name, request, host, request.remote_addr or "127.0.0.1", agent)
    try:
        subprotocol = handshake(connection, snapshot, stage)
    except ApiError as error:
        return made(failure(error), connection.id)
    request.accept(subprotocol=subprotocol, headers=Headers({"x-amzn-requestid": connection.id}))
    websocket_connections.add(connection)
    try:
        talk(connection)
    finally:
        websocket_connections.remove(connection)
        connection.close(1011, "Internal server error")  # if nobody has: nobody reads it any more
        end(connection)
    return Response(status=101)


def handshake(connection: Connection, snapshot: Snapshot, stage: Fields) -> str | None:
    """Ask $connect; return the subprotocol that it chooses, if any. Raises: ApiError."""
    route = find_route(snapshot, "$connect")
    if route is None:
        return None
    event = websocket_events.connect(connection, stage)
    websocket_authorization.authorize(connection, snapshot, stage, route, event)
    if connection.authorizer:
        event["requestContext"]["authorizer"] = connection.authorizer
    returned = call(connection, snapshot, stage, route, event)
    status = returned.get("statusCode", 200)
    if not str(status).isdigit() or not 200 <= int(status) < 300:
        raise ApiError(int(status) if str(status).isdigit() else 502, str(returned.get("body") or "Forbidden"))
    given = {str(key).lower(): str(value) for key, value in (returned.get("headers") or {}).items()}
    offered = [each.strip() for each in connection.request.headers.get(SUBPROTOCOL, "").split(",")]
    chosen = given.get(SUBPROTOCOL)
    return chosen if chosen in offered else None


def talk(connection: Connection) -> None:
    """Take messages until the connection ends."""
    deadline = time.monotonic() + websocket_connections.SECONDS
    while True:
        try:
            left = deadline - time.monotonic()
            data = connection.request.socket.receive(min(websocket_connections.IDLE_SECONDS, max(left, 0.001))).data
        except WebSocketDisconnectedError:
            return
        except TimeoutError:
            idle = (websocket_connections.milliseconds() - connection.last_active_at) / 1000
            if left <= websocket_connections.IDLE_SECONDS or idle >= websocket_connections.IDLE_SECONDS:
                connection.close(1001, "Going away")
                return
            continue
        connection.last_active_at = websocket_connections.milliseconds()
        try:
            answer(connection, data)
        except Exception:  # a fault of ours must not end the connection
            LOG.exception("A message to the WebSocket API %s failed", connection.api.id)


def answer(connection: Connection, data: str | bytes) -> None:
    """Hand a message to its route, and send back what there is to send."""
    stage = connection.api.stage(connection.stage_name)
    snapshot = connection.api.deployed(stage) if stage else None
    if stage is None or snapshot is None:
        connection.close(1001, "Going away")
        return
    route = select_route(snapshot, data)
    event = websocket_events.message(connection, stage, route["RouteKey"] if route else "", data)
    if route is None:
        connection.send(complaint(connection, event, "Forbidden"))
        return
    try:
        returned = call(connection, snapshot, stage, route, event)
    except ApiError:
        connection.send(complaint(connection, event, "Internal server error"))
        return
    responds = any(key[0] == route["RouteId"] for key in snapshot.resources.get("RouteResponse", {}))
    if route.get("RouteResponseSelectionExpression") and responds and isinstance(body := returned.get("body"), str):
        connection.send(body)


def select_route(snapshot: Snapshot, data: str | bytes) -> Fields | None:
    """The route of a message: the expression's, or $default."""
    expression = snapshot.fields["RouteSelectionExpression"].strip("${}")
    raw = data.encode() if isinstance(data, str) else data
    key = in_body(raw, expression.removeprefix("request.body."))
    return (find_route(snapshot, key) if key and key not in LIFECYCLE else None) or find_route(snapshot, "$default")


def find_route(snapshot: Snapshot, key: str) -> Fields | None:
    """The route of a key."""
    return next((route for route in snapshot.all("Route") if route["RouteKey"] == key), None)


def call(
    connection: Connection, snapshot: Snapshot, stage: Fields, route: Fields, event: dict[str, Any]
) -> dict[str, Any]:
    """What the route's function returns; {} for a route without an integration. Raises: ApiError."""
    if not route.get("Target"):
        return {}
    integration = snapshot.get("Integration", route["Target"].partition("/")[2])
    if integration is None:
        raise ApiError(500, "Internal server error")
    arn = functions.function_arn(integration["IntegrationUri"], stage["StageVariables"])
    source = connection.api.execute_arn(f"{connection.stage_name}/{route['RouteKey']}")
    seconds = integration["TimeoutInMillis"] / 1000
    try:
        payload = functions.invoke(arn, integration.get("CredentialsArn"), source, event, seconds)
    except functions.FunctionError as error:
        LOG.info("The WebSocket API %s: %s", connection.api.id, error)
        raise ApiError(502 if error.called else 500, "Internal server error") from error
    try:
        returned = json.loads(payload or b"null")
    except ValueError:
        returned = None
    if not isinstance(returned, dict):
        raise ApiError(502, "Internal server error")
    return returned


def complaint(connection: Connection, event: dict[str, Any], message: str) -> str:
    """An error, as the client gets it."""
    request_id = event["requestContext"]["requestId"]
    return json.dumps({"message": message, "connectionId": connection.id, "requestId": request_id})


def end(connection: Connection) -> None:
    """Tell $disconnect, if it is there; nobody waits for what it says."""
    stage = connection.api.stage(connection.stage_name)
    snapshot = connection.api.deployed(stage) if stage and apis.find(connection.api.id) else None
    route = find_route(snapshot, "$disconnect") if snapshot else None
    if not (stage and snapshot and route):
        return
    socket = connection.request.socket
    event = websocket_events.disconnect(connection, stage, socket.code, socket.reason)
    try:
        call(connection, snapshot, stage, route, event)
    except ApiError:
        pass  # its log says more
