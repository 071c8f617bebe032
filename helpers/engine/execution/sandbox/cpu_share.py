"""CPU time in proportion to memory, enforced with SIGSTOP and SIGCONT.

AWS: at 1,769 MB a function has the equivalent of one vCPU, and CPU scales with memory (Developer Guide, "Configure
Lambda function memory", 2026-11). Only time that is *used* counts, so a function that waits is never slowed down. A
share of 0 is no limit. INIT is not limited, as on AWS: counting begins with the first invocation.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from . import processes

# What may be used ahead of its time, besides all that is used until the supervisor's first look, 10 to 20 ms after the
# beginning: short handlers run at full speed, as they do inside one scheduling period on AWS.
AHEAD_SECONDS = 0.020
MB_PER_CPU = 1769  # memory that comes with one vCPU


def cpus(memory_mb: int) -> float:
    """Return the vCPUs that come with a function's memory."""
    return memory_mb / MB_PER_CPU


class CpuShare:
    """The processor share of one environment: `cpus` processors on average, from `begin` on."""

    def __init__(
        self,
        cpus: float,
        clock: Callable[[], float] = time.monotonic,
        cpu_seconds: Callable[[int], float] = processes.cpu_seconds,
    ) -> None:
        self.cpus = cpus
        self.clock = clock
        self.cpu_seconds = cpu_seconds
        self.began = 0.0
        self.seen: dict[int, float] = {}
        self.used = 0.0
        self.stopped = False

    def begin(self, pids: list[int]) -> None:
        """Begin an invocation: time used before it does not count."""
        self.began = self.clock()
        self.seen = {pid: self.cpu_seconds(pid) for pid in pids} if self.cpus else {}
        self.used = 0.0
        self.stopped = False

    def next_signal(self, pids: list[int]) -> signal.Signals | None:
        """SIGSTOP when too much has been used, SIGCONT when time has caught up, None otherwise."""
        if not self.cpus or not self.began:
            return None
        for pid in pids:
            now = self.cpu_seconds(pid)
            self.used += max(now - self.seen.get(pid, 0.0), 0.0)
            self.seen[pid] = now
        allowed = self.cpus * (self.clock() - self.began + AHEAD_SECONDS)
        if self.stopped != (self.used > allowed):
            self.stopped = not self.stopped
            return signal.SIGSTOP if self.stopped else signal.SIGCONT
        return None
