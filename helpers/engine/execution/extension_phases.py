"""What extensions change in the phases of an environment: INIT, INVOKE and SHUTDOWN wait for them too.

AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle" (2026-11): INIT ends when the
runtime and every extension have asked for their next event, INVOKE when the runtime and those that wanted INVOKE have;
in SHUTDOWN the runtime gets SIGTERM and 30 % of the time, then those that wanted SHUTDOWN get it and the rest. Here
the caller of an invocation waits for the extensions as well; on AWS the response may be sent before they are done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from .extensions import Broken, News
from .runtime_api import RuntimeApi
from .runtime_connection import Call
from .sandbox.protocol import KILL, START, TERMINATE, Status

Reason = Literal["spindown", "timeout", "failure"]  # AWS's words for why an environment ends

EXTERNAL_SECONDS, INTERNAL_SECONDS = 2.0, 0.5  # of SHUTDOWN (the same page)
RUNTIME_SHARE = 0.3


def until_ready(
    api: RuntimeApi, said: Call | Status | News | None, deadline: float
) -> Call | Status | Broken | News | None:
    """INIT, from what came first on: the runtime's call for an event once all extensions wait, or what came instead.

    The runtime starts when all extensions have registered.
    """
    extensions, ready = api.extensions, None
    started = not any(one.external for one in extensions.all.values())
    while True:
        if isinstance(said, Call) and said.kind == "next":
            ready, extensions.open = said, False
        elif not isinstance(said, News):
            return extensions.broken or said
        if extensions.broken:
            return extensions.broken
        if not started and extensions.are_registered:
            started = api.command(START)
        if ready and extensions.are_ready():
            return ready
        said = api.receive(deadline)


def until_done(api: RuntimeApi, deadline: float) -> Broken | Status | None:
    """INVOKE, after the runtime is done: None once the extensions are; else why not. A `Status`: time is up."""
    while not api.extensions.broken and not api.extensions.are_ready("INVOKE"):
        said = api.receive(deadline)
        if said is None or isinstance(said, Status):
            return said or Status("timeout", 0)
    return api.extensions.broken


def shut_down(api: RuntimeApi, reason: Reason) -> None:
    """SHUTDOWN: let the runtime, then the extensions, end by themselves. What is left afterwards is to be killed."""
    extensions = api.extensions
    if not extensions.all:
        return
    extensions.shutting_down = True
    external = [one for one in extensions.all.values() if one.external]
    seconds = EXTERNAL_SECONDS if external else INTERNAL_SECONDS
    began = time.monotonic()
    api.thaw()
    if api.exit is None and api.command(TERMINATE):
        _wait(api, began + RUNTIME_SHARE * seconds, lambda: api.exit is not None)
        if api.exit is None:
            api.command(KILL)
    deadline_ms = int((time.time() + began + seconds - time.monotonic()) * 1000)
    event = {"eventType": "SHUTDOWN", "deadlineMs": deadline_ms, "shutdownReason": reason}
    extensions.release("SHUTDOWN", event, 1.0)
    told = [one for one in external if "SHUTDOWN" in one.events]
    _wait(api, began + seconds, lambda: all(one.exited for one in told))


def _wait(api: RuntimeApi, deadline: float, done: Callable[[], bool]) -> None:
    while not done() and api.is_open and (left := deadline - time.monotonic()) > 0:
        api.turn(left)
