"""The processes of an environment, and the memory that they hold, as its supervisor sees them when it looks."""

from __future__ import annotations

import os
import time

from . import processes


class ProcessTree:
    """All processes below this one."""

    def __init__(self) -> None:
        self.pids: list[int] = []
        self.seen = 0.0  # when, by `time.monotonic`
        self.limit_bytes = 0  # 0: none
        self.peak_bytes = 0  # the most that was measured
        self.shared_before = 0
        self.unseen_bytes = 0

    def begin(self, limit_bytes: int) -> None:
        """Begin to be the processes of a function, which may hold so much memory."""
        self.limit_bytes, self.shared_before = limit_bytes, processes.shared_bytes()

    def look(self) -> None:
        """See which processes there are."""
        self.seen, self.pids = time.monotonic(), processes.descendants(os.getpid())
        self.unseen_bytes = processes.unseen_bytes(self.pids, self.shared_before)

    @property
    def has_company(self) -> bool:
        """Whether memory is held by more than the first process, or shown by none."""
        return self.unseen_bytes > 0 or any(map(processes.resident_bytes, self.pids[1:]))

    def measure(self) -> int:
        """The memory that they hold in bytes, now."""
        used = sum(map(processes.resident_bytes, self.pids))
        if len(self.pids) > 1 and used > min(self.limit_bytes or used, self.peak_bytes):
            # Forked processes share pages: count each page once before anything follows from the sum.
            used = sum(map(processes.proportional_bytes, self.pids))
        used += self.unseen_bytes
        self.peak_bytes = max(self.peak_bytes, used)
        return used
