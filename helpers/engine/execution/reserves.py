"""Environments in reserve: started before there is a function for them, as AWS keeps workers warm.

Starting one takes most of a cold start: a fork, namespaces, an interpreter, AWS's client. None of it depends on the
function, so one of each kind that functions have asked for lately is kept: a process that waits, behind all the
limits of a function's process, and that nothing of any function has ever been in. It becomes one function's, once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from .sandbox.protocol import Reserve
from .sandboxes import Kind, Sandbox, start
from .zygote_client import Zygote

LOG = logging.getLogger(__name__)

KEPT_SECONDS = 300.0  # after a function has last asked for one of its kind
MOST_KINDS = 4  # those asked for last
MOST_OF_A_KIND = 3
MANY_SECONDS = 30.0  # as many are kept as have been asked for in that time
PAUSE_SECONDS = 0.05  # before the next is started: whoever has just taken one shall have the processor

_changed = threading.Condition()
_ready: dict[Kind, list[Sandbox]] = {}
_asked: dict[Kind, list[float]] = {}  # when a kind was asked for (`time.monotonic`); the one asked for last at the end
_expected: list[Callable[[], Kind]] = []
_threads: list[threading.Thread] = []
_taken = 0.0  # when one was taken last


def take(zygote: Zygote, reserve: Reserve) -> Sandbox:
    """An environment of this kind: one in reserve, or a new one. Raises as `start`."""
    global _taken
    kind = Kind(zygote, reserve)
    with _changed:
        _taken = time.monotonic()
        _ask(kind)
        waiting = _ready.get(kind)
        found = waiting.pop(0) if waiting else None
    if found and found.is_there():
        return found
    if found:
        found.close()
    return start(kind)


def expect(kind: Callable[[], Kind]) -> None:
    """Have one in reserve soon. Returns at once; `kind` may take its time to find out which."""
    with _changed:
        _expected.append(kind)
        _wake()


def waiting() -> list[Sandbox]:
    """Those in reserve now."""
    with _changed:
        return [sandbox for sandboxes in _ready.values() for sandbox in sandboxes]


def _ask(kind: Kind) -> None:
    now = time.monotonic()
    with _changed:
        lately = [moment for moment in _asked.pop(kind, []) if moment > now - MANY_SECONDS]
        _asked[kind] = [*lately[1 - MOST_OF_A_KIND :], now]
        _wake()


def _wake() -> None:
    if not _threads:
        _threads.append(threading.Thread(target=_keep_forever, name="reserves", daemon=True))
        _threads[0].start()
    _changed.notify()


def _keep_forever() -> None:
    while True:
        with _changed:
            if not _expected and not _missing():
                _changed.wait(_next_end())
            expected, _expected[:] = list(_expected), []
            superfluous = _superfluous()
        for sandbox in superfluous:
            with suppress(OSError):  # this thread goes on for the others
                sandbox.close()
        for kind in filter(None, map(_found, expected)):
            _ask(kind)
        while (pause := _taken + PAUSE_SECONDS - time.monotonic()) > 0:
            time.sleep(pause)
        with _changed:
            missing = _missing()
        if missing:
            _start(missing[-1])


def _found(find: Callable[[], Kind]) -> Kind | None:
    try:
        return find()
    except Exception as error:  # a function that needs one will say so; this thread goes on for the others
        LOG.debug("No environment in reserve: %s", error)
        return None


def _missing() -> list[Kind]:
    """The kinds of which one is to be started, the one asked for last at the end."""
    return [kind for kind, asked in _asked.items() if len(_ready.get(kind, [])) < len(asked)]


def _start(kind: Kind) -> None:
    try:
        sandbox = start(kind)
    except (OSError, RuntimeError):  # likewise
        with _changed:
            _asked.pop(kind, None)
        return
    with _changed:
        _ready.setdefault(kind, []).append(sandbox)


def _next_end() -> float | None:
    """Seconds until the first of those kept is one too many."""
    return max(min(asked[-1] for asked in _asked.values()) + KEPT_SECONDS - time.monotonic(), 0.0) if _asked else None


def _superfluous() -> list[Sandbox]:
    """Remove what has not been asked for lately, and return what was kept of it."""
    since = time.monotonic() - KEPT_SECONDS
    for kind in [kind for kind, asked in _asked.items() if asked[-1] < since] + list(_asked)[:-MOST_KINDS]:
        _asked.pop(kind, None)
    return [sandbox for kind in list(_ready) if kind not in _asked for sandbox in _ready.pop(kind)]
