"""GetLogRecord and GetLogGroupFields: an event by its @ptr, and which fields the events of a group have.

CloudWatch Logs API Reference (2026-11). LocalStack 4.9.2 has neither. Times are in ms since 1970.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException, ResourceNotFoundException
from moto.logs.models import logs_backends

from ..operations import find_group
from .discovery import discover
from .records import Record, read, shown
from .times import Moment

FIELDS_MS = 15 * 60 * 1000  # the time that is looked at, up to now or around the time that was given
FOREVER_MS = 1 << 62


def get_log_record(
    original: Callable[..., Any], self: Any, context: RequestContext, log_record_pointer: str, **_: Any
) -> dict[str, Any]:
    """Wrap `LogsProvider.get_log_record`."""
    for group in list(logs_backends[context.account_id][context.region].groups.values()):
        for record in read([group], 0, FOREVER_MS):
            if record["@ptr"] == log_record_pointer:
                return {"logRecord": {name: _written(value) for name, value in _fields(group.name, record).items()}}
    raise ResourceNotFoundException("The specified log record does not exist.")


def get_log_group_fields(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    log_group_name: str | None = None,
    log_group_identifier: str | None = None,
    time: int | None = None,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `LogsProvider.get_log_group_fields`: each field, and how many per cent of the events have it."""
    if bool(log_group_name) == bool(log_group_identifier):
        raise InvalidParameterException("Exactly one of logGroupName and logGroupIdentifier must be specified.")
    group = find_group(context, str(log_group_name or log_group_identifier))
    start, end = _around(time)
    events = list(read([group], start, end))
    found = Counter(name for record in events for name in _fields(group.name, record) if name != "@ptr")
    return {"logGroupFields": [{"name": name, "percent": 100 * n // len(events)} for name, n in found.most_common()]}


def _around(seconds: int | None) -> tuple[int, int]:
    """The time to look at, in ms; 8 minutes before and after the one that was given."""
    if seconds is None:
        now = int(time.time() * 1000)
        return now - FIELDS_MS, now
    return (seconds - 8 * 60) * 1000, (seconds + 8 * 60) * 1000


def _fields(group: str, record: Record) -> dict[str, Any]:
    return {**record, **discover(group, record["@message"])}


def _written(value: Any) -> str:
    return str(int(value)) if isinstance(value, Moment) else shown(value)
