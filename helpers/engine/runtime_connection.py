"""One connection of a runtime to its Runtime API: HTTP on one side, calls of the API on the other.

Routes (AWS Lambda Developer Guide, "Using the Lambda runtime API", 2026-11), below `/2018-06-01/runtime`:
`GET invocation/next`, `POST invocation/{id}/response`, `POST invocation/{id}/error`, `POST init/error`.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass

import httptools

PREFIX = "/2018-06-01/runtime/"
MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100  # AWS's own figure in its error message: 6291556


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
