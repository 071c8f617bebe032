"""The system log: what Lambda says about INIT and invocations, as lines of text or, with `LogFormat` JSON, as objects.

| event | text | JSON | at the level |
|---|---|---|---|
| INIT begins | INIT_START | `platform.initStart` | INFO |
| INIT ends | INIT_REPORT if it failed | `platform.initRuntimeDone`, `platform.initReport` | DEBUG; failed: WARN |
| INIT has left an extension so | EXTENSION | `platform.extension` | INFO |
| an invocation begins | START | `platform.start` | INFO |
| the runtime is done | END | `platform.runtimeDone` | DEBUG; failed: WARN |
| an invocation ends | REPORT | `platform.report` | INFO; failed: WARN |

Failed is what the runtime did not finish: a timeout, a crash. An error that a handler let out is a success of the
runtime, as AWS's runtime interface emulator has it. Sources: AWS Lambda Developer Guide, "Log-level filtering" and
"Telemetry API event schema"; log streams of AWS of 2026, for `functionArn`, `instanceId` and the order of members
(2026-11). Left out are the optional `spans` of runtimeDone. An invocation that is traced has `tracing`, or a second
line in REPORT. A tenant is named in JSON only ("Monitoring Lambda functions with tenant isolation", 2026-11).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from . import platform_logs as lines
from .configuration import Configuration
from .extensions import Extension
from .log_records import LEVELS
from .platform_logs import MB, Failure, LogEvent, Usage


def init_start(function: Configuration, phase: str, at: int) -> list[LogEvent]:
    """INIT begins; `at` in ms since 1970, as in all of these. CloudWatch has this event, the tail of a response not."""
    if not function.logging.is_json:
        line = lines.init_start_line(function.runtime_version, function.runtime_version_arn, function.instead)
        return [LogEvent(at, f"{line}\n", in_tail=False)]
    record = {
        "initializationType": function.initialization_type,
        "phase": phase,
        "runtimeVersion": function.runtime_version,
        "runtimeVersionArn": function.runtime_version_arn,
        **({"engine": function.instead} if function.instead else {}),
        "functionName": function.function,
        "functionVersion": function.version,
        "instanceId": function.logging.stream,
        "instanceMaxMemory": function.memory_mb * MB,
    }
    return [event._replace(in_tail=False) for event in _event(function, at, "initStart", "INFO", record)]


def init_end(function: Configuration, phase: str, at: int, took_ms: float, failure: Failure | None) -> list[LogEvent]:
    """INIT ended after `took_ms`."""
    outcome = _outcome(failure)
    if not function.logging.is_json:
        if failure is None:
            return []
        line = lines.init_report_line(took_ms, phase, outcome["status"], outcome.get("errorType"))
        return [LogEvent(at, f"{line}\n")]
    record = {"initializationType": function.initialization_type, "phase": phase, **outcome}
    level = _level("DEBUG", failure)
    return [
        *_event(function, at, "initRuntimeDone", level, record),
        *_event(function, at, "initReport", level, {**record, "metrics": {"durationMs": round(took_ms, 3)}}),
    ]


def extensions(function: Configuration, at: int, all_: Iterable[Extension]) -> list[LogEvent]:
    """How INIT has left each extension."""
    said: list[LogEvent] = []
    for one in all_:
        if function.logging.is_json:
            record: dict[str, Any] = {"name": one.name, "state": one.state, "events": list(one.events)}
            if one.error_type:
                record["errorType"] = one.error_type
            said += _event(function, at, "extension", "INFO", record)
        else:
            line = lines.extension_line(one.name, one.state, one.events, one.error_type)
            said.append(LogEvent(at, f"{line}\n"))
    return said


def start(
    function: Configuration, request_id: str, at: int, trace: str = "", tenant: str | None = None
) -> list[LogEvent]:
    """An invocation begins; `trace` is its trace header if it is traced."""
    if not function.logging.is_json:
        return [LogEvent(at, lines.start_line(request_id, function.version) + "\n")]
    record = {"requestId": request_id, "functionArn": function.arn, "version": function.version}
    record |= _tenant(tenant) | _tracing(trace)
    return _event(function, at, "start", "INFO", record)


def end(
    function: Configuration,
    request_id: str,
    at: int,
    produced_bytes: int,
    usage: Usage,
    failure: Failure | None,
    trace: str = "",
    tenant: str | None = None,
) -> list[LogEvent]:
    """The runtime is done, and the invocation ends."""
    if not function.logging.is_json:
        report = lines.report_line(request_id, usage, failure) + lines.trace_fields(trace)
        return [LogEvent(at, lines.end_line(request_id) + "\n"), LogEvent(at, f"{report}\n")]
    done = {"durationMs": round(usage.duration_ms, 3), "producedBytes": produced_bytes}
    metrics = {
        "durationMs": round(usage.duration_ms, 3),
        "billedDurationMs": usage.billed_ms,
        "memorySizeMB": usage.memory_mb,
        "maxMemoryUsedMB": usage.used_mb,
    }
    if usage.init_ms is not None:
        metrics["initDurationMs"] = round(usage.init_ms, 3)
    outcome = _outcome(failure)
    return [
        *_event(
            function,
            at,
            "runtimeDone",
            _level("DEBUG", failure),
            {"requestId": request_id, **_tenant(tenant), **outcome, "metrics": done, **_tracing(trace)},
        ),
        *_event(
            function,
            at,
            "report",
            _level("INFO", failure),
            {"requestId": request_id, **_tenant(tenant), "metrics": metrics, **outcome, **_tracing(trace)},
        ),
    ]


def _tenant(tenant: str | None) -> dict[str, str]:
    return {} if tenant is None else {"tenantId": tenant}


def _tracing(trace: str) -> dict[str, Any]:
    if not trace:
        return {}
    span = lines.trace_parts(trace).get("Parent", "")
    return {"tracing": {"spanId": span, "type": "X-Amzn-Trace-Id", "value": trace}}


def _outcome(failure: Failure | None) -> dict[str, str]:
    if failure is None:
        return {"status": "success"}
    if failure.status == "timeout":
        return {"status": "timeout"}
    return {"status": failure.status, "errorType": failure.error_type}


def _level(success: str, failure: Failure | None) -> str:
    return "WARN" if failure else success


def _event(function: Configuration, at: int, kind: str, level: str, record: dict[str, Any]) -> list[LogEvent]:
    if LEVELS.index(level) < LEVELS.index(function.logging.system_level):
        return []
    time = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said = {"time": time, "type": f"platform.{kind}", "record": record}
    return [LogEvent(at, json.dumps(said, separators=(",", ":"), ensure_ascii=False) + "\n")]
