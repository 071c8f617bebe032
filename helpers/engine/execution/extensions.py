"""The extensions of an environment: programs beside its runtime, and threads in it, that register for its events.

`Started → Registered → Ready ⇄ Running`, or an error, as in AWS's runtime interface emulator (`externalagent_states.go`
of aws/aws-lambda-runtime-interface-emulator, read 2026-11): an extension is Ready while its `event/next` waits, and
Running from an event until it asks for the next. External extensions are the executables in `/opt/extensions`; internal
ones register from within the runtime's process, for INVOKE alone.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .platform_logs import signal_name
from .runtime_connection import Connection
from .sandbox.protocol import Status

MOST = 10  # in an environment (Lambda quotas, 2026-11)
EVENTS = ("INVOKE", "SHUTDOWN")


class News:
    """Something has happened to an extension: it called, or it ended."""


@dataclass(frozen=True)
class Broken:
    """Why an environment cannot go on: an error type of AWS's, and the reason."""

    error_type: str
    reason: str


@dataclass
class Extension:
    """An extension, its state, and the connection on which it waits for an event."""

    name: str
    external: bool
    state: str = "Started"
    events: tuple[str, ...] = ()
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    error_type: str = ""
    waiting: Connection | None = None
    exited: bool = False

    def fail(self, state: str, error_type: str) -> None:
        """Note an error that it reported, or that kept it from starting."""
        self.state, self.error_type = state, error_type


class Extensions:
    """All extensions of one process of an environment. `about` is what the answer to a registration says of it."""

    def __init__(self, names: Iterable[str], about: Mapping[str, str]) -> None:
        self.about = about
        self.all = {name: Extension(name, external=True) for name in names}
        self.open = True  # until the runtime is ready
        self.has_news = False
        self.shutting_down = False
        self.broken: Broken | None = None
        if len(self.all) > MOST:
            list(self.all.values())[MOST].fail("LaunchError", "TooManyExtensions")
            self.broken = Broken("Extension.LaunchError", "ErrTooManyExtensions")

    @property
    def are_registered(self) -> bool:
        """Whether every external extension has registered, and the runtime may start."""
        return all(one.state != "Started" for one in self.all.values())

    def are_ready(self, event: str = "") -> bool:
        """Whether all that are registered, or all that asked for this event, wait for the next."""
        return all(one.state == "Ready" for one in self.all.values() if not event or event in one.events)

    def release(self, event: str, body: Mapping[str, object], seconds: float) -> None:
        """Give the event to those that asked for it."""
        headers = {"Lambda-Extension-Event-Identifier": str(uuid.uuid4())} if event == "INVOKE" else {}
        for one in self.all.values():
            if event in one.events and one.waiting:
                one.waiting.answer("200 OK", json.dumps(body).encode(), headers, seconds)
                one.waiting, one.state = None, "Running"

    def ended(self, status: Status) -> None:
        """An external extension has ended."""
        self.has_news = True
        one = self.all[status.extension]
        one.exited, one.waiting = True, None
        if self.shutting_down or self.broken:
            return
        if status.not_executed:
            denied = status.not_executed.endswith("permission denied")
            one.fail("LaunchError", "PermissionDenied" if denied else "UnknownError")
            self.broken = Broken("Extension.LaunchError", status.not_executed)
            return
        kind = one.state if one.state in ("InitError", "ExitError") else "Crash"
        self.broken = Broken(f"Extension.{kind}", _how(status.code))


def _how(code: int | None) -> str:
    """How a process ended, in the words of AWS's supervisor."""
    if not code:
        return "exit code 0"
    return f"exit status {code}" if code > 0 else f"signal: {signal_name(-code)}"
