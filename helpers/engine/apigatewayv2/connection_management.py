"""The API of a WebSocket API's own connections, boto3's `apigatewaymanagementapi`: post to one, look at it, end it.

It is below each stage's address, `…/{stage}/@connections/{id}`, as on AWS; and, because functions here have one address
for every service, at `/@connections/{id}`. Who calls needs `execute-api:ManageConnections` on
`{api}/{stage}/{METHOD}/@connections/{id}` ("Control access to WebSocket APIs with IAM authorization"). A connection
that is not open is 410, GoneException (API reference, "@connections"; 2026-11).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.http import Request

from . import iam_authorization, websocket_connections
from .apis import Fields
from .errors import ApiError
from .websocket_connections import Connection

MOST_BYTES = 128 * 1024


def find(request: Request, connection_id: str, api_id: str = "", stage: str = "") -> Connection:
    """An open connection, for who may. Raises: GoneException, ForbiddenException."""
    connection = websocket_connections.find(connection_id)
    if connection is None or (api_id and (connection.api.id, connection.stage_name) != (api_id, stage)):
        raise CommonServiceException("GoneException", "", 410, True)
    api, name = connection.api, connection.stage_name
    arn = api.execute_arn(f"{name}/{request.method}/@connections/{connection_id}")
    try:
        iam_authorization.authorize(api, request, "ManageConnections", arn)
    except ApiError:
        raise CommonServiceException("ForbiddenException", "Forbidden", 403, True) from None
    return connection


def post(connection: Connection, data: bytes) -> None:
    """PostToConnection. Raises: PayloadTooLargeException."""
    if len(data) > MOST_BYTES:
        raise CommonServiceException("PayloadTooLargeException", "Message too long", 413, True)
    connection.send(data)


def described(connection: Connection) -> Fields:
    """GetConnection."""
    identity = {"SourceIp": connection.source_ip, "UserAgent": connection.user_agent}
    moments = {"ConnectedAt": connection.connected_at, "LastActiveAt": connection.last_active_at}
    return {name: datetime.fromtimestamp(moment / 1000, UTC) for name, moment in moments.items()} | {
        "Identity": identity
    }


def _post(context: RequestContext, request: Any) -> None:
    data = request.get("Data") or b""
    connection = find(context.request, request["ConnectionId"])
    post(connection, data if isinstance(data, bytes) else data.read())


def _get(context: RequestContext, request: Any) -> Fields:
    return described(find(context.request, request["ConnectionId"]))


def _delete(context: RequestContext, request: Any) -> None:
    find(context.request, request["ConnectionId"]).close()


OPERATIONS: dict[str, Callable[[RequestContext, Any], Fields | None]] = {
    "PostToConnection": _post,
    "GetConnection": _get,
    "DeleteConnection": _delete,
}
