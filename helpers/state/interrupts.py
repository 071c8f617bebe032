"""Ctrl-C and Kernel > Interrupt, put off while something is done that must not stay half done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Let the block end before an interrupt has its effect: KeyboardInterrupt is raised after it.

    Keep the block short. Interrupts come to the main thread only; in another thread there is nothing to put off.
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
