"""Returning memory to the operating system after a load.

Python's own allocator gives memory back in pieces of 1 MB, and only when nothing in a piece is in use any more.
After a load that is almost never so: 20,000 invocations and their logs, deleted again, left 50 MB behind with nothing
in them. The C library's allocator (see `allocator`) can give back single pages when it is asked to, which costs about
10 ms.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable

LOOK_EVERY_SECONDS = 1.0
QUIET_SECONDS = 0.2  # of a processor in that time: when it is less, nobody waits for us
WORTH_SECONDS = 0.1  # of a processor since the last time: when it is less, there is little to give back


def start() -> None:
    """Start the thread that trims in quiet moments. Only glibc can; elsewhere nothing is started."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        threading.Thread(target=_trim_when_quiet, args=(trim,), name="memory", daemon=True).start()


def _trim_when_quiet(trim: Callable[[int], int]) -> None:
    used = trimmed = time.process_time()
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        before, used = used, time.process_time()
        if used - before < QUIET_SECONDS and used - trimmed > WORTH_SECONDS:
            trim(0)
            trimmed = used
