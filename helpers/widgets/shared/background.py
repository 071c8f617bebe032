"""Work that a click starts: beside the kernel's own, so that nothing waits for it and it can be left alone."""

import threading
from collections.abc import Callable


class Work:
    """One piece of work at a time. `busy(doing)` is called when it begins, `idle()` when it ends, however it does."""

    def __init__(self, busy: Callable[[str], None], idle: Callable[[], None]):
        self._busy, self._idle = busy, idle
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None  # the one that is waited for
        self._last: threading.Thread | None = None

    @property
    def going_on(self) -> bool:
        """Whether there is some that is waited for."""
        return self._thread is not None

    def start(
        self,
        doing: str,
        action: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
    ) -> bool:
        """Run `action` in a thread; then `done` with what it returned, or `failed` with what it raised.

        `doing` says what is being done. Returns False, and does nothing, while other work goes on.
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
        """Wait for it no longer: what it still does shows nowhere. Returns whether there was any."""
        with self._lock:
            stopped, self._thread = self._thread is not None, None
        if stopped:
            self._idle()
        return stopped

    def join(self, seconds: float) -> bool:
        """Wait until it has ended, `seconds` at most. Returns whether it has."""
        if self._last is None:
            return True
        self._last.join(seconds)
        return not self._last.is_alive()

    def _run(self, action, done, failed) -> None:
        try:
            result, error = action(), None
        except Exception as raised:  # whatever it is: in a thread nobody else would see it
            result, error = None, raised
        with self._lock:
            if self._thread is not threading.current_thread():
                return
            self._thread = None
        self._idle()
        try:
            done(result) if error is None else failed(error)
        except Exception as raised:  # the same
            failed(raised)
