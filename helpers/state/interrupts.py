"""Ctrl-C and Kernel > Interrupt, postponed while something runs that must not stay half done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def postponed() -> Iterator[None]:
    """Postpone an interrupt until the block has ended: KeyboardInterrupt is raised after it.

    Keep the block short. Interrupts come to the main thread only; in another thread there is nothing to postpone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came = []
    before = signal.signal(signal.SIGINT, lambda *_: came.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt
