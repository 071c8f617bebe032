"""The clock: one thread that waits for the next of all due times, and has what is due done in threads of its own.

It is started by the first call and ends with the engine. It goes by the time of day, which can be set: so it looks at
it once a minute at least.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

LOOK_EVERY_SECONDS = 60.0


@dataclass(order=True)
class Call:
    """Something to do at a time (`time.time`), unless it is cancelled."""

    when: float
    number: int
    action: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Do not do it."""
        self.cancelled = True


class Clock:
    """Does things when they are due. `now` says what time it is."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._calls: list[Call] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()

    def call_at(self, when: float, action: Callable[[], None]) -> Call:
        """Have `action` done at a time, in a thread."""
        call = Call(when, next(self._numbers), action)
        with self._changed:
            heapq.heappush(self._calls, call)
            self._changed.notify()
        return call

    def due(self) -> list[Call]:
        """Take what is due now, in the order of the times."""
        found = []
        with self._changed:
            while self._calls and self._calls[0].when <= self._now():
                found.append(heapq.heappop(self._calls))
        return [call for call in found if not call.cancelled]

    def wait(self) -> None:
        """Wait until something is due, or until something nearer may be."""
        with self._changed:
            seconds = self._calls[0].when - self._now() if self._calls else LOOK_EVERY_SECONDS
            if seconds > 0:
                self._changed.wait(min(seconds, LOOK_EVERY_SECONDS))

    def run(self) -> None:
        """Do what is due, for ever."""
        while True:
            self.wait()
            for call in self.due():
                threading.Thread(target=_do, args=(call,), name="scheduled", daemon=True).start()


def _do(call: Call) -> None:
    try:
        call.action()
    except Exception:
        logging.getLogger(__name__).exception("what was due failed")


@cache
def the_clock() -> Clock:
    """Return the engine's clock, running."""
    clock = Clock()
    threading.Thread(target=clock.run, name="clock", daemon=True).start()
    return clock
