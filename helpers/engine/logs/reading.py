"""FilterLogEvents and GetLogEvents.

API Reference (2026-11): FilterLogEvents shows the events of all log streams in the order of their times, `interleaved`
or not, up to `endTime`; GetLogEvents those before `endTime`. moto 5.1 shows one log stream after the other, has the
same end for both, and knows neither a prefix of log streams nor a log group by its ARN.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException, ResourceNotFoundException
from localstack.services.moto import call_moto_with_request
from moto.logs.models import LogEvent, LogGroup

from .event_ids import written_id
from .filter_patterns.patterns import parse
from .operations import check_pattern, find_group

PAGE = 10_000
Place = tuple[int, int]  # of an event among all: its time, its number


def filter_log_events(original: Callable[..., Any], self: Any, context: RequestContext, **request: Any) -> Any:
    """Wrap `LogsProvider.filter_log_events`. Raises: AWS's errors."""
    check_pattern(request.get("filter_pattern") or "")
    group = find_group(context, _one_of(request))
    read = parse(request.get("filter_pattern") or "")
    after = _place(request.get("next_token"))
    earliest, latest = request.get("start_time") or 0, request.get("end_time")
    found = sorted(
        (event.timestamp, event.event_id, name, event)
        for name, event in _events(group, request)
        if earliest <= event.timestamp
        and (latest is None or event.timestamp <= latest)
        and (event.timestamp, event.event_id) > after
        and read(event.message) is not None
    )
    size = request.get("limit") or PAGE
    answer: dict[str, Any] = {
        "events": [_shown(name, event) for _, _, name, event in found[:size]],
        "searchedLogStreams": [],  # always empty since May 2020
    }
    if len(found) > size:
        answer["nextToken"] = _token(found[size - 1][:2])
    return answer


def get_log_events(
    original: Callable[..., Any], self: Any, context: RequestContext, log_stream_name: str, **request: Any
) -> Any:
    """Wrap `LogsProvider.get_log_events`: the end of the time is not in it."""
    find_group(context, _one_of(request))
    asked = dict(context.service_request)
    if asked.get("endTime"):
        asked["endTime"] -= 1
    return call_moto_with_request(context, asked)


def _one_of(request: dict[str, Any]) -> str:
    """The log group that is asked for, by its name or its ARN."""
    name, identifier = request.get("log_group_name"), request.get("log_group_identifier")
    if bool(name) == bool(identifier):
        raise InvalidParameterException("Exactly one of logGroupName and logGroupIdentifier must be specified.")
    return str(name or identifier)


def _events(group: LogGroup, request: dict[str, Any]) -> Iterator[tuple[str, LogEvent]]:
    names, prefix = request.get("log_stream_names"), request.get("log_stream_name_prefix")
    if names and prefix:
        raise InvalidParameterException("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.")
    streams = dict(group.streams)
    if names and not all(name in streams for name in names):
        raise ResourceNotFoundException("The specified log stream does not exist.")
    for name in names or streams:
        if name.startswith(prefix or ""):
            for event in list(streams[name].events):
                yield name, event


def _shown(name: str, event: LogEvent) -> dict[str, Any]:
    return {
        "logStreamName": name,
        "timestamp": event.timestamp,
        "message": event.message,
        "ingestionTime": event.ingestion_time,
        "eventId": written_id(event),
    }


def _token(place: Place) -> str:
    return base64.urlsafe_b64encode("{}.{}".format(*place).encode()).decode()


def _place(token: str | None) -> Place:
    """The event after which a page begins."""
    if not token:
        return (-1, -1)
    try:
        time, number = base64.urlsafe_b64decode(token).decode().split(".")
        return int(time), int(number)
    except (binascii.Error, ValueError):
        raise InvalidParameterException("The specified nextToken is invalid.") from None
