"""Lambda's Runtime API, served by the thread (or greenlet, see `waiting`) that is waiting for the environment.

An execution environment handles one request at a time, so the thread that invokes it *is* its server: it sends
the event, reads what the runtime answers (`runtime_connection`), collects what it prints (`log_buffer`), and
notices when it ends, in one loop over one selector. There is no server thread and nothing to hand over, which is
what makes a warm invocation fast.
"""

from __future__ import annotations

import os
import selectors
import socket
import time
from collections.abc import Callable

from . import extensions_api, runtime_refusals, waiting
from .extensions import Extensions, News
from .log_buffer import LogBuffer
from .runtime_connection import Call, Connection
from .sandbox.protocol import FREEZE, FREEZE_SOON, THAW, THAW_BRIEFLY, Status

READ_BYTES = 256 * 1024
MAX_CONNECTIONS = 16  # at once; a runtime has one
MAX_CALLS = 16  # that wait for this thread; a runtime makes one after the other

Address = tuple[str, int]


class RuntimeApi:
    """The API of one environment, and everything else that its thread has to watch.

    `is_own` says whether this environment opened a connection, given the addresses of its two ends (peer, host). Any
    other is closed unanswered: every process on this machine can reach the port.
    """

    def __init__(
        self,
        log: int,
        control: socket.socket,
        listener: socket.socket,
        is_own: Callable[[Address, Address], bool],
    ) -> None:
        self.log = log
        self.control = control
        self.listener = listener
        self.address = listener.getsockname()
        self.is_own = is_own
        self.logs = LogBuffer()
        self.exit: Status | None = None
        self.waiting: Connection | None = None  # the connection on which the runtime asked for the next event
        self.serving = False  # whether an invocation runs
        self.extensions = Extensions([], {})
        self.has_company = False  # whether more than the runtime uses memory, as the supervisor has said
        self._calls: list[Call] = []
        self._statuses: list[Status] = []
        self._connections = 0
        self._control_buffer = b""
        os.set_blocking(log, False)
        self.selector = selectors.DefaultSelector()
        for source in (listener, log, control):
            self.selector.register(source, selectors.EVENT_READ)

    def receive(self, deadline: float) -> Call | Status | News | None:
        """The runtime's next call, or the status of a runtime that has ended; None at `deadline` (`time.monotonic`).

        Or the news that something has happened to an extension.
        """
        while not self._calls and self.exit is None and not self.extensions.has_news:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            self.turn(left)
        if self.extensions.has_news:
            self.extensions.has_news = False
            return News()
        if self.exit and not self._calls:
            self.poll()  # what it said last may have arrived behind the news of its end
        return self._calls.pop(0) if self._calls else self.exit

    def poll(self) -> None:
        """Process what has arrived so far, without waiting."""
        self.turn(0)

    def freeze(self, seconds: float = 1.0) -> int | None:
        """Stop the environment between invocations; the peak memory of its process tree in bytes."""
        if not self.command(FREEZE):
            return None
        deadline = time.monotonic() + seconds
        while not self._statuses and self.exit is None and (left := deadline - time.monotonic()) > 0:
            self.turn(left)
        status = self._statuses.pop() if self._statuses else self.exit
        self._statuses.clear()
        return status.peak_bytes if status else None

    def freeze_soon(self) -> bool:
        """Stop the environment, unless it is thawed before its supervisor looks. False: there is nobody to do it."""
        return self.command(FREEZE_SOON)

    def thaw(self, briefly: bool = False) -> bool:
        """Let the environment continue; `briefly`: for an invocation after which it is to be frozen soon.

        False: nobody does it.
        """
        return self.command(THAW_BRIEFLY if briefly else THAW)

    def end(self, seconds: float = 5.0) -> Status | None:
        """End the environment and everything it started; returns once nothing of it is left."""
        try:
            self.control.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        deadline = time.monotonic() + seconds
        while self.is_open and (left := deadline - time.monotonic()) > 0:
            self.turn(left)
        return self.exit

    @property
    def is_open(self) -> bool:
        """Whether the supervisor is there."""
        return self.control in self.selector.get_map()

    def close(self) -> None:
        """Close every descriptor."""
        for key in list(self.selector.get_map().values()):
            if isinstance(key.data, Connection):
                key.data.sock.close()
        waiting.close(self.selector)
        os.close(self.log)
        self.control.close()
        self.listener.close()

    def command(self, command: bytes) -> bool:
        """Send a command of `protocol`; False if there is nobody to obey."""
        try:
            self.control.send(command)
            return True
        except OSError:
            return False

    def turn(self, seconds: float) -> None:
        """Wait for something to arrive, and process it; the calls of the runtime are kept for `receive`."""
        for key, _ in waiting.select(self.selector, seconds):
            if isinstance(key.data, Connection):
                if len(self._calls) < MAX_CALLS:  # else it waits in the kernel: for the next `receive`, or for the end
                    self._read_connection(key.data)
            elif key.fileobj is self.listener:
                self._accept()
            elif key.fileobj is self.control:
                self._read_control()
            else:
                self.read_log()

    def _accept(self) -> None:
        try:
            sock, peer = self.listener.accept()
        except OSError:
            return
        if self._connections == MAX_CONNECTIONS or not self.is_own(peer, self.address):
            sock.close()
            return
        self._connections += 1
        self.selector.register(sock, selectors.EVENT_READ, Connection(sock))

    def _read_connection(self, connection: Connection) -> None:
        try:
            data = connection.sock.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data or not connection.feed(data):
            self.selector.unregister(connection.sock)
            self._connections -= 1
            if self.waiting is connection:
                self.waiting = None
            connection.closed()
            connection.sock.close()
        for call in connection.calls:
            if call.kind == "extension":
                extensions_api.handle(self.extensions, call)
            elif call.kind == "unknown":
                runtime_refusals.not_found(call)
            elif call.kind in ("response", "error") and not self.serving and not call.too_large:
                runtime_refusals.refuse(call, "", answered=False)
            else:
                self._calls.append(call)
        connection.calls = []

    def _read_control(self) -> None:
        try:
            data = self.control.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        *lines, self._control_buffer = (self._control_buffer + data).split(b"\n")
        for status in map(Status.decode, lines):
            if status.event == "exited":
                self.exit = status
            elif status.event == "extension":
                self.extensions.ended(status)
            elif status.event == "company":
                self.has_company = bool(status.code)
            else:
                self._statuses.append(status)
        if not data:
            self.selector.unregister(self.control)
            # A supervisor that went without a word was killed from outside.
            self.exit = self.exit or Status("exited", 0, -9)

    def read_log(self) -> None:
        """Read what the runtime has printed so far, without waiting."""
        try:
            while data := os.read(self.log, READ_BYTES):
                self.logs.write(data)
                if len(data) < READ_BYTES:
                    return
        except BlockingIOError:
            return
        if self.log in self.selector.get_map():  # end of file: every process of the environment is gone
            self.selector.unregister(self.log)
