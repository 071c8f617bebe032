"""The process that runs a function, as its environment sees it.

An environment has one at a time. After a timeout or a crash `spawn` gives it the next; the log events and the peak
memory of the one before are kept for the next REPORT.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from . import reserves, socket_owner, users
from .configuration import Configuration
from .extension_phases import Reason, shut_down
from .extensions import Extensions
from .platform_logs import LogEvent
from .runtime_api import RuntimeApi
from .sandbox import processes
from .sandbox.protocol import Spawn
from .zygote_client import Zygote

BRIEF_SECONDS = 0.2  # to stop and measure after a longer one makes no difference to it
ASKED_EVERY = 64  # brief invocations, the supervisor has to answer: what it is told must not pile up unread


@dataclass
class RuntimeProcess:
    """A runtime with its Runtime API. Used by one thread at a time: the one in INIT, INVOKE or SHUTDOWN."""

    configuration: Configuration
    zygote: Zygote
    pid: int = 0  # of the supervisor, also of one that has ended
    uid: int = 0  # of the function, where no other process has it
    events: list[LogEvent] = field(default_factory=list)  # log events that no REPORT has followed yet
    init_ms: float | None = None  # how long INIT took, until a REPORT has said so
    peak_bytes: int = 0  # the most memory that a process of this environment has held
    _api: RuntimeApi | None = None
    _in_a_row: int = 0  # invocations that were brief, and whose memory the kernel could say
    _runtime_id: int = 0  # the runtime's process id, once it was asked for

    @property
    def api(self) -> RuntimeApi:
        """The Runtime API of the process. It exists from `spawn` to `end`."""
        assert self._api, "no process"
        return self._api

    @property
    def exists(self) -> bool:
        """Whether there is a process to use or to end; it may have ended by itself (`is_waiting`)."""
        return self._api is not None

    def spawn(self) -> None:
        """Start a process. Raises `InvalidEntrypointError`, or `RuntimeError` where the system starts none."""
        self._in_a_row, self._runtime_id = 0, 0
        reserve, spawn = self.configuration.spawn()
        taken = reserves.take(self.zygote, reserve)
        try:
            self._api = RuntimeApi(taken.log, taken.control, taken.listener, self._made)
        except OSError:  # no descriptor left
            taken.close()
            raise
        self._api.extensions = Extensions(map(os.path.basename, spawn.extensions), about(spawn))
        self.pid, self.uid = taken.pid, taken.uid
        try:
            taken.become(spawn)
        except BaseException:
            self._api.close()
            users.give_back(self.uid)
            self._api = None
            raise

    def _made(self, peer: socket_owner.Address, host: socket_owner.Address) -> bool:
        return socket_owner.belongs_to_environment(peer, host, self.pid, self.uid)

    def is_waiting(self) -> bool:
        """Whether the process is alive and waits for an event."""
        self.api.poll()
        return self.api.waiting is not None and self.api.exit is None and self.api.extensions.broken is None

    def thaw(self) -> bool:
        """Let the process continue, for an invocation. False: it does not respond, so it cannot serve one."""
        return self.is_waiting() and self.api.thaw(self._is_brief)

    def freeze(self, seconds: float) -> bool:
        """Stop the process until the next invocation, after one of so many seconds. False: it cannot serve another.

        To stop, measure and continue takes several times as long as a brief invocation. From the second in a row on,
        the process stops within some 10 ms, if no other has come, and its memory is what the kernel says.
        """
        if not self.api.waiting:
            return False
        alone = not self.api.extensions.all and not self.api.has_company
        peak = processes.peak_bytes(self._runtime_pid()) if alone else 0
        self.peak_bytes = max(self.peak_bytes, peak)
        briefly, self._in_a_row = self._is_brief, self._in_a_row + 1 if peak and seconds < BRIEF_SECONDS else 0
        if briefly and self._in_a_row:
            return self.api.freeze_soon()
        measured = self.api.freeze()
        self.peak_bytes = max(self.peak_bytes, measured or 0)
        return measured is not None

    @property
    def _is_brief(self) -> bool:
        """Whether the invocation that begins, or has begun, is expected to be brief."""
        return self._in_a_row % ASKED_EVERY > 0

    def _runtime_pid(self) -> int:
        """The process id of the runtime, which is its supervisor's only child; 0 if it is not."""
        if not self._runtime_id:
            children = processes.children(self.pid)
            self._runtime_id = children[0] if len(children) == 1 else 0
        return self._runtime_id

    def collect_logs(self) -> None:
        """Turn what has been printed so far into log events."""
        self.api.read_log()
        shows = self.configuration.logging.shows
        self.events += [LogEvent(said.timestamp, said.text) for said in self.api.logs.take() if shows(said)]

    def log(self, lines: Iterable[str]) -> None:
        """Add lines that Lambda writes among those of the function, at this moment."""
        now = time.time_ns() // 1_000_000
        self.events += [LogEvent(now, f"{line}\n") for line in lines]

    def end(self, reason: Reason = "spindown") -> None:
        """End the process and everything it started, if there is one, and note the memory it held.

        Extensions are told first, with the reason; what they then print is among the log events.
        """
        if self._api and self._api.extensions.all:
            shut_down(self._api, reason)
            self.collect_logs()
        api, self._api = self._api, None
        if api is None:
            return
        status = api.end()
        api.close()
        users.give_back(self.uid)
        if status:
            self.peak_bytes = max(self.peak_bytes, status.peak_bytes)


def about(spawn: Spawn) -> dict[str, str]:
    """What an extension is told of its function when it registers."""
    return {
        "accountId": spawn.account,
        "functionName": spawn.environ.get("AWS_LAMBDA_FUNCTION_NAME", ""),
        "functionVersion": spawn.environ.get("AWS_LAMBDA_FUNCTION_VERSION", ""),
        "handler": spawn.handler,
    }
