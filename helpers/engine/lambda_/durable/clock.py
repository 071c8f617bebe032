"""Time for durable executions: the time of day, and what was skipped.

All that an account waits for in a region, waits and retries and timeouts, goes by one clock. To put it forward makes
what is due meanwhile due now, in its order.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

from aws_durable_execution_sdk_python_testing.scheduler import Scheduler


class SkippingClock:
    """A clock that can be put forward: the emulator's `Clock`."""

    def __init__(self) -> None:
        self.skipped = timedelta(0)

    def now(self) -> datetime:
        """What time it is."""
        return datetime.now(UTC) + self.skipped

    def arm(self, wake: datetime) -> float:
        """For how many seconds to wait until a time."""
        return max((wake - self.now()).total_seconds(), 0.0)


class SkippingScheduler(Scheduler):
    """The emulator's scheduler, an event loop, whose time goes by the clock: so do all its timers."""

    def __init__(self, clock: SkippingClock) -> None:
        super().__init__()
        self._clock = clock
        self._loop.time = lambda: time.monotonic() + clock.skipped.total_seconds()

    def skip(self, seconds: float) -> None:
        """Put the clock forward, and return when it is."""
        done = threading.Event()

        def forward() -> None:
            self._clock.skipped += timedelta(seconds=seconds)
            done.set()

        # Within the loop, which looks at its timers when it has run what is to run now.
        self._loop.call_soon_threadsafe(forward)
        done.wait()
