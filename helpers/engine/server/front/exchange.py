"""One request and its answer, as LocalStack's gateway sees them: a WSGI environment, in a thread or a greenlet."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from functools import cached_property
from http import HTTPStatus
from typing import IO, Any, Protocol
from urllib.parse import unquote_to_bytes, urlsplit

from rolo.gateway import Gateway
from rolo.response import Response
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.wrappers import Request

LOG = logging.getLogger(__name__)

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a header's name (RFC 9110, 5.1)


@dataclass(frozen=True)
class Head:
    """What comes before a request's body. `found` has the headers by their names in lower case, the last of each."""

    method: bytes
    target: bytes
    headers: list[tuple[bytes, bytes]]
    found: dict[bytes, bytes]
    version: str

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """The headers as text."""
        return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in self.headers]

    @property
    def is_utf8(self) -> bool:
        """Whether path and query are; they should be ASCII."""
        try:
            self.target.decode()
        except UnicodeDecodeError:
            return False
        return True

    @property
    def wants_websocket(self) -> bool:
        """Whether the connection is to become a WebSocket."""
        return self.found.get(b"upgrade", b"").lower() == b"websocket"

    def environ(self) -> dict[str, Any]:
        """The WSGI environment (PEP 3333), but for body and connection; headers as they came are `rolo.headers`."""
        target = self.target.decode()
        path, _, query = self.target.partition(b"?")
        if not path.startswith(b"/"):  # as a proxy is asked: http://host/path
            path = urlsplit(path).path
        environ = {
            "REQUEST_METHOD": self.method.decode("latin-1"),
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "RAW_URI": target,
            "REQUEST_URI": target,
            "CONTENT_TYPE": self.found.get(b"content-type", b"").decode("latin-1"),
            "CONTENT_LENGTH": self.found.get(b"content-length", b"").decode("latin-1"),
            "SERVER_PROTOCOL": f"HTTP/{self.version}",
            "rolo.headers": self.headers,
            "wsgi.version": (1, 0),
            "wsgi.run_once": False,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.errors": io.BytesIO(),
            "wsgi.input_terminated": True,
        }
        for name, said in self.texts:
            key = "HTTP_" + name.upper().replace("-", "_")
            environ[key] = f"{environ[key]},{said}" if key in environ else said
        return environ


class Client(Protocol):
    """Who asks: a connection, for any thread."""

    def environ(self) -> dict[str, str]:
        """The part of a WSGI environment that the connection knows."""

    def write(self, data: bytes) -> None:
        """Send a part of an answer. Raises: ConnectionError if nobody is there any more."""

    def ended(self, last: bytes, keep: bool) -> None:
        """Send the rest of an answer; `keep`: the connection, for the next request."""


class Exchange:
    """A request with its body (`size` bytes), and the answer to it."""

    def __init__(self, head: Head, body: IO[bytes], size: int, keep: bool, client: Client) -> None:
        self.head = head
        self.body = body
        self.size = size
        self.keep = keep
        self.client = client
        self.has_begun = False  # to be answered

    @property
    def environ(self) -> dict[str, Any]:
        """A new WSGI environment of this request."""
        environ = self.head.environ() | self.client.environ()
        # The length of a body in chunks is known now; some readers ask for it.
        environ["CONTENT_LENGTH"] = environ["CONTENT_LENGTH"] or (str(self.size) if self.size else "")
        if host := environ.get("HTTP_HOST", "").partition(":")[0]:
            environ["SERVER_NAME"] = host
        environ["wsgi.input"] = self.body
        return environ

    def handle(self, gateway: Gateway) -> None:
        """Have the gateway answer."""
        last = b""
        try:
            last = self._answer(gateway)
        except ConnectionError:
            self.keep = False
        except Exception:
            LOG.exception("%s %s has no answer", self.head.method.decode(), self.head.target.decode())
            self.keep = False
            last = b"" if self.has_begun else self.whole(500, [], b"")
        finally:
            self.body.close()
            self.client.ended(last, self.keep)

    def _answer(self, gateway: Gateway) -> bytes:
        """Handle the request; returns what of the answer is still to be sent."""
        environ = self.environ
        request, response = Request(environ), Response()
        request.headers = Headers(MultiDict(self.head.texts))
        gateway.process(request, response)
        parts, status, given = response.get_wsgi_response(environ)
        # Functions choose headers, but not where the answer ends.
        headers = [(k, v) for k, v in given if TOKEN.fullmatch(k) and k.lower() != "transfer-encoding"]
        names = {name.lower(): value for name, value in headers}
        if "close" in names.get("connection", "").lower() or int(status[:3]) < HTTPStatus.OK:
            self.keep = False  # a function's 1xx is no answer: the next one would be taken for it
        try:
            if response.is_sequence:
                return self._whole(status, headers, b"".join(parts))
            return self._stream(status, headers, names, parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()

    def whole(self, status: int, headers: list[tuple[str, str]], body: bytes) -> bytes:
        """An answer as it is sent."""
        return self._whole(f"{status} {HTTPStatus(status).phrase}", headers, body)

    def _whole(self, status: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
        if has_body(int(status[:3])):
            said = [value for name, value in headers if name.lower() == "content-length"]
            if not said or (self.head.method != b"HEAD" and said != [str(len(body))]):
                headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
                headers.append(("Content-Length", str(len(body))))
        return self._head(status, headers) + body

    def _stream(
        self, status: str, headers: list[tuple[str, str]], names: dict[str, str], parts: Iterable[bytes]
    ) -> bytes:
        """Send an answer whose length is not known before its end; returns what is still to be sent."""
        in_chunks = "content-length" not in names and self.head.version != "1.0" and self.head.method != b"HEAD"
        if in_chunks:
            headers.append(("Transfer-Encoding", "chunked"))
        elif "content-length" not in names:
            self.keep = False  # its end is the connection's
        head, sent = self._head(status, headers), 0
        self.has_begun = True
        self.client.write(head)
        for part in parts:
            if part:
                sent += len(part)
                self.client.write(b"%x\r\n%b\r\n" % (len(part), part) if in_chunks else part)
        if names.get("content-length", str(sent)) != str(sent) and self.head.method != b"HEAD":
            self.keep = False  # or what comes next would be taken for its rest
        return b"0\r\n\r\n" if in_chunks else b""

    def _head(self, status: str, headers: Iterable[tuple[str, str]]) -> bytes:
        lines = [f"HTTP/1.1 {status}"]
        if not any(name.lower() == "date" for name, _ in headers):
            lines.append(f"Date: {formatdate(usegmt=True)}")
        lines += [f"{name}: {value}" for name, value in headers]
        if not self.keep and not any(name.lower() == "connection" for name, _ in headers):
            lines.append("Connection: close")
        return b"\r\n".join(map(written, lines)) + b"\r\n\r\n"


def environ_of(transport: asyncio.Transport) -> dict[str, str]:
    """The part of a WSGI environment that a connection knows."""
    peer = transport.get_extra_info("peername") or ("127.0.0.1", 0)
    host = transport.get_extra_info("sockname")
    return {
        "REMOTE_ADDR": peer[0],
        "REMOTE_PORT": str(peer[1]),
        "SERVER_NAME": host[0],
        "SERVER_PORT": str(host[1]),
        "wsgi.url_scheme": "https" if transport.get_extra_info("sslcontext") else "http",
    }


def written(line: str) -> bytes:
    """A header as it is sent: Latin-1, as HTTP has always had it, or else UTF-8."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")


def has_body(status: int) -> bool:
    """Whether an answer of this status has one (RFC 9110, 6.4.1)."""
    return status >= 200 and status not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
