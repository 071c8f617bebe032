"""Invocations, read from their logs: when each ran, where, and how it ended. Works on AWS as it does here.

A REPORT line says how long an invocation and its INIT took; the time it was written is the time both ended. Each
execution environment writes a log stream of its own.

`read` reads once; a `Follower` is read again and again while a load runs.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from helpers import log_lines
from helpers.backend.session import Connection
from helpers.logs import Report


@dataclass(frozen=True)
class Invocation:
    """One invocation: its function, its environment's log stream, its end in seconds since 1970, its report.

    `failed` is True if it timed out, the runtime ended, or the handler let an error out.
    """

    function: str
    stream: str
    end: float
    report: Report
    failed: bool = False

    @property
    def start(self) -> float:
        """When the handler began, after INIT; in seconds since 1970."""
        return self.end - self.report.duration_ms / 1000

    @property
    def init_start(self) -> float:
        """When INIT began; the same as `start` in a warm environment."""
        return self.start - (self.report.init_ms or 0) / 1000


def read(
    lab: Connection,
    *functions: str,
    reports: int = 1,
    since: float = 0,
    seconds: float = 10,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> list[Invocation]:
    """Return the invocations of `functions` in the order in which they began.

    `since`: only those that ended after this time (`time.time()`). A log arrives a moment after the invocation:
    this waits until there are `reports` invocations, but no longer than `seconds`, and returns what is there then.
    """
    deadline = clock() + seconds
    while True:
        found = [one for function in functions for one in _ended(lab.client("logs"), function, since)]
        if len(found) >= reports or clock() >= deadline:
            return sorted(found, key=lambda one: one.init_start)
        sleep(0.1)


class Follower:
    """Follows a log: each `read` returns all invocations of `functions` so far, and asks only for new lines.

    `client` is a boto3 client for logs; `since` as for `read` above. Streams arrive at different times, so each
    reading looks `overlap` seconds back from the newest line of the last one.
    """

    def __init__(self, client: Any, functions: Sequence[str], since: float = 0, overlap: float = 10):
        self._client = client
        self._overlap = overlap
        self._since = since
        self._found: dict[str, dict[tuple[str, float, str], Invocation]] = {function: {} for function in functions}

    def read(self, *, anew: bool = False) -> list[Invocation]:
        """Return the invocations in the order in which they began. `anew` asks for all of the log.

        Raises: what AWS answers. Invocations found before are kept.
        """
        for function, known in self._found.items():
            newest = max((one.end for one in known.values()), default=0)
            since = self._since if anew else max(self._since, newest - self._overlap)
            # A failed asynchronous invocation comes again under the same request id.
            new = {(one.stream, one.end, one.report.request_id): one for one in _ended(self._client, function, since)}
            known |= new if anew else {key: one for key, one in new.items() if key not in known}
        return sorted((one for known in self._found.values() for one in known.values()), key=lambda one: one.init_start)


def _ended(api: Any, function: str, since: float) -> list[Invocation]:
    pages = api.get_paginator("filter_log_events").paginate(
        logGroupName=f"/aws/lambda/{function}", startTime=int(since * 1000)
    )
    found = []
    failed: set[str] = set()  # streams whose invocation has logged an error and not ended yet
    try:
        for event in (event for page in pages for event in page["events"]):
            stream, line = event["logStreamName"], event["message"]
            if log_lines.is_error(line):
                failed.add(stream)
            elif log_lines.kind(line) == "REPORT":
                report = Report.parse(line)
                error = stream in failed or report.status is not None
                found.append(Invocation(function, stream, event["timestamp"] / 1000, report, error))
                failed.discard(stream)
    except api.exceptions.ResourceNotFoundException:  # nothing was logged yet
        pass
    return found
