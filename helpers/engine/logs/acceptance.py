"""Which log events PutLogEvents takes: those that are neither too old, too new, nor older than the group's retention.

API Reference, "PutLogEvents" and "RejectedLogEventsInfo" (2026-11): a request is refused as a whole if its events are
not in their order, span more than 24 hours or are too large; single events are left out, and the answer says which.
moto 5.1 leaves out some, with an index that is one too small, and knows no retention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from localstack.aws.api.logs import InvalidParameterException

from .batches import EVENT_OVERHEAD_BYTES, MAX_BATCH_BYTES, MAX_BATCH_EVENTS

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
OLDEST_MS, NEWEST_MS = 14 * DAY_MS, 2 * HOUR_MS

Event = Mapping[str, Any]


def sort_out(events: Sequence[Event], now: int, retention_days: int | None) -> tuple[list[Event], dict[str, int]]:
    """The events that are taken, and where the others are; `now` in ms since 1970.

    Raises: InvalidParameterException for a request that is refused as a whole.
    """
    _check(events)
    times = [event["timestamp"] for event in events]
    too_old = sum(time < now - OLDEST_MS for time in times)
    expired = sum(time < now - retention_days * DAY_MS for time in times) if retention_days else 0
    too_new = sum(time > now + NEWEST_MS for time in times)
    rejected = {}
    if too_new:
        rejected["tooNewLogEventStartIndex"] = len(events) - too_new
    if too_old:
        rejected["tooOldLogEventEndIndex"] = too_old
    if expired > too_old:
        rejected["expiredLogEventEndIndex"] = expired
    return list(events[max(too_old, expired) : len(events) - too_new]), rejected


def _check(events: Sequence[Event]) -> None:
    if len(events) > MAX_BATCH_EVENTS:
        raise InvalidParameterException(
            "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length "
            f"less than or equal to {MAX_BATCH_EVENTS}"
        )
    times = [event["timestamp"] for event in events]
    if any(later < earlier for earlier, later in pairwise(times)):
        raise InvalidParameterException("Log events in a single PutLogEvents request must be in chronological order.")
    if times and times[-1] - times[0] > DAY_MS:
        raise InvalidParameterException(
            "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
        )
    sizes = [len(event["message"].encode("utf-8", "replace")) + EVENT_OVERHEAD_BYTES for event in events]
    if sizes and max(sizes) > MAX_BATCH_BYTES:
        raise InvalidParameterException(f"Log event too large: {max(sizes)} bytes exceeds limit of {MAX_BATCH_BYTES}")
    if sum(sizes) > MAX_BATCH_BYTES:
        raise InvalidParameterException(f"Upload too large: {sum(sizes)} bytes exceeds limit of {MAX_BATCH_BYTES}")
