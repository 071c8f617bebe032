"""How long a supervisor sleeps before it looks again at the memory and the processor time of its environment.

A function that works is looked at often, one that waits less and less: hundreds may wait at once. Memory grows only
while a processor works on it, so who was idle can have taken no more than a burst since it woke up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from . import processes

SHORTEST_SECONDS = 0.010  # a burst of 2 GB/s passes its limit by at most 20 MB between two looks
LONGEST_SECONDS = 0.040
BURST_BYTES = 2 * 1024**3  # a second
IDLE_SECONDS = 0.0005  # of processor time since the last look, or less


class Pace:
    """The pace of one supervisor."""

    def __init__(self, cpu_seconds: Callable[[int], float] = processes.cpu_seconds) -> None:
        self.cpu_seconds = cpu_seconds
        self.used = 0.0
        self.pause = SHORTEST_SECONDS

    def begin(self) -> None:
        """Begin an invocation: it will work."""
        self.pause = SHORTEST_SECONDS

    def looked(self, pids: Sequence[int], free_bytes: float = math.inf, took: float = 0.0) -> None:
        """Set the `pause` after a look at these processes, which took so many seconds.

        `free_bytes`: memory that they may still take. A thousand processes take long to look at.
        """
        used = sum(map(self.cpu_seconds, pids))
        idle = abs(used - self.used) <= IDLE_SECONDS
        self.used = used
        longer = min(2 * self.pause, LONGEST_SECONDS, free_bytes / BURST_BYTES) if idle else 0.0
        self.pause = max(SHORTEST_SECONDS, longer, 2 * took)
