"""A function's logs: the tail in a response, the CloudWatch log group, and the REPORT line."""

import base64
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.errors import LogError
from helpers.log_lines import kind, platform_event
from helpers.log_lines import request_id as request_id_of


def tail(response: Mapping[str, Any]) -> str:
    """Return the log of an invocation from its response: the last 4 kB, as text.

    Raises: LogError if the invocation was made without LogType='Tail'.
    """
    if "LogResult" not in response:
        raise LogError("The response carries no log: invoke synchronously, with LogType='Tail'.")
    return base64.b64decode(response["LogResult"]).decode("utf-8", errors="replace")


def fetch(
    lab: Connection,
    function_name: str,
    *,
    request_id: str | None = None,
    reports: int = 1,
    seconds: float = 10,
    group: str | None = None,
    init_start: bool = False,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> list[str]:
    """Return the lines of the function's log group, oldest first, without their line ends.

    A log arrives a moment after the invocation: this waits until it holds `reports` REPORT lines, but no
    longer than `seconds`, and returns what is there then, perhaps nothing. With `request_id`, only the lines
    from START to REPORT of that invocation. `reports=0` does not wait. `group`: the log group, if it is not
    /aws/lambda/<function>. INIT_START, with which an environment begins its log, is left out unless `init_start`.

    Raises: LogError if there is neither a line nor such a function: nothing is worth waiting for.
    """
    deadline, there = clock() + seconds, reports == 0 or group is not None
    while True:
        events = _events(lab.client("logs"), group or f"/aws/lambda/{function_name}")
        if not events and not there:
            there = _function_there(lab.client("lambda"), function_name)
        lines = _lines_of(request_id, [event for event in events if init_start or kind(event[1]) != "INIT_START"])
        if sum(kind(line) == "REPORT" for line in lines) >= reports or clock() >= deadline:
            return lines
        sleep(0.1)


@dataclass(frozen=True)
class Report:
    """A REPORT line: durations in ms, memory in MB.

    `init_ms` is None on a warm start; `status` ("timeout", "error") and `error_type` (such as
    "Runtime.ExitError") are None when the invocation ended as it should.
    Source: Lambda Developer Guide, "Viewing logs for Lambda functions", 2026-11.
    """

    request_id: str
    duration_ms: float
    billed_ms: int
    memory_mb: int
    max_memory_mb: int
    init_ms: float | None = None
    status: str | None = None
    error_type: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Report":
        """Return the last REPORT of `text`, a line or a JSON object. Raises: LogError if there is none."""
        lines = [line for line in re.split(r"[\n\r]+", text) if kind(line) == "REPORT"]
        if not lines:
            raise LogError("There is no REPORT line in this log: the invocation may not have ended, fetch it again.")
        if record := platform_event(lines[-1])[1]:
            return cls._of(record)
        line = lines[-1].removeprefix("REPORT ")
        values = dict(part.split(": ", 1) for part in line.split("\t") if ": " in part)
        number = {key: float(value.split()[0]) for key, value in values.items() if value[:1].isdigit() and " " in value}
        try:
            return cls(
                request_id=values["RequestId"].strip(),
                duration_ms=number["Duration"],
                billed_ms=int(number["Billed Duration"]),
                memory_mb=int(number["Memory Size"]),
                max_memory_mb=int(number["Max Memory Used"]),
                init_ms=number.get("Init Duration"),
                status=values.get("Status", "").strip() or None,
                error_type=values.get("Error Type", "").strip() or None,
            )
        except KeyError as error:
            raise LogError(f"The REPORT line has no {error.args[0]}: compare it with AWS's format.") from None

    @classmethod
    def _of(cls, record: Mapping[str, Any]) -> "Report":
        try:
            metrics, status = record["metrics"], record.get("status")
            return cls(
                request_id=record["requestId"],
                duration_ms=metrics["durationMs"],
                billed_ms=metrics["billedDurationMs"],
                memory_mb=metrics["memorySizeMB"],
                max_memory_mb=metrics["maxMemoryUsedMB"],
                init_ms=metrics.get("initDurationMs"),
                status=None if status == "success" else status,
                error_type=record.get("errorType"),
            )
        except KeyError as error:
            raise LogError(f"platform.report has no {error.args[0]}: compare it with AWS's format.") from None

    def __repr__(self) -> str:
        """Say what a reader wants to know first."""
        start = "warm start" if self.init_ms is None else f"cold start, init {self.init_ms} ms"
        end = "".join(f", {what}" for what in (self.status, self.error_type) if what)
        return (
            f"<Report {self.duration_ms} ms, billed {self.billed_ms} ms, "
            f"{self.max_memory_mb} of {self.memory_mb} MB, {start}{end}>"
        )


def _function_there(api: Any, name: str) -> bool:
    try:
        api.get_function_configuration(FunctionName=name)
    except api.exceptions.ResourceNotFoundException:
        raise LogError(
            f"There is no function {name}, and no log of it: look at the name, or run the cell that makes it."
        ) from None
    return True


def _events(api: Any, group: str) -> list[tuple[str, str]]:
    """Return (stream, line) of every line in the log group."""
    try:
        events = pages.collect(api, "filter_log_events", "events", logGroupName=group)
    except api.exceptions.ResourceNotFoundException:  # nothing was logged yet
        return []
    return [(event["logStreamName"], event["message"].rstrip("\n")) for event in events]


def _lines_of(request_id: str | None, events: list[tuple[str, str]]) -> list[str]:
    """Return the lines of one invocation, which are consecutive in its environment's stream, from START to REPORT."""
    if request_id is None:
        return [line for _, line in events]
    home = next((stream for stream, line in events if _is(line, "START", request_id)), None)
    lines = [line for stream, line in events if stream == home]
    first = next((i for i, line in enumerate(lines) if _is(line, "START", request_id)), len(lines))
    last = next((i for i, line in enumerate(lines) if _is(line, "REPORT", request_id)), len(lines))
    return lines[first : last + 1]


def _is(line: str, what: str, wanted: str) -> bool:
    return kind(line) == what and request_id_of(line) == wanted
