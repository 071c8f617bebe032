"""A runtime's connection to its Runtime API: HTTP in, calls of the API out.

Routes (AWS Lambda Developer Guide, "Using the Lambda runtime API", 2026-11), below `/2018-06-01/runtime`:
`GET invocation/next`, `POST invocation/{id}/response`, `POST invocation/{id}/error`, `POST init/error`. A response with
the header `Lambda-Runtime-Function-Response-Mode: streaming` becomes several calls: its beginning, each chunk, its end.

What a function can make the engine keep is limited: the URL, the headers, the body, and one request at a time. What
exceeds its limit is answered at once, if there is an answer for it, and the connection is read no further.
"""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass, field
from typing import NoReturn

import httptools

from . import waiting

PREFIX = "/2018-06-01/runtime/"
OTHER_APIS = (b"/2020-01-01/extension/", b"/2020-08-15/logs", b"/2022-07-01/telemetry")
MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100  # AWS's own figure in its error message: 6291556
MAX_STREAM_BYTES = 200 * 1024 * 1024
MAX_URL_BYTES = 8 * 1024
MAX_HEAD_BYTES = 1024 * 1024 + 64 * 1024  # AWS's clients send an X-Ray cause of up to 1 MB as a header
MAX_REQUEST_BYTES = MAX_HEAD_BYTES + 2 * MAX_RESPONSE_BYTES  # with what chunks and trailers add
MAX_STREAMED_REQUEST_BYTES = 2 * MAX_STREAM_BYTES  # the same; `response_stream` counts the body alone
RESPONSE_MODE = b"lambda-runtime-function-response-mode"
ERROR_TYPE = b"lambda-runtime-function-error-type"
TRUNCATED = "Runtime.TruncatedResponse"
ERROR_BODY = b"lambda-runtime-function-error-body"
TOO_LARGE = f"Exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes)."
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class _RefusedError(Exception):
    """Raised through the parser to stop it."""


@dataclass
class Call:
    """One request of the runtime, parsed. `kind` is next, response, error or init_error; or extension, with the `route`
    (method and URL) and the headers: see `extensions_api`.

    One that was `too_large` has no body, and has been answered. A streamed response is a stream (its beginning), a
    chunk for each part of its body, and a stream_end with the error of its trailers; only that is to be answered.
    """

    kind: str
    connection: Connection
    body: bytes = b""
    request_id: str = ""
    error_type: str = ""
    too_large: bool = False
    content_type: str = ""
    route: str = ""
    headers: dict[bytes, bytes] = field(default_factory=dict)


class Connection:
    """One connection of the runtime to its API: bytes in, calls out. Parsed by `httptools`."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        # Without it every answer waits for a delayed ACK, 40 ms.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self.parser = httptools.HttpRequestParser(self)
        self.calls: list[Call] = []
        self.unanswered = False
        self._start()

    def _start(self) -> None:
        self.url, self.size = b"", 0
        self.headers: dict[bytes, bytes] = {}
        self.body: list[bytes] = []
        self.received, self.in_head = 0, True
        self.stream: Call | None = None  # the beginning of the response that is being streamed

    def feed(self, data: bytes) -> bool:
        """Parse what the runtime has sent. False: stop reading; it is not HTTP, or has exceeded a limit."""
        self.received += len(data)
        try:
            self.parser.feed_data(data)
            if self.received > (MAX_HEAD_BYTES if self.in_head else self.most):
                self._refuse("431 Request Header Fields Too Large")
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, _RefusedError):
            return False
        return True

    def _refuse(self, status: str) -> NoReturn:
        error = {"errorType": "RequestEntityTooLarge", "errorMessage": TOO_LARGE}
        self.answer(status, json.dumps(error).encode(), {"Connection": "close"}, seconds=1.0)
        raise _RefusedError(status)

    def _refuse_body(self) -> NoReturn:
        self.body = []
        call = self._call(too_large=True)
        if call.kind in ("response", "error", "init_error"):
            self.calls.append(call)
        self._refuse("413 Request Entity Too Large")

    def on_message_begin(self) -> None:
        """For httptools: a request begins. A runtime waits for its answer before it sends the next."""
        if self.unanswered:
            raise _RefusedError("pipelined")

    def on_url(self, url: bytes) -> None:
        """For httptools: a part of the URL."""
        self.url += url
        if len(self.url) > MAX_URL_BYTES:
            self._refuse("414 URI Too Long")

    def on_header(self, name: bytes, value: bytes) -> None:
        """For httptools: one header."""
        self.headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        """For httptools: the body comes next."""
        self.in_head, self.most = False, MAX_REQUEST_BYTES
        if RESPONSE_MODE in self.headers and self._is_stream():
            return
        if int(self.headers.get(b"content-length", b"0")) > MAX_RESPONSE_BYTES:
            self._refuse_body()
        if self.headers.get(b"expect", b"").lower() == b"100-continue":  # curl asks before a large body
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n", 1.0)

    def on_body(self, data: bytes) -> None:
        """For httptools: a part of the body."""
        if self.stream:
            self.calls.append(Call("chunk", self, data, self.stream.request_id))
            return
        self.size += len(data)
        if self.size > MAX_RESPONSE_BYTES:
            self._refuse_body()
        self.body.append(data)

    def on_message_complete(self) -> None:
        """For httptools: a request is whole."""
        if self.stream:
            error = self.headers.get(ERROR_TYPE, b"").decode("latin-1")
            self._end_stream(error, self.headers.get(ERROR_BODY, b""))
        else:
            self.calls.append(self._call())
        self.unanswered = True
        self._start()

    def _is_stream(self) -> bool:
        """Begin a streamed response, if this is one."""
        call = self._call()
        if call.kind != "response" or self.headers[RESPONSE_MODE].lower() != b"streaming":
            return False
        call.kind, call.content_type = "stream", self.headers.get(b"content-type", b"").decode("latin-1")
        self.stream, self.most = call, MAX_STREAMED_REQUEST_BYTES
        self.calls.append(call)
        return True

    def _end_stream(self, error_type: str, error: bytes) -> None:
        if self.stream:
            self.calls.append(Call("stream_end", self, error, self.stream.request_id, error_type))
            self.stream = None

    def closed(self) -> None:
        """The connection has ended: a response that it was streaming is not whole."""
        self._end_stream(TRUNCATED, b"")

    def _call(self, too_large: bool = False) -> Call:
        route = self.url.decode("latin-1").partition("?")[0].removeprefix(PREFIX).split("/")
        body = b"".join(self.body)
        error_type = self.headers.get(ERROR_TYPE, b"").decode("latin-1")
        method = self.parser.get_method()
        match method, route:
            case b"GET", ["invocation", "next"]:
                return Call("next", self)
            case b"POST", ["invocation", request_id, "response"]:
                return Call("response", self, body, request_id, too_large=too_large)
            case b"POST", ["invocation", request_id, "error"]:
                return Call("error", self, body, request_id, error_type, too_large)
            case b"POST", ["init", "error"]:
                return Call("init_error", self, body, "", error_type, too_large)
            case _ if self.url.startswith(OTHER_APIS):
                said = f"{method.decode()} {self.url.decode('latin-1').partition('?')[0]}"
                return Call("extension", self, body, too_large=too_large, route=said, headers=self.headers)
            case _:
                said = f"{method.decode()} {self.url.decode('latin-1').partition('?')[0]}"
                return Call("unknown", self, route=said)

    def answer(self, status: str, body: bytes, headers: dict[str, str] | None = None, seconds: float = 10.0) -> bool:
        """Send a whole response in one write; False when nobody is there to read it.

        A header's value stays in its line, whatever is in it: control characters become spaces.
        """
        self.unanswered = False
        lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {CONTROL.sub(' ', value)}" for name, value in (headers or {}).items()]
        return self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body, seconds)

    def send(self, data: bytes, seconds: float) -> bool:
        """Send all of `data`; False when nobody reads it within `seconds`."""
        if self.sock.fileno() < 0:  # closed, by either side, since the call
            return False
        try:
            waiting.send_all(self.sock, data, seconds)
        except OSError:
            return False
        return True
