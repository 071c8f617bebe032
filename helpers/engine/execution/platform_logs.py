"""The log lines that Lambda itself writes, and the errors that it reports.

Formats: AWS Lambda Developer Guide, "Viewing CloudWatch logs for Lambda functions" and "Understanding the Lambda
execution environment lifecycle" (2026-11). INIT time is part of the billed duration since 1 August 2025.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

MB = 1024 * 1024


class LogEvent(NamedTuple):
    """An entry of a log stream; `timestamp` in ms since 1970, as in CloudWatch Logs.

    `message` has its line end, if it has one. `in_tail` says whether the log tail of a response has it too.
    """

    timestamp: int
    message: str
    in_tail: bool = True


@dataclass(frozen=True)
class Failure:
    """An invocation that the runtime did not finish: the caller's payload, and the error type in REPORT.

    `status` is error or timeout. `log_lines` go into the log before END.
    """

    error_type: str
    payload: bytes
    status: str = "error"
    log_lines: tuple[str, ...] = ()


def start_line(request_id: str, version: str) -> str:
    """The START line."""
    return f"START RequestId: {request_id} Version: {version}"


def end_line(request_id: str) -> str:
    """The END line."""
    return f"END RequestId: {request_id}"


@dataclass(frozen=True)
class Usage:
    """What an invocation used. `init_ms` is None on a warm start; `peak_bytes` is the memory its processes held."""

    duration_ms: float
    memory_mb: int
    peak_bytes: int
    init_ms: float | None = None
    timeout_ms: float = math.inf

    @property
    def billed_ms(self) -> int:
        """Whole milliseconds, INIT included; a timeout is billed up to the timeout."""
        return math.ceil(min(self.duration_ms, self.timeout_ms) + (self.init_ms or 0.0))

    @property
    def used_mb(self) -> int:
        """The memory used, never more than there is."""
        return min(math.ceil(self.peak_bytes / MB), self.memory_mb)


def report_line(request_id: str, usage: Usage, failure: Failure | None = None) -> str:
    """The REPORT line."""
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {usage.duration_ms:.2f} ms",
        f"Billed Duration: {usage.billed_ms} ms",
        f"Memory Size: {usage.memory_mb} MB",
        f"Max Memory Used: {usage.used_mb} MB",
    ]
    if usage.init_ms is not None:
        fields.append(f"Init Duration: {usage.init_ms:.2f} ms")
    if failure:
        fields.append(f"Status: {failure.status}")
        if failure.status == "error":
            fields.append(f"Error Type: {failure.error_type}")
    return "\t".join(fields) + "\t"


def trace_parts(trace: str) -> dict[str, str]:
    """The parts of a trace header, "Root=1-…;Parent=…;Sampled=1"."""
    return {name: value for name, _, value in (part.partition("=") for part in trace.split(";"))}


def trace_fields(trace: str) -> str:
    """What REPORT says behind its line of an invocation that is traced; "" of others."""
    parts = trace_parts(trace)
    return f"\nXRAY TraceId: {parts['Root']}\tSegmentId: {parts['Parent']}\tSampled: true\t" if trace else ""


def init_start_line(version: str, arn: str, instead: str = "") -> str:
    """The INIT_START line, the first of an environment; with a sentence of ours where another interpreter runs."""
    line = f"INIT_START Runtime Version: {version}\tRuntime Version ARN: {arn}"
    return f"{line}\t[engine] {instead}" if instead else line


def init_report_line(duration_ms: float, phase: str, status: str, error_type: str | None = None) -> str:
    """The INIT_REPORT line, written only when INIT fails. `phase` is init, or invoke for the second attempt."""
    fields = [f"INIT_REPORT Init Duration: {duration_ms:.2f} ms", f"Phase: {phase}", f"Status: {status}"]
    if error_type:
        fields.append(f"Error Type: {error_type}")
    return "\t".join(fields)


def timed_out(request_id: str, seconds: float) -> Failure:
    """An invocation that reached the timeout, in seconds."""
    message = f"Task timed out after {seconds:.2f} seconds"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
    payload = {"errorType": "Sandbox.Timedout", "errorMessage": f"RequestId: {request_id} Error: {message}"}
    return Failure("Sandbox.Timedout", _json(payload), "timeout", (f"{now}Z {request_id} {message}\n",))


def exited(request_id: str, code: int | None, out_of_memory: bool) -> Failure:
    """A runtime that ended instead of answering. `code` as in `subprocess`: minus the signal's number."""
    reason = "Runtime exited without providing a reason"
    if code is not None and code < 0:
        reason = f"Runtime exited with error: signal: {signal_name(-code)}"
    elif code:
        reason = f"Runtime exited with error: exit status {code}"
    return _ended(request_id, "Runtime.OutOfMemory" if out_of_memory else "Runtime.ExitError", reason)


def _ended(request_id: str, error_type: str, reason: str) -> Failure:
    message = f"RequestId: {request_id} Error: {reason}"
    payload = _json({"errorType": error_type, "errorMessage": message})
    return Failure(error_type, payload, log_lines=(f"{message}\n{error_type}",))


def signal_name(number: int) -> str:
    """The name of a signal."""
    # Go's names, for AWS's Runtime API is written in Go.
    names = {
        6: "aborted",
        9: "killed",
        11: "segmentation fault",
        15: "terminated",
        4: "illegal instruction",
        7: "bus error",
        8: "floating point exception",
        1: "hangup",
        2: "interrupt",
        13: "broken pipe",
    }
    return names.get(number, f"signal {number}")


def extension_failed(request_id: str, error_type: str, reason: str) -> Failure:
    """An extension that could not be launched, reported an error or ended by itself."""
    return _ended(request_id, error_type, reason)


def extension_line(name: str, state: str, events: Sequence[str], error_type: str) -> str:
    """The EXTENSION line: how INIT has left an extension."""
    fields = [f"EXTENSION\tName: {name}", f"State: {state}", f"Events: [{', '.join(events)}]"]
    return "\t".join([*fields, *([f"Error Type: {error_type}"] if error_type else [])])


def invalid_entrypoint(request_id: str, reason: str) -> Failure:
    """A custom runtime whose `bootstrap` is missing or cannot be executed."""
    return _ended(request_id, "Runtime.InvalidEntrypoint", reason)


def response_too_large(limit: int) -> Failure:
    """A response of more than `limit` bytes."""
    message = f"Response payload size exceeded maximum allowed payload size ({limit} bytes)."
    payload = {"errorMessage": message, "errorType": "Function.ResponseSizeTooLarge"}
    return Failure("Function.ResponseSizeTooLarge", _json(payload), log_lines=(message,))


def _json(value: dict[str, str]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
