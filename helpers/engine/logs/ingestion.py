"""Taking in log events: they are stored at once; subscribers and metrics get theirs in the background.

LocalStack 4.9.2 invokes subscribed functions and publishes metrics while the caller of PutLogEvents waits.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import ResourceNotFoundException
from moto.logs.models import LogGroup, LogStream

from . import embedded_metrics, metric_filters, metric_values, stored_events, subscription_delivery
from .acceptance import sort_out
from .operations import find_group
from .retention import stored
from .stored_events import StoredEvent

LOG = logging.getLogger(__name__)
_queue: queue.Queue[tuple[LogStream, list[StoredEvent]]] = queue.Queue()


def put_log_events(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    log_group_name: str,
    log_stream_name: str,
    log_events: list[dict[str, Any]],
    **_: Any,
) -> dict[str, Any]:
    """Wrap `LogsProvider.put_log_events`, which does metric filters of its own. Raises: AWS's errors."""
    group = find_group(context, log_group_name)
    stream = group.streams.get(log_stream_name)
    if stream is None:
        raise ResourceNotFoundException("The specified log stream does not exist.")
    return take(group, stream, log_events)


def take(group: LogGroup, stream: LogStream, log_events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Store log events, and answer as PutLogEvents does. Raises: InvalidParameterException."""
    taken, rejected = sort_out(log_events, int(time.time() * 1000), group.retention_in_days)
    answer: dict[str, Any] = {"nextSequenceToken": store(stream, taken)}
    return answer | ({"rejectedLogEventsInfo": rejected} if rejected else {})


def store(self: LogStream, log_events: Sequence[Mapping[str, Any]]) -> str:
    """Replace `LogStream.put_log_events`: the next sequence token."""
    now = int(time.time() * 1000)
    events = [StoredEvent(now, event["timestamp"], event["message"]) for event in log_events]
    self.last_ingestion_time = now
    self.stored_bytes += sum(len(event.message) for event in events)
    stored_events.of(self).add(events)
    self.upload_sequence_token += 1
    stored.keep(self, [event.message for event in events])
    if events and _somebody_waits(self, events):
        _start()
        _queue.put((self, events))
    return f"{self.upload_sequence_token:056d}"


def _somebody_waits(stream: LogStream, events: list[StoredEvent]) -> bool:
    return (
        bool(stream.log_group.subscription_filters)
        or bool(metric_filters.of_group(stream.log_group))
        or any(embedded_metrics.is_likely(event.message) for event in events)
    )


@cache
def _start() -> None:
    threading.Thread(target=_work_forever, name="log-events", daemon=True).start()


def _work_forever() -> None:
    while True:
        stream, events = _queue.get()
        for work in (subscription_delivery.deliver, _publish):
            try:
                work(stream, events)
            except Exception as error:  # one that fails is no reason to stop the next
                LOG.info("Log events of %s: %s", stream.log_group.name, error)


def _publish(stream: LogStream, events: list[StoredEvent]) -> None:
    group = stream.log_group
    values = [*metric_filters.extract(group, events), *embedded_metrics.extract(events)]
    metric_values.publish(group.account_id, group.region, values)


def without_client(self: Any) -> None:
    """Replace `LogsProvider.__init__`, which makes a client of CloudWatch that nobody uses, for 0.2 s of the first log.

    What its bases do there is nothing.
    """
