"""Actions that a click starts, in a thread of their own: the kernel stays free, and they can be abandoned."""

import threading
import time
from collections.abc import Callable
from typing import Any


class Background:
    """Runs one action at a time. `busy(doing)` is called when it begins, `idle()` when it ends, however it ends."""

    def __init__(self, busy: Callable[[str], None], idle: Callable[[], None]):
        self._busy, self._idle = busy, idle
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None  # of the action that is waited for
        self._last: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an action runs that is waited for."""
        return self._thread is not None

    def start(
        self,
        doing: str,
        action: Callable[[], object],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> bool:
        """Run `action` in a thread; then `done` with what it returned, or `failed` with what it raised.

        `doing` is the action in words, for `busy`. Returns False, and does nothing, while another action runs.
        """
        with self._lock:
            if self._thread is not None:
                return False
            thread = threading.Thread(target=self._run, args=(action, done, failed), daemon=True)
            self._thread = self._last = thread
        self._busy(doing)
        thread.start()
        return True

    def stop(self) -> bool:
        """Abandon the action: its outcome is ignored. Returns whether there was one."""
        with self._lock:
            stopped, self._thread = self._thread is not None, None
        if stopped:
            self._idle()
        return stopped

    def join(self, seconds: float) -> bool:
        """Wait until the last action has ended, at most `seconds`. Returns whether it has.

        An action that ends may start the next (`idle` does): that one is then the last.
        """
        deadline = time.monotonic() + seconds
        waited_for: threading.Thread | None = None
        while (last := self._last) is not None and last is not waited_for:
            last.join(max(0, deadline - time.monotonic()))
            waited_for = last
        return waited_for is None or not waited_for.is_alive()

    def _run(
        self, action: Callable[[], object], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        result: object = None
        error: Exception | None = None
        try:
            result = action()
        except Exception as raised:  # whatever it is: in a thread nobody else would see it
            error = raised
        with self._lock:
            if self._thread is not threading.current_thread():
                return
            self._thread = None
        self._idle()
        try:
            done(result) if error is None else failed(error)
        except Exception as raised:  # the same
            failed(raised)
