"""The server's side of a WebSocket connection (RFC 6455), by wsproto; rolo's interface for who handles it.

A handler asks with `receive`, in a thread of its own, for whole messages, and may send from any.

Neither side can fill the engine's memory: of a client whose messages are not taken as fast as they come no more is
read, and who sends to one that does not read waits, for a while.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from queue import Empty, Queue
from typing import Any

from rolo.websocket import WebSocketDisconnectedError, WebSocketRequest, adapter
from werkzeug.datastructures import Headers
from wsproto import ConnectionType, WSConnection, events
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

from .exchange import Exchange
from .serving import Serving

MOST_BYTES = 128 * 1024  # of a message (API Gateway Developer Guide, "Quotas for … a WebSocket API", 2026-11)
MOST_WAITING = 4  # messages, but for what has been read already
UNREAD_SECONDS = 10.0  # that a client may leave what is sent to it
PROTOCOL_ERROR, TOO_BIG, ABNORMAL = 1002, 1009, 1006


class WebSocket(adapter.WebSocketAdapter):
    """A connection after the request to upgrade it. `code` and `reason` say how it ended.

    `begin`, `received` and `lost` are for the connection, in the loop's thread; all others for any thread.
    """

    def __init__(
        self, serving: Serving, transport: asyncio.Transport, writable: threading.Event, exchange: Exchange
    ) -> None:
        self.serving = serving
        self.transport = transport
        self.writable = writable
        self.exchange = exchange
        self.wsproto = WSConnection(ConnectionType.SERVER)
        self.events: Queue[events.Event] = Queue()
        self.accepted, self.ended = False, False
        self.code, self.reason = ABNORMAL, ""
        self.parts: list[Any] = []
        self.size = 0
        self.is_paused = False

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self.ended or self.transport.is_closing()

    # -- the connection's side --

    def begin(self) -> None:
        """Take the request to upgrade, and have LocalStack's gateway handle it in a thread."""
        head = self.exchange.head
        try:
            self.wsproto.initiate_upgrade_connection(head.headers, head.target.decode())
        except RemoteProtocolError:
            self._answer(400, [], b"")
            return
        for event in self.wsproto.events():
            self.events.put(event)
        self.serving.workers.submit(self._handle)

    def _handle(self) -> None:
        environ = self.exchange.environ | {"REQUEST_METHOD": "WEBSOCKET", "rolo.websocket": self}
        try:
            WebSocketRequest.listener(self.serving.gateway.accept)(environ)
        finally:
            self.close(1011 if self.accepted else 1000)

    def received(self, data: bytes) -> None:
        """Take what has arrived."""
        if self.ended:
            return
        try:
            self.wsproto.receive_data(data)
            for event in self.wsproto.events():
                self._take(event)
        except RemoteProtocolError as error:
            self._finish(PROTOCOL_ERROR, str(error), events.CloseConnection(PROTOCOL_ERROR))
        if not self.ended and self.events.qsize() > MOST_WAITING:
            self.is_paused = True
            self.transport.pause_reading()
            self._read_on()  # they may have been taken in between

    def lost(self) -> None:
        """The connection has ended."""
        if not self.ended:
            self.ended = True
            self.events.put(events.CloseConnection(self.code, self.reason))

    def _read_on(self) -> None:
        if self.is_paused and not self.closed and self.events.qsize() <= MOST_WAITING:
            self.is_paused = False
            self.transport.resume_reading()

    def _take(self, event: events.Event) -> None:
        if isinstance(event, events.Ping):
            if self.writable.is_set():  # a client that does not read needs none
                self._send(event.response())
        elif isinstance(event, events.CloseConnection):
            self._finish(event.code or 1005, event.reason or "", event.response())
        elif isinstance(event, events.Message):
            if event.data or not self.parts:
                self.parts.append(event.data)
            self.size += len(event.data)
            if self.size > MOST_BYTES:
                self._finish(TOO_BIG, "Message too big", events.CloseConnection(TOO_BIG, "Message too big"))
            elif event.message_finished:
                whole = type(self.parts[0])().join(self.parts)
                self.parts, self.size = [], 0
                self.events.put(type(event)(data=whole))

    def _send(self, event: events.Event) -> None:
        if self.closed:
            return
        try:
            self.transport.write(self.wsproto.send(event))
        except LocalProtocolError:  # the client has closed in between
            pass

    def _finish(self, code: int, reason: str, answer: events.Event) -> None:
        """Say goodbye and let who reads know."""
        if not self.ended:
            self._send(answer)
            self.code, self.reason, self.ended = code, reason, True
            self.transport.close()
            self.events.put(events.CloseConnection(code, reason))

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """An HTTP response instead of a WebSocket; the connection ends with it."""
        self.ended, self.exchange.keep = True, False
        self.exchange.client.ended(self.exchange.whole(status, headers, body), False)

    # -- the handler's side: rolo's interface --

    def accept(
        self,
        subprotocol: str | None = None,
        extensions: list[str] | None = None,
        extra_headers: Headers | None = None,
        timeout: float | None = None,
    ) -> None:
        """Complete the handshake."""
        self.accepted = True
        headers = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in (extra_headers or Headers()).to_wsgi_list()]
        self._soon(self._send, events.AcceptConnection(subprotocol, extensions=[], extra_headers=headers))

    def reject(
        self,
        status_code: int,
        headers: Headers | None = None,
        body: Iterable[bytes] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Refuse the handshake."""
        self._soon(self._answer, status_code, (headers or Headers()).to_wsgi_list(), b"".join(body or ()))

    def receive(self, timeout: float | None = None) -> adapter.CreateConnection | adapter.Message:
        """The next message. Raises: TimeoutError, WebSocketDisconnectedError."""
        try:
            event = self.events.get(timeout=timeout)
        except Empty:
            raise TimeoutError(f"No message came for {timeout} s.") from None
        if self.is_paused:
            self._soon(self._read_on)
        match event:
            case events.Request():
                return adapter.CreateConnection()
            case events.BytesMessage():
                return adapter.BytesMessage(event.data)
            case events.TextMessage():
                return adapter.TextMessage(event.data)
        raise WebSocketDisconnectedError(getattr(event, "code", ABNORMAL))

    def send(self, event: adapter.Message, timeout: float | None = None) -> None:
        """Send a message. Who does not read for `UNREAD_SECONDS` is cut off."""
        kind = events.TextMessage if isinstance(event, adapter.TextMessage) else events.BytesMessage
        if self.writable.wait(UNREAD_SECONDS):
            self._soon(self._send, kind(event.data))
        else:
            self._soon(self.transport.abort)

    def close(self, code: int = 1001, reason: str | None = None, timeout: float | None = None) -> None:
        """End the connection."""
        self._soon(self._finish, code, reason or "", events.CloseConnection(code, reason))

    def _soon(self, function: Any, *arguments: Any) -> None:
        self.serving.loop.call_soon_threadsafe(function, *arguments)
