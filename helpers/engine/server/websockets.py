"""The server's side of a WebSocket connection (RFC 6455).

rolo 0.7 answers a client's Close frame with an HTTP response, forgets its code and reason, takes each part of a message
for a message, and writes from any thread, which Twisted does not allow.

Neither side can fill the engine's memory: of a client whose messages are not taken as fast as they come no more is
read, and who sends to one that does not read waits, for a while.
"""

from __future__ import annotations

import threading
from queue import Queue
from typing import Any

from rolo.serving.twisted import WebSocketChannel
from twisted.internet import reactor
from twisted.python.threadable import isInIOThread
from wsproto import events
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

MOST_BYTES = 128 * 1024  # of a message (API Gateway Developer Guide, "Quotas for … a WebSocket API", 2026-11)
MOST_WAITING = 4  # messages, but for what has been read already
UNREAD_SECONDS = 10.0  # that a client may leave what is sent to it
PROTOCOL_ERROR, TOO_BIG, ABNORMAL = 1002, 1009, 1006


class Waiting(Queue[Any]):
    """What a client has sent and nobody has taken yet."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self.channel = channel

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """Take the next."""
        taken = super().get(block, timeout)
        if self.channel.is_paused:
            reactor.callFromThread(self.channel.read_on)
        return taken


class Channel(WebSocketChannel):
    """Replace `WebSocketChannel`. `code` and `reason` say how the connection ended."""

    def __init__(self, request: Any) -> None:
        super().__init__(request)
        self.accepted, self.ended = False, False
        self.code, self.reason = ABNORMAL, ""
        self.parts: list[Any] = []
        self.size = 0
        self.is_paused = False
        self.eventQueue = Waiting(self)
        self.sent = threading.Event()  # cleared while Twisted keeps what the client does not read
        self.sent.set()

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self.ended or bool(self.request.finished)

    def dataReceived(self, data: bytes) -> None:
        """Take what has arrived; runs in Twisted's thread."""
        try:
            self.wsproto.receive_data(data)
            for event in self.wsproto.events():
                self.received(event)
        except RemoteProtocolError as error:
            self.finish(PROTOCOL_ERROR, str(error), answer=events.CloseConnection(PROTOCOL_ERROR))
        if not self.ended and self.eventQueue.qsize() > MOST_WAITING:
            self.is_paused = True
            self.request.transport.pauseProducing()
            self.read_on()  # they may have been taken in between

    def read_on(self) -> None:
        """Read again, if what has been read is taken; in Twisted's thread."""
        if self.is_paused and not self.closed and self.eventQueue.qsize() <= MOST_WAITING:
            self.is_paused = False
            self.request.transport.resumeProducing()

    def pauseProducing(self) -> None:
        """Twisted has enough to send."""
        self.sent.clear()

    def resumeProducing(self) -> None:
        """It has sent it."""
        self.sent.set()

    def stopProducing(self) -> None:
        """Nothing is sent any more."""
        self.sent.set()

    def received(self, event: events.Event) -> None:
        """Take one event."""
        if isinstance(event, events.Ping):
            if self.sent.is_set():  # a client that does not read needs none
                self.wsSend(event.response())
        elif isinstance(event, events.CloseConnection):
            self.finish(event.code or 1005, event.reason or "", answer=event.response())
        elif isinstance(event, events.Message):
            if event.data or not self.parts:
                self.parts.append(event.data)
            self.size += len(event.data)
            if self.size > MOST_BYTES:
                self.finish(TOO_BIG, "Message too big", answer=events.CloseConnection(TOO_BIG, "Message too big"))
            elif event.message_finished:
                whole = type(self.parts[0])().join(self.parts)
                self.parts, self.size = [], 0
                self.eventQueue.put_nowait(type(event)(data=whole))

    def wsSend(self, event: events.Event) -> None:
        """Send an event, from any thread. Who does not read for `UNREAD_SECONDS` is cut off."""
        if not isInIOThread():
            unread = not self.sent.wait(UNREAD_SECONDS)
            if unread:
                reactor.callFromThread(self.request.transport.abortConnection)
                return
            reactor.callFromThread(self.wsSend, event)
            return
        if self.closed:
            return
        if isinstance(event, events.AcceptConnection):
            self.accepted = True
            self.request.channel.registerProducer(self, True)
        try:
            self.request.transport.write(self.wsproto.send(event))
        except LocalProtocolError:  # the client has closed in between
            pass

    def wsReject(self, statusCode: int, extraHeaders: Any, body: Any = None) -> None:  # noqa: N803 (rolo's names)
        """Refuse the handshake, from any thread."""
        if isInIOThread():
            super().wsReject(statusCode, extraHeaders, body)
        else:
            reactor.callFromThread(self.wsReject, statusCode, extraHeaders, body)

    def wsClose(self, code: int = 1000, reason: str | None = None) -> None:
        """End the connection, from any thread."""
        if not isInIOThread():
            reactor.callFromThread(self.wsClose, code, reason)
            return
        self.finish(code, reason or "", answer=events.CloseConnection(code, reason))

    def finish(self, code: int, reason: str, answer: events.Event) -> None:
        """Say goodbye and let who reads know."""
        if not self.ended:
            self.wsSend(answer)
            self.code, self.reason, self.ended = code, reason, True
            self.request.transport.loseConnection()
            self.eventQueue.put_nowait(events.CloseConnection(code, reason))

    def close(self) -> None:
        """The connection is lost, or the handshake was refused: that is an HTTP response."""
        if not self.accepted:
            super().close()
        elif not self.ended:
            self.ended = True
            self.eventQueue.put_nowait(events.CloseConnection(self.code, self.reason))
