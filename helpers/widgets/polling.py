"""A widget that follows something asks again and again, in one thread that ends with it."""

import threading
from collections.abc import Callable


class Polling:
    """Calls `step` every `interval` seconds in a thread, until `stop` is called or `step` returns False.

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
        """Whether it goes on asking."""
        return self._thread is not None and self._thread.is_alive() and not self._end.is_set()

    def start(self) -> None:
        """Begin, unless it runs already."""
        with self._lock:
            if not self.alive:
                self._end = threading.Event()
                self._thread = threading.Thread(target=self._run, args=(self._end,), name=self._name, daemon=True)
                self._thread.start()

    def stop(self, seconds: float = 5) -> None:
        """End it, and wait until it has: no longer than `seconds`, for it may wait for an answer."""
        self._end.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def _run(self, end: threading.Event) -> None:
        while not end.wait(self._interval):
            if not self._step():
                end.set()
                self._ended()
