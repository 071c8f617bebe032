"""Waiting: a thread is blocked, the event loop goes on with something else.

An invocation is the same code in a thread and on the loop that serves the engine's port, where thousands may wait at
once and none needs a thread. On the loop it runs in a greenlet, which is left while it waits; `loop` says how.
"""

from __future__ import annotations

import select as system
import selectors
import socket
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Protocol, TypeVar

T = TypeVar("T")
Events = list[tuple[selectors.SelectorKey, int]]


class Loop(Protocol):
    """What runs a greenlet on an event loop."""

    def until_ready(self, descriptor: int, seconds: float) -> None:
        """Leave the greenlet until the descriptor can be read, `seconds` at most; go on watching it."""

    def until_writable(self, descriptor: int, seconds: float) -> None:
        """Leave the greenlet until the descriptor can be written, `seconds` at most."""

    def forget(self) -> None:
        """Watch no longer what the greenlet has waited for."""

    def aside(self, function: Callable[[], T]) -> T:
        """Call what takes long in a thread; leave the greenlet meanwhile."""


loop: ContextVar[Loop | None] = ContextVar("loop", default=None)


def select(selector: selectors.BaseSelector, seconds: float) -> Events:
    """`selector.select`, `seconds` at most."""
    here = loop.get()
    if here is None or seconds <= 0:
        return selector.select(seconds)
    here.until_ready(selector.fileno(), seconds)  # type: ignore[attr-defined] # epoll's and kqueue's have it
    return selector.select(0)


def send_all(sock: socket.socket, data: bytes, seconds: float) -> None:
    """Send all of `data` over a socket that does not block. Raises: OSError; TimeoutError if nobody reads it."""
    here, deadline, rest = loop.get(), time.monotonic() + seconds, memoryview(data)
    while rest:
        try:
            rest = rest[sock.send(rest) :]
        except BlockingIOError:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("Nobody reads.") from None
            if here:
                here.until_writable(sock.fileno(), left)
            else:
                poll = system.poll()
                poll.register(sock, system.POLLOUT)
                poll.poll(left * 1000)


def close(selector: selectors.BaseSelector) -> None:
    """Close a selector for which the caller may have waited."""
    if here := loop.get():
        here.forget()
    selector.close()


def aside(function: Callable[[], T]) -> T:
    """Call what takes long: a thread is blocked by it anyway, the loop must not be."""
    here = loop.get()
    return function() if here is None else here.aside(function)
