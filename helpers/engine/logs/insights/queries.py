"""StartQuery, GetQueryResults, StopQuery and DescribeQueries.

A query is done when StartQuery returns; AWS takes some seconds. moto 5.1 knows neither `filter` nor `stats`.
"""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import (
    InvalidParameterException,
    MalformedQueryException,
    QueryCompileError,
    QueryCompileErrorLocation,
    ResourceNotFoundException,
)
from moto.logs.models import LogGroup

from ...server.not_here import refusal
from ..operations import find_group
from . import records
from .commands import MAX_RESULTS
from .parser import parse
from .scanner import AbsentCommandError, MalformedQueryError

MAX_KEPT = 500  # queries; AWS keeps them for a week


@dataclass
class Done:
    """A query with its results."""

    account: str
    region: str
    groups: list[str]
    text: str
    results: list[dict[str, str]]
    statistics: dict[str, float]
    created: int = field(default_factory=lambda: int(time.time() * 1000))


_done: OrderedDict[str, Done] = OrderedDict()


def start_query(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    start_time: int,
    end_time: int,
    query_string: str,
    query_language: str | None = None,
    log_group_name: str | None = None,
    log_group_names: list[str] | None = None,
    log_group_identifiers: list[str] | None = None,
    limit: int | None = None,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `LogsProvider.start_query`. Raises: AWS's errors."""
    if query_language not in (None, "CWLI"):
        raise refusal(f"Queries in {query_language} (CloudWatch Logs) are not part of this engine: CWLI is.")
    given = [[log_group_name] if log_group_name else None, log_group_names, log_group_identifiers]
    if sum(1 for names in given if names) != 1:
        raise InvalidParameterException(
            "Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified."
        )
    groups = [find_group(context, name) for names in given for name in names or ()]
    if start_time > end_time:
        raise InvalidParameterException("End time should not be less than start time")
    if not 1 <= (limit or MAX_RESULTS) <= MAX_RESULTS:
        raise InvalidParameterException(f"Limit must be between 1 and {MAX_RESULTS}")
    done = _run(groups, query_string, start_time, end_time, limit or MAX_RESULTS)
    identifier = str(uuid.uuid4())
    _done[identifier] = done
    while len(_done) > MAX_KEPT:
        _done.popitem(last=False)
    return {"queryId": identifier}


def get_query_results(
    original: Callable[..., Any], self: Any, context: RequestContext, query_id: str, **_: Any
) -> dict[str, Any]:
    """Wrap `LogsProvider.get_query_results`."""
    done = _find(context, query_id)
    rows = [[{"field": name, "value": value} for name, value in row.items()] for row in done.results]
    return {"results": rows, "statistics": done.statistics, "status": "Complete", "queryLanguage": "CWLI"}


def stop_query(original: Callable[..., Any], self: Any, context: RequestContext, query_id: str, **_: Any) -> None:
    """Wrap `LogsProvider.stop_query`: every query has ended."""
    _find(context, query_id)
    raise InvalidParameterException("The specified query is not running")


def describe_queries(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    log_group_name: str | None = None,
    status: str | None = None,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `LogsProvider.describe_queries`: the newest first."""
    found = [
        {
            "queryLanguage": "CWLI",
            "queryId": identifier,
            "queryString": done.text,
            "status": "Complete",
            "createTime": done.created,
            "logGroupName": done.groups[0],
        }
        for identifier, done in reversed(_done.items())
        if (done.account, done.region) == (context.account_id, context.region)
        and log_group_name in (None, *done.groups)
        and status in (None, "Complete")
    ]
    return {"queries": found}


def _run(groups: list[LogGroup], text: str, start: int, end: int, limit: int) -> Done:
    try:
        query = parse(text)
    except MalformedQueryError as error:
        raise _malformed(error) from None
    except AbsentCommandError as error:
        raise refusal(str(error)) from None
    scale = 1 if end > 100_000_000_000 else 1000  # AWS takes seconds, and milliseconds too
    events = list(records.read(groups, start * scale, end * scale + scale - 1))
    size = sum(len(event["@message"]) for event in events)
    statistics = {
        "recordsScanned": float(len(events)),
        "bytesScanned": float(size),
        "logGroupsScanned": float(len(groups)),
    }
    results = query.run(events, limit)
    statistics["recordsMatched"] = float(query.matched)
    first = groups[0]
    return Done(first.account_id, first.region, [group.name for group in groups], text, results, statistics)


def _malformed(error: MalformedQueryError) -> MalformedQueryException:
    raised = MalformedQueryException(str(error))
    location = QueryCompileErrorLocation(startCharOffset=error.start, endCharOffset=error.end)
    raised.queryCompileError = QueryCompileError(location=location, message=str(error))
    return raised


def _find(context: RequestContext, identifier: str) -> Done:
    done = _done.get(identifier)
    if done is None or (done.account, done.region) != (context.account_id, context.region):
        raise ResourceNotFoundException(f"The specified query {identifier} does not exist.")
    return done
