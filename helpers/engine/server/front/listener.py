"""The socket of the engine, and the event loop that serves it.

LocalStack's servers bind every address, whatever `GATEWAY_LISTEN` says; this one binds what it says (`settings`):
127.0.0.1, and in our Docker image only another address.
"""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import ssl
import sys
from collections.abc import Callable
from functools import cached_property

from localstack.config import GATEWAY_WORKER_COUNT, HostAndPort
from localstack.runtime.runtime import LocalstackRuntime
from localstack.runtime.server.core import RuntimeServer
from rolo.gateway import Gateway

from ... import settings
from .connection import Connection
from .exchange import Head
from .serving import Serving
from .workers import Workers

BACKLOG = 4096  # connections that wait to be accepted; the system may allow less
SILENT_SECONDS = 20.0  # that a client may be connected and say nothing
IDLE_SECONDS = 60.0  # that one may ask for nothing, and read nothing
SWEEP_SECONDS = 5.0  # how often idle connections are looked for
RETRY_SECONDS = 1.0  # after there was no descriptor left for a connection
GRACE_SECONDS = 10.0  # that requests may take when the engine is stopped
TLS_HANDSHAKE = b"\x16"  # the first byte of a TLS record that holds one (RFC 8446, 5.1)


class Front(RuntimeServer):
    """LocalStack's extension point for a server: `register`, then `run` until `shutdown`, from another thread.

    `choose`: see `Serving`.
    """

    serving: Serving
    port: int

    def __init__(self, choose: Callable[[Head], Gateway | None]) -> None:
        self.choose = choose
        self.loop = asyncio.new_event_loop()
        self.listening: list[socket.socket] = []
        self.silent: set[socket.socket] = set()  # accepted; nothing has arrived on them
        # Connections at once: the engine needs descriptors itself, for its files and for the functions' environments.
        self.most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2
        self.greeting: set[asyncio.Task[None]] = set()  # the loop itself would not keep them

    def register(self, gateway: Gateway, listen: list[HostAndPort], ssl_creds: tuple[str, str] | None = None) -> None:
        """Listen; connections wait until `run`. Ends the process if the port is taken: nobody would be served."""
        self.serving = Serving(gateway, self.loop, Workers(GATEWAY_WORKER_COUNT), self.choose)
        self.port = listen[0].port
        for address in listen:
            listening = socket.socket()
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind((settings.current().listen, address.port))
            except OSError as error:
                sys.stderr.write(f"The engine cannot listen on its port: {error}\n")
                sys.stderr.flush()
                os._exit(1)
            listening.listen(BACKLOG)
            listening.setblocking(False)
            self.listening.append(listening)

    def run(self) -> None:
        """Serve, until `shutdown`."""
        asyncio.set_event_loop(self.loop)
        for listening in self.listening:
            self._listen(listening)
        self.loop.call_later(SWEEP_SECONDS, self._sweep)
        self.loop.run_forever()

    def shutdown(self) -> None:
        """Take no more connections, give requests a while, and end `run`."""
        asyncio.run_coroutine_threadsafe(self._end(), self.loop)

    async def _end(self) -> None:
        for listening in self.listening:
            self.loop.remove_reader(listening)
            listening.close()
        until = self.loop.time() + GRACE_SECONDS
        while any(connection.is_busy for connection in self.serving.connections) and self.loop.time() < until:
            await asyncio.sleep(0.05)
        self.loop.stop()

    def _accept(self, listening: socket.socket) -> None:
        for _ in range(BACKLOG):
            try:
                accepted, _ = listening.accept()
            except (BlockingIOError, ConnectionError):  # no more, or it has gone already
                return
            except OSError:  # no descriptor or memory left: it would be tried again at once, and again
                self.loop.remove_reader(listening)
                self.loop.call_later(RETRY_SECONDS, self._listen, listening)
                return
            if len(self.silent) + len(self.greeting) + len(self.serving.connections) >= self.most:
                accepted.close()
                continue
            accepted.setblocking(False)
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.silent.add(accepted)
            silent = self.loop.call_later(SILENT_SECONDS, self._close, accepted)
            self.loop.add_reader(accepted, self._greet, accepted, silent)

    def _listen(self, listening: socket.socket) -> None:
        if listening.fileno() >= 0:  # else the engine is being stopped
            self.loop.add_reader(listening, self._accept, listening)

    def _close(self, accepted: socket.socket) -> None:
        self.silent.discard(accepted)
        self.loop.remove_reader(accepted)
        accepted.close()

    def _greet(self, accepted: socket.socket, silent: asyncio.TimerHandle) -> None:
        """Something has arrived on a new connection: TLS, or HTTP."""
        silent.cancel()
        self.silent.discard(accepted)
        self.loop.remove_reader(accepted)
        try:
            first = accepted.recv(1, socket.MSG_PEEK)
        except OSError:
            first = b""
        if not first:
            accepted.close()
            return
        task = self.loop.create_task(self._serve(accepted, first == TLS_HANDSHAKE))
        self.greeting.add(task)
        task.add_done_callback(self.greeting.discard)

    async def _serve(self, accepted: socket.socket, secure: bool) -> None:
        try:
            tls = await self.loop.run_in_executor(None, lambda: self.tls) if secure else None
            await self.loop.connect_accepted_socket(lambda: Connection(self.serving), accepted, ssl=tls)
        except OSError:  # a handshake that failed, or nobody there any more
            accepted.close()

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """The TLS context with a certificate of LocalStack's making; it takes 0.1 s to make, once somebody asks."""
        from localstack.utils.ssl import create_ssl_cert

        _, certificate, key = create_ssl_cert(serial_number=self.port)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context

    def _sweep(self) -> None:
        for connection in list(self.serving.connections):
            self._close_if_idle(connection)
        self.loop.call_later(SWEEP_SECONDS, self._sweep)

    def _close_if_idle(self, connection: Connection) -> None:
        """Close it if nothing has been asked for a while, nor anything read of what was answered."""
        websocket, now = connection.websocket, self.loop.time()
        in_use = not websocket.ended if websocket else bool(connection.exchange)
        unsent = connection.transport.get_write_buffer_size()
        if unsent and unsent != connection.unsent:
            connection.unsent, connection.heard = unsent, now
        elif not in_use and now - connection.heard > IDLE_SECONDS:
            connection.transport.abort()


def serve_gateway(self: LocalstackRuntime) -> None:
    """Replace `LocalstackRuntime._init_gateway_server`, which makes a certificate that few ask for."""
    self.components.runtime_server.register(self.components.gateway, self.config.GATEWAY_LISTEN)
