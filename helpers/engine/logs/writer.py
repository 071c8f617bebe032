"""Delivery of functions' logs to CloudWatch Logs, in the background, with each function's execution role.

AWS writes a function's logs as its role: without `logs:PutLogEvents` the function runs and no log appears. One
thread writes for all functions, without a request to `PutLogEvents`, which would cost more than the invocation; it
puts together what gathered while it was busy. Logs appear within about 0.1 s.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from localstack.aws.connect import connect_to
from localstack.utils.aws.client_types import ServicePrincipal
from moto.logs.models import logs_backends

from ..execution.platform_logs import LogEvent
from ..iam import execution_roles
from ..iam.targets import Target
from . import ingestion
from .batches import split

LOG = logging.getLogger(__name__)
GATHER_SECONDS = 0.1  # while invocations follow each other
FIRST_SECONDS = 0.02  # after a pause: whoever invokes by hand looks at once


@dataclass(frozen=True)
class Stream:
    """A log stream, one for each execution environment, and the role (ARN) that writes to it."""

    role: str
    region: str
    group: str
    name: str

    @property
    def account(self) -> str:
        """The account of the role, and of its functions."""
        return self.role.split(":")[4]

    @cached_property
    def target(self) -> Target:
        """What the role needs to be allowed."""
        arn = f"arn:aws:logs:{self.region}:{self.account}:log-group:{self.group}:log-stream:{self.name}"
        return Target("logs:PutLogEvents", arn, self.account)


_queue: queue.Queue[tuple[Stream, Sequence[LogEvent]]] = queue.Queue()
_thread_lock = threading.Lock()
_thread: threading.Thread | None = None


@cache
def prepare() -> None:
    """Load CloudWatch Logs in the background, so that a function's first line does not wait for it: 0.3 s."""
    threading.Thread(target=_prepare, name="log-preparation", daemon=True).start()


def _prepare() -> None:
    try:
        connect_to().logs.describe_log_groups(limit=1)
    except Exception as error:  # the first line will say it again
        LOG.info("CloudWatch Logs was not prepared: %s", error)


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
    waiting: dict[Stream, list[LogEvent]] = {}
    while True:
        if not waiting:
            began = time.monotonic()
            _gather(waiting, _queue.get())
            time.sleep(GATHER_SECONDS if time.monotonic() - began < GATHER_SECONDS else FIRST_SECONDS)
        while not _queue.empty():
            _gather(waiting, _queue.get_nowait())
        # A call for each stream in turn, so that nobody's line waits for the flood of another function.
        for stream in list(waiting):
            events = waiting.pop(stream)
            batch, rest = split(events)
            if rest:
                waiting[stream] = rest
            try:
                _write(stream, batch)
            except Exception as error:  # a role without the permission, or gone: AWS says nothing either
                LOG.info("Logs of %s were not written: %s", stream.group, error)


def _gather(waiting: dict[Stream, list[LogEvent]], delivered: tuple[Stream, Sequence[LogEvent]]) -> None:
    stream, events = delivered
    waiting.setdefault(stream, []).extend(events)


@lru_cache(maxsize=256)
def _client(role: str, region: str) -> Any:
    return connect_to.with_assumed_role(
        region_name=region, role_arn=role, service_principal=ServicePrincipal.lambda_
    ).logs


def _write(stream: Stream, batch: list[LogEvent]) -> None:
    if stream.group.startswith("aws/"):
        return  # a group that Lambda cannot create ("Configuring CloudWatch log groups")
    groups = logs_backends[stream.account][stream.region].groups
    if stream.group not in groups or stream.name not in groups[stream.group].streams:
        _create(stream, stream.group in groups)
    if execution_roles.may(stream.role, "lambda", stream.region, stream.target):
        group = groups[stream.group]
        events = [{"timestamp": event.timestamp, "message": event.message} for event in batch]
        ingestion.take(group, group.streams[stream.name], events)


def _create(stream: Stream, has_group: bool) -> None:
    logs = _client(stream.role, stream.region)
    try:
        if not has_group:
            logs.create_log_group(logGroupName=stream.group)
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
    try:
        logs.create_log_stream(logGroupName=stream.group, logStreamName=stream.name)
    except logs.exceptions.ResourceAlreadyExistsException:
        pass
