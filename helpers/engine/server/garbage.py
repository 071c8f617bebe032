"""When Python looks for garbage: not while LocalStack starts, or loads a service.

Modules, and a service's description, are many objects that live as long as the engine. Python goes through all there
are whenever there are a quarter more of them, which was half of the processor time until the first answer. So it waits
until they are complete, and then leaves them out for good: `gc.freeze`.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# A request makes a few hundred objects. With Python's own 700 every one of them was looked through, for a fifteenth of
# the processor time of an invocation.
THRESHOLDS = (5_000, 20, 20)

_lock = threading.Lock()
_postponed = 0


def postpone() -> None:
    """Let Python look for no garbage until as many calls of `resume`."""
    global _postponed
    with _lock:
        _postponed += 1
        gc.disable()


def resume() -> None:
    """Leave out what is there now, and look for garbage again unless somebody else postpones it."""
    global _postponed
    with _lock:
        _postponed -= 1
        if not _postponed:
            gc.freeze()
            gc.set_threshold(*THRESHOLDS)
            gc.enable()


@contextmanager
def postponed() -> Iterator[None]:
    """Let Python look for no garbage meanwhile."""
    postpone()
    try:
        yield
    finally:
        resume()
