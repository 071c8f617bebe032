"""A batch of a stream's records: retried, cut in halves, given up.

Lambda Developer Guide, "How Lambda processes records from stream and queue-based event sources" and "Configuring error
handling controls for Kinesis event source mappings" (2026-11): Lambda retries a batch until it succeeds, its records
are too old (`MaximumRecordAgeInSeconds`), or `MaximumRetryAttempts` are used up; a call that never reached the
function, because it was throttled, is no attempt. `BisectBatchOnFunctionError` cuts a failed batch in two before the
retry, which takes none of its attempts. With partial failures the retry begins at the lowest number that failed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .outcomes import Outcome

FIRST_DELAY_SECONDS = 0.25
LONGEST_DELAY_SECONDS = 5.0
EXHAUSTED, TOO_OLD = "RetryAttemptsExhausted", "RecordAgeExceeded"


@dataclass(frozen=True)
class Record:
    """A record: the event that the function gets, its sequence number, when it arrived (epoch), what orders it."""

    event: dict[str, Any]
    number: str
    arrived: float
    key: str


@dataclass
class Batch:
    """Records that are tried together; `attempts`: how often the function failed with them, `tries`: all calls."""

    records: list[Record]
    attempts: int = 0
    tries: int = 0
    last: Outcome = field(default_factory=Outcome)

    def halves(self) -> list[Batch]:
        """The two halves, with the attempts of the whole."""
        middle = (len(self.records) + 1) // 2
        return [Batch(part, self.attempts, last=self.last) for part in (self.records[:middle], self.records[middle:])]


@dataclass(frozen=True)
class Handling:
    """What a lane does with a batch: `call` the function; tell of those `done`, and of those `discarded` and why.

    `wait` returns whether the mapping still polls after so many seconds.
    """

    mapping: dict[str, Any]
    call: Callable[[list[Record]], Outcome]
    done: Callable[[Sequence[Record]], None]
    discard: Callable[[Batch, str], None]
    wait: Callable[[float], bool]


def work_off(records: list[Record], handling: Handling) -> bool:
    """Try `records` until each is done or discarded. Returns: False if the mapping stopped polling before."""
    waiting = [Batch(records)]
    while waiting:
        batch = waiting.pop(0)
        for old in _take_too_old(batch, handling.mapping):
            handling.discard(old, TOO_OLD)
            handling.done(old.records)
        if not batch.records:
            continue
        outcome = batch.last = handling.call(batch.records)
        batch.tries += 1
        if outcome.failures:
            _keep_from(batch, min(outcome.failures, key=int), handling)
        elif not outcome.failed:
            handling.done(batch.records)
            continue
        again = [batch]
        cut = handling.mapping.get("BisectBatchOnFunctionError") and outcome.reached and not outcome.failures
        if cut and len(batch.records) > 1:
            again = batch.halves()
        elif outcome.reached:
            batch.attempts += 1
            if is_exhausted(batch, handling.mapping):
                handling.discard(batch, EXHAUSTED)
                handling.done(batch.records)
                continue
        waiting[:0] = again
        if not handling.wait(delay(batch.tries)):
            return False
    return True


def is_exhausted(batch: Batch, mapping: dict[str, Any]) -> bool:
    """Whether the batch has no attempt left; -1 means that it always has."""
    most = mapping.get("MaximumRetryAttempts", -1)
    return most is not None and 0 <= most < batch.attempts


def delay(tries: int) -> float:
    """Seconds before the next try. AWS does not say; here a lesson should not wait long."""
    return min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2.0 ** min(tries - 1, 10))


def _take_too_old(batch: Batch, mapping: dict[str, Any]) -> Iterator[Batch]:
    """Take out what is older than the mapping allows; records are in the order of their arrival."""
    most = mapping.get("MaximumRecordAgeInSeconds") or -1
    if most < 0:
        return
    limit = time.time() - most
    old = [record for record in batch.records if record.arrived < limit]
    if old:
        batch.records = batch.records[len(old) :]
        yield Batch(old, batch.attempts, batch.tries, batch.last)


def _keep_from(batch: Batch, number: str, handling: Handling) -> None:
    """The records before `number` are done; the retry is with the others."""
    first = next(index for index, record in enumerate(batch.records) if record.number == number)
    handling.done(batch.records[:first])
    batch.records = batch.records[first:]
