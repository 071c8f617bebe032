"""Polling in a thread, for widgets that follow something."""

import threading
import time
from collections.abc import Callable

REST = 4  # times as long as the last step took


class Polling:
    """Calls `step` every `interval` seconds in a thread, until `stop` is called or `step` returns False.

    The longer a step takes, the longer the pause after it: watching must not slow down what is watched.
    `ended` is called in that thread as its last act, unless `stop` ended it. The thread is a daemon: it never keeps a
    kernel from ending.
    """

    def __init__(self, step: Callable[[], bool], interval: float, name: str, ended: Callable[[], None]):
        self._step, self._interval, self._name, self._ended = step, interval, name, ended
        self._lock = threading.Lock()  # a click may start it while a cell does
        self._thread: threading.Thread | None = None
        self._end = threading.Event()

    @property
    def alive(self) -> bool:
        """Whether it still polls."""
        return self._thread is not None and self._thread.is_alive() and not self._end.is_set()

    def start(self) -> None:
        """Begin, unless it runs already."""
        with self._lock:
            if not self.alive:
                self._end = threading.Event()
                self._thread = threading.Thread(target=self._run, args=(self._end,), name=self._name, daemon=True)
                self._thread.start()

    def stop(self, seconds: float = 5) -> None:
        """End it, and wait until it has ended, at most `seconds`: a step may wait for an answer."""
        self._end.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def _run(self, end: threading.Event) -> None:
        rest = self._interval
        while not end.wait(rest):
            before = time.monotonic()
            goes_on = self._step()
            rest = max(self._interval, REST * (time.monotonic() - before))
            if not goes_on:
                end.set()
                self._ended()
