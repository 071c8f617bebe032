"""Logs on their way to CloudWatch Logs, written in the background with each function's execution role.

AWS writes a function's logs as its role: without `logs:PutLogEvents` the function runs and no log appears. One
thread writes for all functions and puts together what gathered while it was busy, because a call to
`PutLogEvents` for every invocation would cost more than the invocation. Logs appear within about 0.2 s.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from localstack.aws.connect import connect_to
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.utils.aws.client_types import ServicePrincipal

LOG = logging.getLogger(__name__)
GATHER_SECONDS = 0.1
MAX_EVENT_BYTES = 1024 * 1024  # an event's size in CloudWatch Logs since April 2025


@dataclass(frozen=True)
class Stream:
    """Where events go: one log stream per execution environment."""

    role: str
    region: str
    group: str
    name: str


_queue: queue.Queue[tuple[Stream, list[dict[str, object]]]] = queue.Queue()
_thread_lock = threading.Lock()
_thread: threading.Thread | None = None


def deliver(
    version: FunctionVersion, group: str, stream: str, events: Sequence[str], times: tuple[float, float]
) -> None:
    """Hand over the log events of an invocation; returns at once.

    `times` are its begin and end in seconds since 1970: up to START events have the one, after it the other. What a
    function prints has AWS's time of printing there, and here that of the end.
    """
    global _thread
    began, ended = (int(moment * 1000) for moment in times)
    started = next((number for number, event in enumerate(events) if event.startswith("START ")), -1)
    entries: list[dict[str, object]] = [
        {"timestamp": began if number <= started else ended, "message": event[:MAX_EVENT_BYTES] + "\n"}
        for number, event in enumerate(events)
    ]
    _queue.put((Stream(version.config.role, version.id.region, group, stream), entries))
    if _thread is None:
        with _thread_lock:
            if _thread is None:
                _thread = threading.Thread(target=_write_forever, name="log-writer", daemon=True)
                _thread.start()


def _write_forever() -> None:
    while True:
        batches = {}
        stream, entries = _queue.get()
        time.sleep(GATHER_SECONDS)
        batches[stream] = entries
        while not _queue.empty():
            stream, entries = _queue.get_nowait()
            batches.setdefault(stream, []).extend(entries)
        for stream, entries in batches.items():
            try:
                _write(stream, entries)
            except Exception as error:  # a role without the permission, or gone: AWS says nothing either
                LOG.info("Logs of %s were not written: %s", stream.group, error)


@lru_cache(maxsize=256)
def _client(role: str, region: str):
    return connect_to.with_assumed_role(
        region_name=region, role_arn=role, service_principal=ServicePrincipal.lambda_
    ).logs


def _write(stream: Stream, entries: list[dict[str, object]]) -> None:
    logs = _client(stream.role, stream.region)
    target = {"logGroupName": stream.group, "logStreamName": stream.name}
    for first in range(0, len(entries), 10_000):  # events in one PutLogEvents
        part = entries[first : first + 10_000]
        try:
            logs.put_log_events(**target, logEvents=part)
        except logs.exceptions.ResourceNotFoundException:
            _create(logs, target)
            logs.put_log_events(**target, logEvents=part)


def _create(logs, target: dict[str, str]) -> None:
    try:
        logs.create_log_group(logGroupName=target["logGroupName"])
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
    try:
        logs.create_log_stream(**target)
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
