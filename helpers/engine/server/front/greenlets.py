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
        self.watched: dict[greenlet, int] = {}  # descriptors for which greenlets have waited; until each ends
        self.sleeping: set[greenlet] = set()  # those that wait for it now

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
        begun = greenlet(self._whole)
        begun.gr_context = context
        begun.switch(function)

    def _whole(self, function: Callable[[], None]) -> None:
        try:
            function()
        finally:
            self._unwatch(getcurrent())

    def until_ready(self, descriptor: int, seconds: float) -> None:
        """Leave this greenlet until the descriptor can be read, `seconds` at most.

        The loop watches it until the greenlet ends: an invocation waits for the same one several times.
        """
        me = getcurrent()
        if self.watched.get(me) != descriptor:
            self._unwatch(me)
            self.watched[me] = descriptor
            self.loop.add_reader(descriptor, self._wake, me)
        self.sleeping.add(me)
        try:
            self._leave(me, seconds)
        finally:
            self.sleeping.discard(me)

    def _wake(self, one: greenlet) -> None:
        if one in self.sleeping:
            one.switch()
        else:  # it waits for something else: the loop is not to find this ready again and again
            self._unwatch(one)

    def _unwatch(self, one: greenlet) -> None:
        if (descriptor := self.watched.pop(one, None)) is not None:
            self.loop.remove_reader(descriptor)

    def forget(self) -> None:
        """Watch no longer what this greenlet has waited for: it is about to be closed, and its number is another's."""
        self._unwatch(getcurrent())

    def until_writable(self, descriptor: int, seconds: float) -> None:
        """Leave this greenlet until the descriptor can be written, `seconds` at most."""
        me = getcurrent()
        self.loop.add_writer(descriptor, me.switch)
        try:
            self._leave(me, seconds)
        finally:
            self.loop.remove_writer(descriptor)

    def _leave(self, me: greenlet, seconds: float) -> None:
        late = self.loop.call_later(seconds, me.switch)
        try:
            me.parent.switch()
        finally:
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
