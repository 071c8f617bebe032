"""An execution environment and its phases.

                 init()              the runtime asks for an event
      COLD ────────────────► INIT ──────────────────────────────► FROZEN
       ▲ ▲                    │                                    │  ▲
       │ └───── it fails ─────┘                           invoke() │  │ the runtime asks for the next event
       │                                                           ▼  │
       ├───────────────────────── invoke() ──────────────────────► INVOKE
       └───────────────────── timeout or crash ──────────────────────┘

    stop():  COLD, FROZEN ──► SHUTDOWN
             INIT, INVOKE ──► STOPPING ── when they are done ──► SHUTDOWN
             SHUTDOWN ── init(), invoke(): they did not know yet ──► STOPPING

INIT, INVOKE and SHUTDOWN are AWS's phases ("Understanding the Lambda execution environment lifecycle", 2026-11): see
`init` and `invoke`. In COLD there is no process, and an invocation starts one; in FROZEN there is one that is stopped,
or soon is (`runtime_process`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from .init import INIT_SECONDS, start_runtime
from .invoke import Event, Outcome, serve
from .runtime_process import RuntimeProcess


class Phase(Enum):
    """The phase of an environment; the diagram above has the transitions."""

    COLD = auto()
    INIT = auto()
    FROZEN = auto()
    INVOKE = auto()
    STOPPING = auto()
    SHUTDOWN = auto()


_alive: dict[str, Environment] = {}


def alive() -> list[Environment]:
    """The environments that exist now, oldest first: from INIT to SHUTDOWN."""
    return list(_alive.values())


@dataclass
class Environment:
    """One environment of one function version.

    `init` and `invoke` may be called from any thread, one at a time; `stop` at any time, from any thread. `on_shutdown`
    is called after the environment has ended, by the thread that ended it.
    """

    id: str
    runtime: RuntimeProcess
    on_shutdown: Callable[[], None]
    phase: Phase = Phase.COLD
    lock: threading.Lock = field(default_factory=threading.Lock)

    def init(self) -> None:
        """The INIT phase. A failure is logged and kept for the first invocation, which tries again."""
        before = self._enter(Phase.INIT)
        try:
            if before is Phase.COLD:
                start_runtime(self.runtime, "init", time.monotonic() + INIT_SECONDS)
        finally:
            self._leave()

    def invoke(self, event: Event) -> Outcome:
        """The INVOKE phase: run one invocation, even one that was assigned before `stop` and arrives after it."""
        before = self._enter(Phase.INVOKE)
        try:
            return serve(self.runtime, event, cold=before is not Phase.FROZEN)
        finally:
            self._leave()

    def stop(self) -> None:
        """The SHUTDOWN phase: now, or after the invocation (or INIT) that is running, as on AWS."""
        with self.lock:
            if self.phase in (Phase.INIT, Phase.INVOKE):
                self.phase = Phase.STOPPING
            if self.phase in (Phase.STOPPING, Phase.SHUTDOWN):
                return
            self._shut_down()
        self.on_shutdown()

    @property
    def is_busy(self) -> bool:
        """Whether an invocation is running."""
        return self.phase in (Phase.INVOKE, Phase.STOPPING)

    def _enter(self, phase: Phase) -> Phase:
        """Begin INIT or INVOKE; return the phase before. Raises `RuntimeError` for a transition that does not exist."""
        with self.lock:
            before = self.phase
            if before not in (Phase.COLD, Phase.SHUTDOWN) and (before, phase) != (Phase.FROZEN, Phase.INVOKE):
                raise RuntimeError(f"Execution environment {self.id} cannot go from {before.name} to {phase.name}.")
            self.phase = Phase.STOPPING if before is Phase.SHUTDOWN else phase
            _alive[self.id] = self
        return before

    def _leave(self) -> None:
        """End INIT or INVOKE; shut down if `stop` has been called meanwhile."""
        with self.lock:
            if self.phase is not Phase.STOPPING:
                self.phase = Phase.FROZEN if self.runtime.exists else Phase.COLD
                return
            self._shut_down()
        self.on_shutdown()

    def _shut_down(self) -> None:
        """Called with the lock held: other callers wait until no process is left."""
        self.runtime.end()
        self.phase = Phase.SHUTDOWN
        _alive.pop(self.id, None)
