"""A lane of a shard: its records in their order, one batch at a time.

A shard has one lane, or as many as `ParallelizationFactor` says; records with one partition key (of DynamoDB: of one
item) are in one lane (Lambda Developer Guide, "Polling and batching streams", 2026-11).
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from localstack.utils.json import BytesEncoder

from . import batches, windows
from .batches import Batch, Handling, Record
from .outcomes import Outcome

LOG = logging.getLogger(__name__)
PAYLOAD_BYTES = 6 * 1024 * 1024


class Lane:
    """Records that wait, and the batch that is being worked off.

    `handling.call` takes records; with tumbling windows `call` here adds the window's fields, by `send`.
    """

    def __init__(
        self,
        handling: Handling,
        send: Callable[[list[Record], dict[str, Any]], Outcome],
        shard_id: str,
        source_arn: str,
    ):
        self.waiting: list[Record] = []
        self.busy = False
        self._lock = threading.Lock()
        self._since = 0.0
        self._send = send
        self._place = shard_id, source_arn
        self._seconds = handling.mapping.get("TumblingWindowInSeconds") or 0
        self._window: windows.Window | None = None
        self._handling = replace(handling, call=self._call)

    def add(self, records: Sequence[Record]) -> None:
        """Take records that were read."""
        with self._lock:
            if records and not self.waiting:
                self._since = time.monotonic()
            self.waiting += records

    def step(self, pool: ThreadPoolExecutor) -> None:
        """Begin with the next batch if there is one and nothing is being worked off."""
        with self._lock:
            if self.busy or not (self._ends_window() or self._is_ready()):
                return
            self.busy = True
        try:
            pool.submit(self._run)
        except RuntimeError:  # the mapping stopped polling just now
            self.busy = False

    def _run(self) -> None:
        try:
            while self._handling.wait(0) and self._next():
                pass
        except Exception:
            LOG.exception("A batch of %s was lost", self._place)
        finally:
            self.busy = False

    def _next(self) -> bool:
        """Work off what comes next. Returns: False if nothing does, or the mapping stopped polling."""
        with self._lock:
            ends = self._ends_window()
            batch = [] if ends or not self._is_ready() else self._take()
        if ends:
            return self._final()
        return bool(batch) and batches.work_off(batch, self._handling)

    def _is_ready(self) -> bool:
        mapping = self._handling.mapping
        if not self.waiting:
            return False
        longest = mapping.get("MaximumBatchingWindowInSeconds") or 0
        return len(self.waiting) >= mapping["BatchSize"] or time.monotonic() - self._since >= longest

    def _take(self) -> list[Record]:
        """The next batch: at most as many records as the mapping says, of one window, within an event's 6 MB."""
        if self._seconds and self._window is None:
            self._window = windows.window_of(self.waiting[0].arrived, self._seconds)
        size, count = 0, 0
        for record in self.waiting[: self._handling.mapping["BatchSize"]]:
            size += len(json.dumps(record.event, cls=BytesEncoder))
            beyond = self._window is not None and record.arrived >= self._window.end
            if count and (size > PAYLOAD_BYTES or beyond):
                break
            count += 1
        batch, self.waiting = self.waiting[:count], self.waiting[count:]
        self._since = time.monotonic()
        return batch

    def _ends_window(self) -> bool:
        window = self._window
        if window is None:
            return False
        if self.waiting:
            return window.too_large or self.waiting[0].arrived >= window.end
        return window.too_large or time.time() >= window.end

    def _call(self, records: list[Record]) -> Outcome:
        if self._window is None:
            return self._send(records, {})
        outcome = self._send(records, self._window.fields(*self._place, final=False))
        if outcome.reached and not outcome.failed:
            self._window.take(outcome.payload)
        return outcome

    def _final(self) -> bool:
        window, attempts, tries = self._window, 0, 0
        while window is not None:
            outcome = self._send([], window.fields(*self._place, final=True))
            attempts, tries = attempts + outcome.reached, tries + 1
            failed = outcome.failed and not batches.is_exhausted(Batch([], attempts), self._handling.mapping)
            if not failed:
                self._window, window = window.following(), None
            elif not self._handling.wait(batches.delay(tries)):
                return False
        return True
