"""INIT: start a runtime and wait until it asks for its first event.

Limits as on AWS ("Understanding the Lambda execution environment lifecycle", 2026-11): INIT may take 10 s; after a
failure it is tried again inside the first invocation, under the function's own timeout.
"""

from __future__ import annotations

import json
import os
import threading
import time
from typing import Literal

from . import platform_logs as lines
from . import runtime_refusals, system_log
from .extension_phases import until_ready
from .extensions import Broken, News
from .runtime_connection import Call
from .runtime_process import RuntimeProcess
from .runtimes import InvalidEntrypointError
from .sandbox.protocol import Status

Answer = Call | Status | Broken | News | InvalidEntrypointError | None

INIT_SECONDS = 10.0
# Hundreds of runtimes that start at once would take minutes on a few processors, and none would be there before the
# last: they take turns. One that is not there after a while (its function's code may take 10 s) waits for something.
AT_ONCE = threading.BoundedSemaphore(2 * (os.cpu_count() or 1))
TURN_SECONDS = 0.25
LAST_WORDS_SECONDS = 0.5  # after `init/error` a runtime ends itself, and may print a last line


def start_runtime(
    runtime: RuntimeProcess, phase: Literal["init", "invoke"], deadline: float, request_id: str = ""
) -> lines.Failure | None:
    """Start a process and wait until it asks for an event, at most until `deadline` (`time.monotonic`).

    Returns the failure if it never does; its process has been ended then, and its log lines and INIT_REPORT are among
    the runtime's log events. `phase` is the one of INIT_REPORT: invoke for the second try.
    """
    began, function = time.monotonic(), runtime.configuration
    runtime.events += system_log.init_start(function, phase, _now())
    answer = _first_words(runtime, deadline)
    took_ms = (time.monotonic() - began) * 1000
    if runtime.exists:
        runtime.collect_logs()
        runtime.events += system_log.extensions(function, _now(), runtime.api.extensions.all.values())
    if isinstance(answer, Call) and answer.kind == "next":
        runtime.api.waiting, runtime.api.extensions.open = answer.connection, False
        runtime.init_ms = None
        runtime.events += system_log.init_end(function, phase, _now(), took_ms, None)
        if phase == "init":
            runtime.init_ms = took_ms
            runtime.api.freeze()
        return None
    failure = _failure(runtime, answer, request_id)
    if runtime.exists:
        runtime.collect_logs()
        runtime.end("timeout" if failure.status == "timeout" else "failure")
    runtime.log(failure.log_lines)
    runtime.events += system_log.init_end(function, phase, _now(), took_ms, failure)
    return failure


def _now() -> int:
    return time.time_ns() // 1_000_000


def _first_words(runtime: RuntimeProcess, deadline: float) -> Answer:
    """Start a process. Returns what it says first, how it ended, or why there was nothing to start."""
    try:
        with AT_ONCE:
            runtime.spawn()
            soon = min(deadline, time.monotonic() + TURN_SECONDS)
            said = News() if runtime.api.extensions.broken else runtime.api.receive(soon)
    except InvalidEntrypointError as error:
        return error
    said = said or runtime.api.receive(deadline)
    return until_ready(runtime.api, said, deadline) if isinstance(said, News) else said


def _failure(runtime: RuntimeProcess, answer: Answer, request_id: str) -> lines.Failure:
    match answer:
        case Broken():
            return lines.extension_failed(request_id, answer.error_type, answer.reason)
        case InvalidEntrypointError():
            return lines.invalid_entrypoint(request_id, str(answer))
        case Call(kind="init_error", too_large=False):
            runtime_refusals.accept(answer)
            runtime.api.receive(time.monotonic() + LAST_WORDS_SECONDS)
            return lines.Failure(_error_type(answer), answer.body)
        case Status() if answer.not_executed:
            return lines.invalid_entrypoint(request_id, answer.not_executed)
        case Status():
            return lines.exited(request_id, answer.code, answer.out_of_memory)
        case None:
            timeout = lines.timed_out(request_id, runtime.configuration.timeout_seconds)
            return lines.Failure(timeout.error_type, timeout.payload, "timeout")
        case _:
            return lines.exited(request_id, None, False)


def _error_type(call: Call) -> str:
    """The error type that the runtime names in its header, or in the error itself."""
    if call.error_type:
        return call.error_type
    try:
        return str(json.loads(call.body)["errorType"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return "Runtime.Unknown"
