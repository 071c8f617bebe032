"""One connection: requests in, one at a time, and answers out.

Header names keep their spelling both ways: AWS's clients sign what they send, and functions see what was sent.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque

import httptools

from ..request_bodies import Body, TooLargeError
from .exchange import Exchange, Head, environ_of
from .heads import BAD_REQUEST, CONTINUE, MAX_HEAD_BYTES, is_acceptable, too_large
from .serving import Serving
from .websocket import WebSocket

QUICK_BYTES = 64 * 1024  # a larger one would hold the loop up
UNREAD_SECONDS = 60.0  # that a client may leave an answer unread, before its worker goes on with something else
LINGER_SECONDS = 5.0  # a refused client may go on sending for so long, or it would not read why it was refused


class Connection(asyncio.Protocol):
    """A client's connection. All methods run in the loop's thread, but for `write`."""

    transport: asyncio.Transport

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.loop = serving.loop
        self.waiting: deque[Exchange] = deque()  # requests that were sent before the answer to the one before them
        self.exchange: Exchange | None = None  # the one that is handled
        self.websocket: WebSocket | None = None
        self.writable = threading.Event()  # cleared while the client does not read
        self.writable.set()
        self.thread = threading.get_ident()  # the loop's
        self.heard = self.loop.time()
        self.refused = False  # nothing more is read of it
        self.is_half_closed = False  # it has said that it sends no more
        self.unsent = 0  # bytes that waited for it when it was last looked at
        self._new_parser()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being handled."""
        return self.exchange is not None and self.websocket is None

    # -- asyncio's side --

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """For asyncio: the connection is there."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.serving.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """For asyncio: it has ended."""
        self.serving.connections.discard(self)
        self.writable.set()
        self.waiting.clear()
        if self.websocket:
            self.websocket.lost()

    def pause_writing(self) -> None:
        """For asyncio: enough waits to be sent."""
        self.writable.clear()

    def resume_writing(self) -> None:
        """For asyncio: it is sent."""
        self.writable.set()
        self._next()

    def eof_received(self) -> bool:
        """For asyncio: the client sends no more; it may still read the answer. Of a WebSocket it is the end."""
        self.is_half_closed = True
        return not self.websocket and bool(self.exchange or self.waiting)

    def data_received(self, data: bytes) -> None:
        """For asyncio: parse what has arrived."""
        self.heard = self.loop.time()
        if self.refused:
            return
        if self.websocket:
            self.websocket.received(data)
            return
        try:
            self._feed(data)
        except httptools.HttpParserError:
            self._refuse_head()

    def _feed(self, data: bytes) -> None:
        while data:
            data = self._parse(data)
        if self.overhead > MAX_HEAD_BYTES:
            self._refuse_head()

    def _parse(self, data: bytes) -> bytes:
        """Parse; returns what comes after a request to upgrade to something that we do not speak: it stays HTTP."""
        self.overhead += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            rest = data[upgrade.args[0] :]
            self._new_parser()
            if self.websocket is None:
                return rest
            if rest:
                self.websocket.received(rest)
        return b""

    def _refuse_head(self) -> None:
        if not self.refused:
            self.refused = True
            if not self._is_answering:
                self.transport.write(BAD_REQUEST)
        self.transport.close()

    @property
    def _is_answering(self) -> bool:
        """Whether an answer is still to come: another one would be in its middle, or taken for it."""
        return bool(self.exchange or self.waiting)

    # -- httptools' side --

    def _new_parser(self) -> None:
        self.parser = httptools.HttpRequestParser(self)
        self._new_head()

    def _new_head(self) -> None:
        self.url = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.in_head = True
        self.overhead = 0  # bytes of a head, of trailers, or between the parts of a body: since the last such part

    def on_url(self, url: bytes) -> None:
        """For httptools: a part of the URL."""
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """For httptools: one header; a trailer comes after the head, and is left out."""
        if self.in_head:
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """For httptools: the body comes next. Who would send too much is told so before it does."""
        self.in_head, self.overhead = False, 0
        if self.refused:
            return
        found = {name.lower(): value for name, value in self.headers}
        if not is_acceptable(self.parser.get_http_version(), self.url, self.headers):
            self._refuse_head()
            return
        self.head = Head(self.parser.get_method(), self.url, self.headers, found, self.parser.get_http_version())
        self.body = Body(found.get(b"authorization", b""), self.url, found.get(b"content-type", b""))
        try:
            self.body.announce(int(found.get(b"content-length", b"0")))
        except TooLargeError as error:
            self._refuse_body(str(error))
            return
        asks = found.get(b"expect", b"").lower() == b"100-continue" and self.head.version != "1.0"
        if asks and not self._is_answering:
            self.transport.write(CONTINUE)

    def on_body(self, data: bytes) -> None:
        """For httptools: a part of the body; kept, within the limit."""
        self.overhead = 0
        if self.refused:
            return
        try:
            self.body.add(data)
        except (TooLargeError, OSError) as error:
            self._refuse_body(str(error))

    def on_message_complete(self) -> None:
        """For httptools: a request is whole."""
        if self.refused:
            return
        exchange = Exchange(self.head, self.body.whole(), self.body.size, self.parser.should_keep_alive(), self)
        self._new_head()
        if not exchange.head.is_utf8:
            self._refuse_head()
        elif self._is_answering or not self.writable.is_set():
            self.waiting.append(exchange)
            self.transport.pause_reading()
        else:
            self._begin(exchange)

    def _refuse_body(self, reason: str) -> None:
        """Answer 413 and close the connection; what still arrives is discarded."""
        self.refused = True
        headers, body = self.body.refusal(reason)
        if self._is_answering:
            self.transport.close()
            return
        self.transport.write(too_large(headers, body))
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    # -- answers --

    def environ(self) -> dict[str, str]:
        """The part of a WSGI environment that the connection knows."""
        return environ_of(self.transport)

    def _begin(self, exchange: Exchange) -> None:
        self.exchange = exchange
        if exchange.head.wants_websocket:
            self.websocket = WebSocket(self.serving, self.transport, self.writable, exchange)
            self.websocket.begin()
        elif exchange.size <= QUICK_BYTES and (gateway := self.serving.choose(exchange.head)):
            self.serving.greenlets.run(lambda: exchange.handle(gateway))
        else:
            self.serving.workers.submit(lambda: exchange.handle(self.serving.gateway))

    def ended(self, last: bytes, keep: bool) -> None:
        """An exchange has ended; `last` is the rest of its answer. From any thread."""
        if threading.get_ident() == self.thread:
            self._ended(last, keep)
        else:
            self.loop.call_soon_threadsafe(self._ended, last, keep)

    def _ended(self, last: bytes, keep: bool) -> None:
        if last and not self.transport.is_closing():
            self.transport.write(last)
        self.exchange, self.heard = None, self.loop.time()
        if keep:
            # Not at once: this may be the stack of a greenlet, on which the next would begin, and so on.
            self.loop.call_soon(self._next)
        else:
            self.transport.close()

    def _next(self) -> None:
        """Go on with the next request, once the client has read most of the answers before it."""
        if self.exchange or self.transport.is_closing() or not self.writable.is_set():
            return
        if self.waiting:
            self._begin(self.waiting.popleft())
        elif self.is_half_closed:
            self.transport.close()
        if not self.waiting:
            self.transport.resume_reading()

    def write(self, data: bytes) -> None:
        """Send a part of an answer, from any other thread; waits until the client reads. Raises: ConnectionError."""
        if not self.writable.wait(UNREAD_SECONDS) or self.transport.is_closing():
            raise ConnectionError("The client has gone.")
        self.loop.call_soon_threadsafe(self.transport.write, data)
