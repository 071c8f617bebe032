"""Polling intervals of SQS queues and event source mappings: a quarter of a second.

A message that waits (for its delay, its visibility timeout or a retry) is put back by a worker that LocalStack wakes
once a second; an event source mapping whose source is empty waits longer each time, up to 10 s. On AWS both act within
a fraction of a second: mappings use long polling.
"""

from __future__ import annotations

from localstack.services.sqs.provider import QueueUpdateWorker
from localstack.utils.backoff import ExponentialBackoff
from localstack.utils.scheduler import Scheduler
from localstack.utils.threads import start_thread

SECONDS = 0.25


def start(self: QueueUpdateWorker) -> None:
    """Replace `QueueUpdateWorker.start`: the same with a shorter period."""
    with self.mutex:
        if self.thread:
            return
        self.scheduler = Scheduler()
        self.scheduler.schedule(self.do_update_all_queues, period=SECONDS)
        self.thread = start_thread(lambda *_: self.scheduler.run(), name="sqs-queue-update-worker")


def backoff(initial_interval: float, max_interval: float) -> ExponentialBackoff:
    """Return a backoff whose first interval is no longer than its longest."""
    return ExponentialBackoff(initial_interval=min(initial_interval, max_interval), max_interval=max_interval)
