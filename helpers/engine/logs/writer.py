"""Delivery of functions' logs to CloudWatch Logs, in the background, with each function's execution role.

AWS writes a function's logs as its role: without `logs:PutLogEvents` the function runs and no log appears. One
thread writes for all functions and puts together what gathered while it was busy, because a call to
`PutLogEvents` for every invocation would cost more than the invocation. Logs appear within about 0.2 s.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from localstack.aws.connect import connect_to
from localstack.utils.aws.client_types import ServicePrincipal

from ..execution.platform_logs import LogEvent

LOG = logging.getLogger(__name__)
GATHER_SECONDS = 0.1
# Of one PutLogEvents; an event may be as large as that since April 2025 (CloudWatch Logs API Reference, 2026-11).
MAX_BATCH_BYTES = 1024 * 1024
MAX_BATCH_EVENTS = 10_000
EVENT_OVERHEAD_BYTES = 26  # that count for each event beside its message in UTF-8


@dataclass(frozen=True)
class Stream:
    """A log stream, one for each execution environment, and the role (ARN) that writes to it."""

    role: str
    region: str
    group: str
    name: str


_queue: queue.Queue[tuple[Stream, Sequence[LogEvent]]] = queue.Queue()
_thread_lock = threading.Lock()
_thread: threading.Thread | None = None


def deliver(stream: Stream, events: Sequence[LogEvent]) -> None:
    """Hand over the log events of an invocation; returns at once."""
    global _thread
    _queue.put((stream, events))
    if _thread is None:
        with _thread_lock:
            if _thread is None:
                _thread = threading.Thread(target=_write_forever, name="log-writer", daemon=True)
                _thread.start()


def _write_forever() -> None:
    while True:
        stream, events = _queue.get()
        time.sleep(GATHER_SECONDS)
        batches = {stream: list(events)}
        while not _queue.empty():
            stream, events = _queue.get_nowait()
            batches.setdefault(stream, []).extend(events)
        for stream, gathered in batches.items():
            try:
                _write(stream, gathered)
            except Exception as error:  # a role without the permission, or gone: AWS says nothing either
                LOG.info("Logs of %s were not written: %s", stream.group, error)


@lru_cache(maxsize=256)
def _client(role: str, region: str) -> Any:
    return connect_to.with_assumed_role(
        region_name=region, role_arn=role, service_principal=ServicePrincipal.lambda_
    ).logs


def _write(stream: Stream, events: list[LogEvent]) -> None:
    if stream.group.startswith("aws/"):
        return  # a group that Lambda cannot create ("Configuring CloudWatch log groups")
    logs = _client(stream.role, stream.region)
    target = {"logGroupName": stream.group, "logStreamName": stream.name}
    for batch in batches(events):
        try:
            logs.put_log_events(**target, logEvents=batch)
        except logs.exceptions.ResourceNotFoundException:
            _create(logs, target)
            logs.put_log_events(**target, logEvents=batch)


def batches(events: Sequence[LogEvent]) -> Iterator[list[dict[str, Any]]]:
    """The events as `PutLogEvents` takes them, in calls of at most 10,000 events and 1 MB.

    A message larger than an event may be becomes several.
    """
    batch: list[dict[str, Any]] = []
    size = 0
    for event in events:
        for message in _parts(event.message):
            takes = len(message.encode("utf-8", "replace")) + EVENT_OVERHEAD_BYTES
            if batch and (len(batch) == MAX_BATCH_EVENTS or size + takes > MAX_BATCH_BYTES):
                yield batch
                batch, size = [], 0
            batch.append({"timestamp": event.timestamp, "message": message})
            size += takes
    if batch:
        yield batch


def _parts(message: str) -> list[str]:
    most = MAX_BATCH_BYTES - EVENT_OVERHEAD_BYTES
    if len(message) * 4 <= most:
        return [message]
    data, parts = message.encode("utf-8", "replace"), []
    while data:
        end = most
        while end < len(data) and data[end] & 0xC0 == 0x80:  # not within a character
            end -= 1
        parts.append(data[:end].decode())
        data = data[end:]
    return parts


def _create(logs: Any, target: dict[str, str]) -> None:
    try:
        logs.create_log_group(logGroupName=target["logGroupName"])
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
    try:
        logs.create_log_stream(**target)
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
