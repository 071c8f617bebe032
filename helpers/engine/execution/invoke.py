"""INVOKE: one invocation, from START to REPORT.

A runtime that is not there, because INIT failed or the last process timed out or crashed, is started as part of the
invocation ("Understanding the Lambda execution environment lifecycle", 2026-11).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from . import platform_logs as lines
from . import runtime_refusals, system_log, waiting
from .extension_phases import until_done
from .extensions import Broken, News
from .init import start_runtime
from .platform_logs import Failure, LogEvent, Usage
from .response_stream import Receiver, StreamedResponse
from .runtime_connection import MAX_RESPONSE_BYTES, TRUNCATED, Call
from .runtime_process import RuntimeProcess
from .sandbox.protocol import Status


@dataclass(frozen=True)
class Event:
    """One invocation, as the Runtime API describes it to a runtime.

    `receiver` gets a streamed response as it comes; without one it is collected. With `traced` the log says which
    trace it belongs to. `tenant_id`: of a function that keeps tenants apart.
    """

    request_id: str
    payload: bytes
    function_arn: str
    trace_id: str = ""
    traced: bool = False
    client_context: str | None = None
    receiver: Receiver | None = None
    tenant_id: str | None = None

    def headers(self, deadline_ms: int) -> dict[str, str]:
        """The headers of the answer to `GET invocation/next`; the deadline in ms since 1970."""
        headers = {
            "Lambda-Runtime-Aws-Request-Id": self.request_id,
            "Lambda-Runtime-Deadline-Ms": str(deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": self.function_arn,
            "Lambda-Runtime-Trace-Id": self.trace_id,
        }
        if self.client_context:
            headers["Lambda-Runtime-Client-Context"] = self.client_context
        if self.tenant_id is not None:
            headers["Lambda-Runtime-Aws-Tenant-Id"] = self.tenant_id
        return headers

    def for_extensions(self, deadline_ms: int) -> dict[str, object]:
        """The INVOKE event of the Extensions API."""
        return {
            "eventType": "INVOKE",
            "deadlineMs": deadline_ms,
            "requestId": self.request_id,
            "invokedFunctionArn": self.function_arn,
            "tracing": {"type": "X-Amzn-Trace-Id", "value": self.trace_id},
        }


@dataclass(frozen=True)
class Outcome:
    """The result of an invocation: the payload for the caller, and the log events since the last REPORT.

    `duration_ms` is the Duration of REPORT: the handler's, without INIT and without what follows its end.
    """

    payload: bytes
    is_error: bool
    duration_ms: float
    events: list[LogEvent]


def serve(runtime: RuntimeProcess, event: Event, cold: bool) -> Outcome:
    """Run one invocation; `cold` means that there is no process yet.

    Afterwards the process is frozen for the next invocation, or has been ended because it can serve none.
    """
    settings = runtime.configuration
    began, since_1970 = time.monotonic(), time.time()
    deadline = began + settings.timeout_seconds
    failure = None
    if not cold and not runtime.thaw():
        runtime.end()
        cold = True
    started, before = int(since_1970 * 1000), len(runtime.events)
    if cold:
        failure = waiting.aside(lambda: start_runtime(runtime, "invoke", deadline, event.request_id))
    trace = event.trace_id if event.traced else ""
    start = system_log.start(settings, event.request_id, started, trace, event.tenant_id)
    if settings.logging.is_json:
        runtime.events[before:before] = start
    else:  # the lines of an INIT in the invocation come before START: this log has always been read so here
        runtime.events = [*_until(started, runtime.events), *start]
    if failure is None:
        answer = _exchange(runtime, event, deadline)
        failure = answer if isinstance(answer, Failure) else None
        runtime.collect_logs()
        runtime.log(failure.log_lines if failure else ())
    else:
        answer = failure
        if failure.status == "timeout":
            runtime.log(lines.timed_out(event.request_id, settings.timeout_seconds).log_lines)
    duration = min(time.monotonic(), deadline) - began
    if failure or not runtime.freeze(duration):
        runtime.end("timeout" if failure and failure.status == "timeout" else "failure")
    usage = Usage(
        duration * 1000, settings.memory_mb, runtime.peak_bytes, runtime.init_ms, settings.timeout_seconds * 1000
    )
    ended = int((since_1970 + duration) * 1000)
    payload, is_error = (answer.payload, True) if isinstance(answer, Failure) else (answer.body, answer.kind == "error")
    said = _until(ended, runtime.events)
    produced = 0 if failure else len(payload)
    said += system_log.end(settings, event.request_id, ended, produced, usage, failure, trace, event.tenant_id)
    runtime.events, runtime.init_ms = [], None
    return Outcome(payload, is_error, round(duration * 1000, 2), said)


def _until(moment: int, events: list[LogEvent]) -> list[LogEvent]:
    """The events, none later than a moment: what a runtime said may have been read after it."""
    return [event._replace(timestamp=moment) if event.timestamp > moment else event for event in events]


def _exchange(runtime: RuntimeProcess, event: Event, deadline: float) -> Call | Failure:
    """Send the event, wait for the answer, then for the runtime to ask for the next: there AWS stops the clock."""
    api = runtime.api
    api.serving = True
    deadline_ms = int((time.time() + deadline - time.monotonic()) * 1000)
    if api.extensions.all:
        api.extensions.release("INVOKE", event.for_extensions(deadline_ms), deadline - time.monotonic())
    if api.waiting:
        api.waiting.answer("200 OK", event.payload, event.headers(deadline_ms), deadline - time.monotonic())
    api.waiting = None
    answer: Call | None = None
    stream: StreamedResponse | None = None
    while True:
        said = api.receive(deadline)
        match said:
            case None:
                return answer or lines.timed_out(event.request_id, runtime.configuration.timeout_seconds)
            case Status():
                # It answered, then ended: the answer stands, and the next invocation gets a new process.
                exited = lines.exited(event.request_id, said.code, said.out_of_memory)
                if answer and answer.error_type == TRUNCATED:
                    runtime.collect_logs()
                    runtime.log(exited.log_lines)
                return answer or exited
            case News():
                if broken := api.extensions.broken:
                    return lines.extension_failed(event.request_id, broken.error_type, broken.reason)
            case Call(kind="next"):
                api.waiting, api.serving = said.connection, False
                return (
                    _extensions_done(runtime, event, deadline) or answer or lines.exited(event.request_id, None, False)
                )
            case Call(too_large=True):
                return lines.response_too_large(MAX_RESPONSE_BYTES)
            case Call(kind="response" | "error") if said.request_id == event.request_id and not answer:
                answer = said
                runtime_refusals.accept(said)
            case Call(kind="stream" | "chunk" | "stream_end") if said.request_id == event.request_id and not answer:
                stream = stream or StreamedResponse(event.receiver)
                taken = stream.take(said, deadline)
                if isinstance(taken, Failure):
                    return taken
                answer = taken
            case Call(kind="stream" | "chunk"):
                pass  # of no use any more; its end is answered
            case Call():
                runtime_refusals.refuse(said, event.request_id, answered=bool(answer))


def _extensions_done(runtime: RuntimeProcess, event: Event, deadline: float) -> Failure | None:
    """Wait for the extensions, after the runtime is done. Returns why they are not."""
    if not runtime.api.extensions.all:
        return None
    match until_done(runtime.api, deadline):
        case None:
            return None
        case Broken(error_type, reason):
            return lines.extension_failed(event.request_id, error_type, reason)
        case Status(event="timeout"):
            return lines.timed_out(event.request_id, runtime.configuration.timeout_seconds)
        case Status(code=code, out_of_memory=out_of_memory):
            return lines.exited(event.request_id, code, out_of_memory)
