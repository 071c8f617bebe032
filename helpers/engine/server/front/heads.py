"""Which heads of requests are taken, and what is said of the others."""

from __future__ import annotations

MAX_HEAD_BYTES = 16 * 1024  # of the request line and the headers; AWS's services take 10,240 to 16,384 (2026-11)
VERSIONS = ("1.0", "1.1")
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def is_acceptable(version: str, url: bytes, headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether a request is one that can be handled."""
    size = len(url) + sum(len(name) + len(value) for name, value in headers)
    return size <= MAX_HEAD_BYTES and version in VERSIONS and not _is_endless(headers)


def _is_endless(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether LocalStack's regular expressions would try for minutes which of many credentials it is."""
    return sum(value.count(b"Credential=") for name, value in headers if name.lower() == b"authorization") > 1


def too_large(headers: dict[str, str], body: bytes) -> bytes:
    """The answer to a request whose body is too large."""
    lines = [b"HTTP/1.1 413 Request Entity Too Large", b"Connection: close", b"Content-Length: %d" % len(body)]
    lines += [f"{name}: {value}".encode() for name, value in headers.items()]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
