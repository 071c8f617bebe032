"""FilterLogEvents and GetLogEvents.

API Reference (2026-11): FilterLogEvents shows the events of all log streams in the order of their times, `interleaved`
or not, up to `endTime`, since 2026 the newest first if asked to; GetLogEvents those before `endTime`. moto 5.1 shows
one log stream after the other, has the same end for both, and knows neither a prefix of log streams nor a log group by
its ARN.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException, ResourceNotFoundException
from localstack.services.moto import call_moto_with_request
from moto.logs.models import LogGroup

from ..server.newer_members import body
from . import stored_events
from .filter_patterns.patterns import parse
from .operations import check_pattern, find_one
from .stored_events import StoredEvent

PAGE = 10_000
Place = tuple[int, int]  # of an event among all: its time, its number


def filter_log_events(original: Callable[..., Any], self: Any, context: RequestContext, **request: Any) -> Any:
    """Wrap `LogsProvider.filter_log_events`. Raises: AWS's errors."""
    check_pattern(request.get("filter_pattern") or "")
    group = find_one(context, request.get("log_group_name"), request.get("log_group_identifier"))
    read = parse(request.get("filter_pattern") or "")
    newest_first, after = _place(request.get("next_token"), body(context).get("startFromHead") is False)
    found = sorted(
        (
            (event.timestamp, event.event_id, name, event)
            for name, event in _events(group, request)
            if _is_left((event.timestamp, event.event_id), after, newest_first) and read(event.message) is not None
        ),
        reverse=newest_first,
    )
    size = request.get("limit") or PAGE
    answer: dict[str, Any] = {
        "events": [_shown(name, event) for _, _, name, event in found[:size]],
        "searchedLogStreams": [],  # always empty since May 2020
    }
    if len(found) > size:
        answer["nextToken"] = _token(newest_first, found[size - 1][:2])
    return answer


def get_log_events(
    original: Callable[..., Any], self: Any, context: RequestContext, log_stream_name: str, **request: Any
) -> Any:
    """Wrap `LogsProvider.get_log_events`: the end of the time is not in it, and moto knows groups by their names."""
    group = find_one(context, request.get("log_group_name"), request.get("log_group_identifier"))
    asked = {name: value for name, value in context.service_request.items() if name != "logGroupIdentifier"}
    asked["logGroupName"] = group.name
    if asked.get("endTime"):
        asked["endTime"] -= 1
    return call_moto_with_request(context, asked)


def _events(group: LogGroup, request: dict[str, Any]) -> Iterator[tuple[str, StoredEvent]]:
    earliest, latest = request.get("start_time") or 0, request.get("end_time")
    names, prefix = request.get("log_stream_names"), request.get("log_stream_name_prefix")
    if names and prefix:
        raise InvalidParameterException("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.")
    streams = dict(group.streams)
    if names and not all(name in streams for name in names):
        raise ResourceNotFoundException("The specified log stream does not exist.")
    for name in names or streams:
        if name.startswith(prefix or ""):
            for event in stored_events.of(streams[name]).between(earliest, latest):
                yield name, event


def _shown(name: str, event: StoredEvent) -> dict[str, Any]:
    return {
        "logStreamName": name,
        "timestamp": event.timestamp,
        "message": event.message,
        "ingestionTime": event.ingestion_time,
        "eventId": event.written_id,
    }


def _is_left(place: Place, after: Place | None, newest_first: bool) -> bool:
    return after is None or (place < after if newest_first else place > after)


def _token(newest_first: bool, place: Place) -> str:
    return base64.urlsafe_b64encode(f"{'bf'[not newest_first]}/{place[0]}/{place[1]}".encode()).decode()


def _place(token: str | None, newest_first: bool) -> tuple[bool, Place | None]:
    """Whether the newest events come first, and the event after which a page begins: both as the token says."""
    if not token:
        return newest_first, None
    try:
        direction, time, number = base64.urlsafe_b64decode(token).decode().split("/")
        return direction == "b", (int(time), int(number))
    except (binascii.Error, ValueError):
        raise InvalidParameterException("The specified nextToken is invalid.") from None
