"""Events of WebSocket APIs, for functions and for authorizers of $connect.

Shapes as recorded: github.com/aws/aws-lambda-java-libs/issues/71 (MESSAGE),
github.com/aws/aws-lambda-runtime-interface-emulator/issues/25 (CONNECT, DISCONNECT); names from API Gateway Developer
Guide, "WebSocket API mapping template reference" (2026-11).
"""

from __future__ import annotations

import base64
import secrets
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from .apis import Fields
from .http_calls import HOP_BY_HOP, new_request_id
from .proxy_events import grouped
from .websocket_connections import Connection

Event = dict[str, Any]


def connect(connection: Connection, stage: Fields) -> Event:
    """The event of $connect."""
    request = connection.request
    trace = f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)}"
    forwarded = [("X-Forwarded-For", connection.source_ip), ("X-Forwarded-Port", "443"), ("X-Forwarded-Proto", "https")]
    own = [(name, value) for name, value in request.headers if name.lower() not in HOP_BY_HOP]
    headers = [*own, ("X-Amzn-Trace-Id", trace), *forwarded]
    query = parse_qsl(request.query_string.decode("latin-1"), keep_blank_values=True)
    event: Event = {"headers": dict(headers), "multiValueHeaders": grouped(headers)}
    if query:
        event |= {"queryStringParameters": dict(query), "multiValueQueryStringParameters": grouped(query)}
    return event | rest(connection, stage, "CONNECT", "$connect")


def message(connection: Connection, stage: Fields, route_key: str, data: str | bytes) -> Event:
    """The event of a message."""
    text = data if isinstance(data, str) else base64.b64encode(data).decode()
    event = rest(connection, stage, "MESSAGE", route_key)
    event["requestContext"]["messageId"] = new_request_id()
    return event | {"body": text, "isBase64Encoded": isinstance(data, bytes)}


def disconnect(connection: Connection, stage: Fields, code: int, reason: str) -> Event:
    """The event of $disconnect."""
    headers = {"Host": connection.host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": ""}
    event = rest(connection, stage, "DISCONNECT", "$disconnect")
    event["requestContext"] |= {"disconnectStatusCode": code, "disconnectReason": reason}
    several = {name: [value] for name, value in headers.items()}
    return {"headers": headers, "multiValueHeaders": several, **event}


def rest(connection: Connection, stage: Fields, kind: str, route_key: str) -> Event:
    """What every event has."""
    now, request_id = time.time(), new_request_id()
    context: Event = {
        "routeKey": route_key,
        "eventType": kind,
        "extendedRequestId": request_id,
        "requestTime": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "messageDirection": "IN",
        "stage": connection.stage_name,
        "connectedAt": connection.connected_at,
        "requestTimeEpoch": int(now * 1000),
        "identity": {
            **({"userAgent": connection.user_agent} if connection.user_agent else {}),
            "sourceIp": connection.source_ip,
        },
        "requestId": request_id,
        "domainName": connection.host,
        "connectionId": connection.id,
        "apiId": connection.api.id,
    }
    if connection.authorizer:
        context["authorizer"] = connection.authorizer
    event: Event = {"requestContext": context, "isBase64Encoded": False}
    if stage["StageVariables"]:
        event["stageVariables"] = stage["StageVariables"]
    return event
