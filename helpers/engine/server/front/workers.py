"""The threads that handle requests.

Python's ThreadPoolExecutor would do, but LocalStack wraps it (`localstack.runtime.patches`): each request would look
at every thread there is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

LOG = logging.getLogger(__name__)


class Workers:
    """`most` threads, at most, each started when no other is idle. `submit` is for one thread."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.started = 0
        self.idle = threading.Semaphore(0)
        self.work: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def submit(self, task: Callable[[], None]) -> None:
        """Have a thread run `task`, as soon as one is free."""
        if not self.idle.acquire(blocking=False) and self.started < self.most:
            self.started += 1
            threading.Thread(target=self._work, name=f"gateway-{self.started}", daemon=True).start()
        self.work.put(task)

    def _work(self) -> None:
        while True:
            task = self.work.get()
            try:
                task()
            except Exception:
                LOG.exception("A request ended without an answer")
            del task
            self.idle.release()
