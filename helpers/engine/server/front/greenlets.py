"""Requests that are handled on the event loop itself, each in a greenlet: see `execution.waiting`.

A greenlet is code with a stack of its own that is left in the middle and continued later, in the same thread. So what
is written to block a thread runs on the loop as it is: no second version of it, and no thread to hand it to.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from greenlet import getcurrent, greenlet

from ...execution import waiting
from .workers import Workers

T = TypeVar("T")


class Greenlets:
    """Greenlets of one event loop: an `execution.waiting.Loop`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, workers: Workers) -> None:
        self.loop = loop
        self.workers = workers
        self.waiting: deque[Callable[[], None]] = deque()

    def run(self, function: Callable[[], None]) -> None:
        """Run `function` in a greenlet, as soon as the loop has looked after those that have begun.

        Of many requests at once all would be begun before the first is answered, each by an environment of its own.
        """
        self.waiting.append(function)
        if len(self.waiting) == 1:
            self.loop.call_soon(self._begin_next)

    def _begin_next(self) -> None:
        function = self.waiting.popleft()
        if self.waiting:
            self.loop.call_soon(self._begin_next)
        self._begin(function)

    def _begin(self, function: Callable[[], None]) -> None:
        """Begin `function`; returns when it waits for the first time, or has ended."""
        context = contextvars.Context()
        context.run(waiting.loop.set, self)
        begun = greenlet(function)
        begun.gr_context = context
        begun.switch()

    def until_ready(self, descriptor: int, write: bool, seconds: float) -> None:
        """Leave this greenlet until the descriptor can be read (or written), `seconds` at most."""
        add = self.loop.add_writer if write else self.loop.add_reader
        remove = self.loop.remove_writer if write else self.loop.remove_reader
        me = getcurrent()
        late = self.loop.call_later(seconds, me.switch)
        add(descriptor, me.switch)
        try:
            me.parent.switch()
        finally:
            remove(descriptor)
            late.cancel()

    def aside(self, function: Callable[[], T]) -> T:
        """Call `function` in a thread, and continue this greenlet with what it returns or raises."""
        me, context, done = getcurrent(), contextvars.copy_context(), Future[T]()

        def call() -> None:
            context.run(waiting.loop.set, None)
            try:
                done.set_result(context.run(function))
            except BaseException as error:
                done.set_exception(error)
            self.loop.call_soon_threadsafe(me.switch)

        self.workers.submit(call)
        me.parent.switch()
        return done.result()
