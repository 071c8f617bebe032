"""Open connections of WebSocket APIs, by their ids.

A connection ends after ten minutes without a message, and after two hours (API Gateway Developer Guide, "Quotas for
configuring and running a WebSocket API", 2026-11).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from localstack.http.websocket import WebSocketRequest
from rolo.websocket.adapter import BytesMessage, TextMessage

from .apis import Api
from .http_calls import new_request_id

IDLE_SECONDS = 10 * 60
SECONDS = 2 * 60 * 60
MOST = 500  # open ones: each takes a thread of the server's 1,000. AWS limits new ones instead, to 500 a second.


@dataclass(eq=False)
class Connection:
    """One connection. Moments are milliseconds since 1970; `authorizer` is what the authorizer of $connect has said."""

    api: Api
    stage_name: str
    request: WebSocketRequest
    host: str
    source_ip: str
    user_agent: str
    id: str = field(default_factory=new_request_id)
    connected_at: int = field(default_factory=lambda: milliseconds())
    last_active_at: int = field(default_factory=lambda: milliseconds())
    authorizer: dict[str, Any] = field(default_factory=dict)

    def send(self, data: str | bytes) -> None:
        """Send a message: text, if it can be."""
        if isinstance(data, bytes):
            try:
                data = data.decode()
            except UnicodeDecodeError:
                self.request.socket.send(BytesMessage(data))
                return
        self.request.socket.send(TextMessage(data))
        self.last_active_at = milliseconds()

    def close(self, code: int = 1000, reason: str = "") -> None:
        """End it."""
        self.request.socket.close(code, reason)


_open: dict[str, Connection] = {}


def add(connection: Connection) -> None:
    """Let a connection be found."""
    _open[connection.id] = connection


def is_full() -> bool:
    """Whether no more can be open."""
    return len(_open) >= MOST


def find(connection_id: str) -> Connection | None:
    """An open connection."""
    found = _open.get(connection_id)
    return None if found is None or found.request.socket.closed else found


def remove(connection: Connection) -> None:
    """Let it be found no more."""
    _open.pop(connection.id, None)


def close_all(api_id: str = "", stage: str = "") -> None:
    """End the connections of an API, of one of its stages, or all: there is nobody any more to answer them."""
    for connection in list(_open.values()):
        if api_id in ("", connection.api.id) and stage in ("", connection.stage_name):
            connection.close(1001, "Going away")


def milliseconds() -> int:
    """Now."""
    return int(time.time() * 1000)
