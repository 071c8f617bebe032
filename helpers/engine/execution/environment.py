"""An execution environment: INIT, invocations one at a time, and its end.

The phases and their limits are AWS's ("Understanding the Lambda execution environment lifecycle", 2026-11):
INIT may take 10 s; when it fails, it is tried again inside the first invocation, under the function's own
timeout; after a timeout or a crash the next invocation finds the same environment with a new process.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from . import platform_logs as lines
from . import socket_owner
from .runtime_api import RuntimeApi
from .runtime_connection import MAX_RESPONSE_BYTES, Call
from .runtimes import InvalidEntrypointError
from .sandbox.protocol import Spawn, Status, encode
from .zygote_client import Zygote, log_pipe

INIT_SECONDS = 10.0
SPAWN_SECONDS = 5.0  # for what an environment is told; only more than the socket keeps (200 KB) would take time


@dataclass(frozen=True)
class Event:
    """One invocation, as the Runtime API describes it to a runtime."""

    request_id: str
    payload: bytes
    function_arn: str
    trace_id: str = ""
    client_context: str | None = None

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
        return headers


@dataclass(frozen=True)
class Outcome:
    """What came of an invocation: the payload for the caller, and the log events of everything it did.

    `began` and `ended` are seconds since 1970: the handler's own, without INIT and without what follows its end.
    """

    payload: bytes
    is_error: bool
    events: list[str]
    began: float
    ended: float


@dataclass
class Configuration:
    """What an environment is made from. `spawn` is called for each process, with its Runtime API's address."""

    function: str
    version: str
    timeout_seconds: int
    memory_mb: int
    spawn: Callable[[str], Spawn]


@dataclass
class Environment:
    """One environment of one function version. Not to be entered by two threads at once, except `stop`."""

    id: str
    configuration: Configuration
    zygote: Zygote
    pid: int = 0  # of the supervisor
    uid: int = 0  # of the function, where no other process has it
    api: RuntimeApi | None = None
    events: list[str] = field(default_factory=list)
    init_ms: float | None = None
    peak: int = 0
    busy: bool = False
    stopped: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    # -- INIT ---------------------------------------------------------------------------------------------

    def init(self) -> None:
        """The INIT phase. A failure is logged and kept for the first invocation, which tries again."""
        self._start_runtime("init", time.monotonic() + INIT_SECONDS, request_id="")

    def _start_runtime(self, phase: str, deadline: float, request_id: str) -> lines.Failure | None:
        """Start a process and wait until it asks for an event; the failure if it never does."""
        began = time.monotonic()
        answer = self._first_words(deadline)
        took_ms = (time.monotonic() - began) * 1000
        if isinstance(answer, Call) and answer.kind == "next":
            assert self.api
            self.api.waiting = answer.connection
            self.init_ms = took_ms if phase == "init" else None
            if phase == "init":
                self.api.freeze()
            return None
        failure = self._init_failure(answer, request_id)
        if self.api:
            self._collect_logs()
            self._end_runtime()
        self.events += failure.log_lines
        error_type = failure.error_type if failure.status == "error" else None
        self.events.append(lines.init_report(took_ms, phase, failure.status, error_type))
        return failure

    def _first_words(self, deadline: float) -> Call | Status | InvalidEntrypointError | None:
        """Start a process. Returns what it says first, how it ended, or why there was nothing to start."""
        try:
            self._spawn()
        except InvalidEntrypointError as error:
            return error
        assert self.api
        return self.api.receive(deadline)

    def _init_failure(self, answer: Call | Status | InvalidEntrypointError | None, request_id: str) -> lines.Failure:
        if isinstance(answer, InvalidEntrypointError):
            return lines.invalid_entrypoint(request_id, str(answer))
        if isinstance(answer, Call) and answer.kind == "init_error" and not answer.too_large:
            assert answer.connection and self.api
            answer.connection.answer("202 Accepted", b'{"status":"OK"}')
            self.api.receive(time.monotonic() + 0.5)  # it ends itself now, and may print a last line
            return lines.Failure(_error_type(answer), answer.body)
        if isinstance(answer, Status) and answer.not_executed:
            return lines.invalid_entrypoint(request_id, answer.not_executed)
        if isinstance(answer, Status):
            return lines.exited(request_id, answer.code, answer.out_of_memory)
        if answer is None:
            timeout = lines.timed_out(request_id, self.configuration.timeout_seconds)
            return lines.Failure(timeout.error_type, timeout.payload, "timeout")
        return lines.exited(request_id, None, False)

    def _spawn(self) -> None:
        listener = socket.create_server(("127.0.0.1", 0), backlog=16)
        listener.setblocking(False)
        host, port = listener.getsockname()
        reader, writer = log_pipe()
        control, theirs = socket.socketpair()
        control.settimeout(SPAWN_SECONDS)
        self.api = RuntimeApi(reader, control, listener, self._is_own)
        try:
            spawn = self.configuration.spawn(f"{host}:{port}")
            # Before there is anybody to read it: a few kilobytes, which the socket keeps, and nobody has to wait.
            control.sendall(encode(spawn))
            control.setblocking(False)
            self.pid, self.uid = self.zygote.fork(writer, theirs.fileno()), spawn.uid
        except BaseException:
            self.api.close()
            self.api = None
            raise
        finally:
            os.close(writer)
            theirs.close()

    def _is_own(self, peer: socket_owner.Address, host: socket_owner.Address) -> bool:
        return socket_owner.belongs(peer, host, self.pid, self.uid)

    # -- INVOKE -------------------------------------------------------------------------------------------

    def invoke(self, event: Event) -> Outcome:
        """Run one invocation, from START to REPORT."""
        with self.lock:
            self.busy = True
        try:
            return self._invoke(event)
        finally:
            with self.lock:
                self.busy = False
            if self.stopped:
                self._end_runtime()

    def _invoke(self, event: Event) -> Outcome:
        settings = self.configuration
        began, since_1970 = time.monotonic(), time.time()
        deadline = began + settings.timeout_seconds
        failure = None
        if self.api and not self._alive():
            self._end_runtime()
        started = lines.start(event.request_id, settings.version)
        if self.api is None:
            # INIT failed, or the last process ended: AWS starts a new one as part of this invocation.
            failure = self._start_runtime("invoke", deadline, event.request_id)
            self.events.append(started)
        else:
            self.events.append(started)
            self.api.thaw()
        if failure is None:
            answer, failure = self._exchange(event, deadline)
            payload = answer.body if failure is None and isinstance(answer, Call) else failure.payload
            is_error = failure is not None or answer.kind == "error"
            self._collect_logs()
            self.events += failure.log_lines if failure else ()
        else:
            payload, is_error = failure.payload, True
            if failure.status == "timeout":
                self.events += lines.timed_out(event.request_id, settings.timeout_seconds).log_lines
        duration = min(time.monotonic(), deadline) - began
        self._settle(failure)
        self.events.append(lines.end(event.request_id))
        self.events.append(
            lines.report(
                event.request_id,
                duration * 1000,
                settings.memory_mb,
                self.peak,
                self._take_init_ms(),
                failure,
                settings.timeout_seconds * 1000,
            )
        )
        events, self.events = self.events, []
        return Outcome(payload, is_error, events, since_1970, since_1970 + duration)

    def _exchange(self, event: Event, deadline: float) -> tuple[Call | None, lines.Failure | None]:
        """Send the event, wait for the answer, then for the runtime to ask again: that is when AWS stops the clock."""
        api = self.api
        assert api
        deadline_ms = int((time.time() + deadline - time.monotonic()) * 1000)
        if api.waiting:
            api.waiting.answer("200 OK", event.payload, event.headers(deadline_ms), deadline - time.monotonic())
        api.waiting = None
        answer: Call | None = None
        while True:
            said = api.receive(deadline)
            match said:
                case None:
                    return answer, None if answer else lines.timed_out(
                        event.request_id, self.configuration.timeout_seconds
                    )
                case Status():
                    # It answered, then ended: the answer stands, and the next invocation gets a new process.
                    return answer, None if answer else lines.exited(event.request_id, said.code, said.out_of_memory)
                case Call(kind="next"):
                    api.waiting = said.connection
                    if answer:
                        return answer, None
                    return None, lines.exited(event.request_id, None, False)
                case Call(too_large=True):
                    return said, lines.response_too_large(MAX_RESPONSE_BYTES)
                case Call(kind="response" | "error") if said.request_id == event.request_id and not answer:
                    answer = said
                    said.connection.answer("202 Accepted", b'{"status":"OK"}')
                case Call(connection=connection):
                    connection.answer(
                        "400 Bad Request", b'{"errorType":"InvalidRequestID","errorMessage":"Invalid request ID"}'
                    )

    def _settle(self, failure: lines.Failure | None) -> None:
        """Freeze the environment for the next invocation, or end what cannot serve one."""
        if self.api and failure is None and self.api.waiting and (peak := self.api.freeze()) is not None:
            self.peak = max(self.peak, peak)
        else:
            self._end_runtime()

    def _alive(self) -> bool:
        assert self.api
        self.api.poll()
        return self.api.waiting is not None and self.api.exit is None

    def _take_init_ms(self) -> float | None:
        init_ms, self.init_ms = self.init_ms, None
        return init_ms

    def _collect_logs(self) -> None:
        assert self.api
        self.api.read_log()
        self.events += lines.events(self.api.logs.take())

    # -- SHUTDOWN -----------------------------------------------------------------------------------------

    def stop(self) -> bool:
        """End the environment; one that is busy ends after its invocation, as on AWS. True: it has ended now."""
        with self.lock:
            self.stopped = True
            if self.busy:
                return False
        self._end_runtime()
        return True

    def _end_runtime(self) -> None:
        """End the process and everything it started, and take notice of the memory it held."""
        api, self.api = self.api, None
        if api is None:
            return
        status = api.end()
        api.close()
        if status:
            self.peak = max(self.peak, status.peak_bytes)


def _error_type(call: Call) -> str:
    """The error type that the runtime names in its header, or in the error itself."""
    if call.error_type:
        return call.error_type
    try:
        return str(json.loads(call.body)["errorType"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return "Runtime.Unknown"
