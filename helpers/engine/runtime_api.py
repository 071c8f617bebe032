"""Lambda's Runtime API, served by whichever thread is waiting for the environment.

An execution environment handles one request at a time, so the thread that invokes it *is* its server: it sends
the event, reads what the runtime answers, collects what it prints, and notices when it ends, in one loop over
one selector. There is no server thread and nothing to hand over, which is what makes a warm invocation fast.

Routes (AWS Lambda Developer Guide, "Using the Lambda runtime API", 2026-11), below `/2018-06-01/runtime`:
`GET invocation/next`, `POST invocation/{id}/response`, `POST invocation/{id}/error`, `POST init/error`.
"""

from __future__ import annotations

import os
import selectors
import socket
import time
from dataclasses import dataclass, field

import httptools

from .sandbox.protocol import FREEZE, THAW, Status

PREFIX = "/2018-06-01/runtime/"
MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100  # AWS's own figure in its error message: 6291556
MAX_LOG_BYTES = 1024 * 1024
READ_BYTES = 256 * 1024


@dataclass
class Call:
    """One request of the runtime, parsed. `kind` is next, response, error or init_error."""

    kind: str
    body: bytes = b""
    request_id: str = ""
    error_type: str = ""
    too_large: bool = False
    connection: Connection | None = None


class Connection:
    """One connection of the runtime to its API: bytes in, calls out. Parsed by `httptools`."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        # Without it every answer waits for a delayed ACK, 40 ms.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self.parser = httptools.HttpRequestParser(self)
        self.calls: list[Call] = []
        self._start()

    def _start(self) -> None:
        self.url, self.headers, self.body, self.size = b"", {}, [], 0

    def on_url(self, url: bytes) -> None:
        """For httptools: a part of the URL."""
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """For httptools: one header."""
        self.headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        """For httptools: the body comes next."""
        if self.headers.get(b"expect", b"").lower() == b"100-continue":  # curl asks before a large body
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n", 1.0)

    def on_body(self, data: bytes) -> None:
        """For httptools: a part of the body."""
        self.size += len(data)
        if self.size <= MAX_RESPONSE_BYTES:  # more is refused anyway: do not keep it
            self.body.append(data)

    def on_message_complete(self) -> None:
        """For httptools: a request is whole."""
        self.calls.append(self._call())
        self._start()

    def _call(self) -> Call:
        route = self.url.decode("latin-1").partition("?")[0].removeprefix(PREFIX).split("/")
        body = b"".join(self.body)
        error_type = self.headers.get(b"lambda-runtime-function-error-type", b"").decode("latin-1")
        method = self.parser.get_method()
        match method, route:
            case b"GET", ["invocation", "next"]:
                return Call("next", connection=self)
            case b"POST", ["invocation", request_id, "response"]:
                return Call("response", body, request_id, too_large=self.size > MAX_RESPONSE_BYTES, connection=self)
            case b"POST", ["invocation", request_id, "error"]:
                return Call("error", body, request_id, error_type, connection=self)
            case b"POST", ["init", "error"]:
                return Call("init_error", body, "", error_type, connection=self)
            case _:
                return Call("unknown", connection=self)

    def answer(self, status: str, body: bytes, headers: dict[str, str] | None = None, seconds: float = 10.0) -> bool:
        """Send a whole response in one write; False when nobody is there to read it."""
        lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        return self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body, seconds)

    def send(self, data: bytes, seconds: float) -> bool:
        """Send all of `data`; False when nobody reads it within `seconds`."""
        try:
            self.sock.settimeout(max(seconds, 0.001))
            self.sock.sendall(data)
        except OSError:
            return False
        finally:
            self.sock.setblocking(False)
        return True


@dataclass
class LogBuffer:
    """What the runtime printed: at most `limit` bytes, the first half and the last. AWS keeps everything."""

    limit: int = MAX_LOG_BYTES
    head: bytearray = field(default_factory=bytearray)
    tail: bytearray = field(default_factory=bytearray)
    dropped: int = 0

    def write(self, data: bytes) -> None:
        """Keep `data`, or what there is room for."""
        half = self.limit // 2
        room = half - len(self.head)
        self.head += data[: max(room, 0)]
        self.tail += data[max(room, 0) :]
        if len(self.tail) > 2 * half:  # trimmed in large steps, so that a flood stays cheap
            self.dropped += len(self.tail) - half
            del self.tail[:-half]

    def take(self) -> bytes:
        """Everything kept so far; the buffer is empty afterwards."""
        gap = b""
        if self.dropped:
            gap = b"\n[engine: %d bytes of log left out here; AWS would keep them]\n" % self.dropped
        data = bytes(self.head) + gap + bytes(self.tail)
        self.head.clear()
        self.tail.clear()
        self.dropped = 0
        return data


class RuntimeApi:
    """The API of one environment, and everything else that one thread must watch to serve it."""

    def __init__(self, log: int, control: socket.socket, listener: socket.socket) -> None:
        self.log = log
        self.control = control
        self.listener = listener
        self.logs = LogBuffer()
        self.exit: Status | None = None
        self.waiting: Connection | None = None  # the connection on which the runtime asked for the next event
        self._calls: list[Call] = []
        self._statuses: list[Status] = []
        self._control_buffer = b""
        os.set_blocking(log, False)
        control.setblocking(False)
        self.selector = selectors.DefaultSelector()
        for source in (listener, log, control):
            self.selector.register(source, selectors.EVENT_READ)

    def receive(self, deadline: float) -> Call | Status | None:
        """The runtime's next call, or the status of a runtime that has ended; None at `deadline` (`time.monotonic`)."""
        while not self._calls and self.exit is None:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            self._turn(left)
        if self.exit and not self._calls:
            self.poll()  # what it said last may have arrived behind the news of its end
        return self._calls.pop(0) if self._calls else self.exit

    def poll(self) -> None:
        """Take notice of what has happened so far, without waiting."""
        self._turn(0)

    def freeze(self, seconds: float = 1.0) -> int | None:
        """Stop the environment between invocations; the peak memory of its process tree in bytes."""
        if not self._command(FREEZE):
            return None
        deadline = time.monotonic() + seconds
        while not self._statuses and self.exit is None and (left := deadline - time.monotonic()) > 0:
            self._turn(left)
        status = self._statuses.pop() if self._statuses else self.exit
        self._statuses.clear()
        return status.peak_bytes if status else None

    def thaw(self) -> None:
        """Let the environment run again."""
        self._command(THAW)

    def end(self, seconds: float = 5.0) -> Status | None:
        """End the environment and everything it started; returns once nothing of it is left."""
        try:
            self.control.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        deadline = time.monotonic() + seconds
        while self.control in self.selector.get_map() and (left := deadline - time.monotonic()) > 0:
            self._turn(left)
        return self.exit

    def close(self) -> None:
        """Give back every descriptor."""
        for key in list(self.selector.get_map().values()):
            if isinstance(key.data, Connection):
                key.data.sock.close()
        self.selector.close()
        os.close(self.log)
        self.control.close()
        self.listener.close()

    def _command(self, command: bytes) -> bool:
        try:
            self.control.send(command)
            return True
        except OSError:
            return False

    def _turn(self, seconds: float) -> None:
        for key, _ in self.selector.select(seconds):
            if isinstance(key.data, Connection):
                self._read_connection(key.data)
            elif key.fileobj is self.listener:
                self._accept()
            elif key.fileobj is self.control:
                self._read_control()
            else:
                self.read_log()

    def _accept(self) -> None:
        try:
            sock, _ = self.listener.accept()
        except OSError:
            return
        connection = Connection(sock)
        self.selector.register(sock, selectors.EVENT_READ, connection)

    def _read_connection(self, connection: Connection) -> None:
        try:
            data = connection.sock.recv(READ_BYTES)
            if data:
                connection.parser.feed_data(data)
        except BlockingIOError:
            return
        except (OSError, httptools.HttpParserError):
            data = b""
        if not data:
            self.selector.unregister(connection.sock)
            connection.sock.close()
            if self.waiting is connection:
                self.waiting = None
        self._calls += connection.calls
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
            else:
                self._statuses.append(status)
        if not data:
            self.selector.unregister(self.control)
            # A supervisor that went without a word was killed from outside.
            self.exit = self.exit or Status("exited", 0, -9)

    def read_log(self) -> None:
        """Take what the runtime has printed so far, without waiting."""
        try:
            while data := os.read(self.log, READ_BYTES):
                self.logs.write(data)
                if len(data) < READ_BYTES:
                    return
        except BlockingIOError:
            return
        if self.log in self.selector.get_map():  # end of file: every process of the environment is gone
            self.selector.unregister(self.log)
