"""Questions to CloudWatch Logs: a filter pattern for events, or a query of Logs Insights, on AWS as here."""

import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from helpers.backend import pages
from helpers.errors import LogError
from helpers.table import Table
from helpers.widgets.log_explorer import histogram
from helpers.widgets.log_explorer.found import Found
from helpers.widgets.log_explorer.histogram import Histogram

SECONDS = 60  # a query has to be done by then
LONGEST = 160  # characters of a message in a row
FUNCTION = re.compile(r"^\d{4}/\d\d/\d\d/([\w-]+)\[")  # a stream in a group that functions share
ENDED = ("Complete", "Failed", "Cancelled", "Timeout")


def search(api: Any, groups: Sequence[str], pattern: str, since: float, until: float | None = None) -> Found:
    """Return the events since a moment (s since 1970) that match a filter pattern; "" matches all.

    `until`: the histogram goes from `since` to this moment, not from the first event to the last.

    Raises: what AWS answers, InvalidParameterException for what is not a pattern.
    """
    events = [
        (event["timestamp"] / 1000, group, event["logStreamName"], event["message"])
        for group in groups
        for event in pages.collect(
            api,
            "filter_log_events",
            "events",
            logGroupName=group,
            filterPattern=pattern,
            startTime=int(since * 1000),
        )
    ]
    events.sort(key=lambda event: event[0])
    rows = [(_written(moment), _source(group, stream), _cut(text)) for moment, group, stream, text in events]
    times = [moment for moment, *_ in events]
    drawn = histogram.of_times(times) if until is None else histogram.of_times(times, since, until)
    return Found(pattern or "(everything)", Table(("time", "from", "message"), rows), drawn, True)


def query(
    api: Any,
    groups: Sequence[str],
    text: str,
    since: float,
    *,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], object] = time.sleep,
) -> Found:
    """Return the rows that a query of Logs Insights finds in the events since a moment (s since 1970).

    Raises: what AWS answers, MalformedQueryException for what is not a query; LogError if it did not end well.
    """
    window = {"startTime": int(since), "endTime": int(now()) + 1}
    started = api.start_query(logGroupNames=list(groups), queryString=text, **window)
    until = now() + SECONDS
    while (answer := api.get_query_results(queryId=started["queryId"]))["status"] not in ENDED:
        if now() >= until:
            raise LogError(f"The query did not end in {SECONDS} s: ask about less time.")
        sleep(0.2)
    if answer["status"] != "Complete":
        raise LogError(f"The query ended as {answer['status']}: ask about less time, or run it again.")
    found = [{one["field"]: one["value"] for one in row if one["field"] != "@ptr"} for row in answer["results"]]
    heads = list(dict.fromkeys(name for row in found for name in row))
    rows = [tuple(_cut(row.get(name, "")) for name in heads) for row in found]
    return Found(text, Table(heads, rows), _histogram(heads, found), False)


def _histogram(heads: Sequence[str], rows: Sequence[dict[str, str]]) -> Histogram | None:
    """Events by their time; or, of `stats … by bin(…)`, the first number of each span."""
    if "@timestamp" in heads:
        return histogram.of_times([_read(row["@timestamp"]) for row in rows if "@timestamp" in row])
    span = next((name for name in heads if name.startswith("bin(")), None)
    figure = next((name for name in heads if name != span), None)
    if span is None or figure is None:
        return None
    summed: dict[float, float] = {}
    for row in rows:
        try:
            summed[_read(row[span])] = summed.get(_read(row[span]), 0) + float(row[figure])
        except (KeyError, ValueError):  # grouped by something else, too, or without a figure there
            continue
    return histogram.of_spans(summed)


def _read(moment: str) -> float:
    """A moment as Insights writes it, "2026-11-29 07:06:40.000" (UTC)."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


def _written(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _source(group: str, stream: str) -> str:
    """The function that writes a stream of a shared group; else the group."""
    found = FUNCTION.match(stream)
    return found[1] if found else group


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
