"""A long-running job with progress and Cancel, which works while the cell is busy.

    class Count(Job):
        def work(self):
            for number in range(self.steps):
                self.step(f"number {number}")   # ends the job here after Cancel
                ...

The job runs in the thread that calls `run`, usually a cell's. JupyterLab answers the click on Cancel meanwhile, in a
thread of the kernel's own (a subshell); the job ends at its next step. Kernel > Interrupt ends it at once. However it
ends, `tidy` undoes its changes, and `result` holds what was finished.
"""

import threading
import time
from collections.abc import Callable
from html import escape
from typing import Any

from helpers.errors import LabError
from helpers.jupyter.output import in_notebook
from helpers.state.interrupts import postponed
from helpers.widgets.shared.base import Shown, answer_while_busy

PACE = 0.1  # seconds from one drawing of the bar to the next


class CancelledError(Exception):
    """Cancel was clicked: raised by `Job.step`, caught by `Job.run`."""


class Job(Shown):
    """Base of a long-running job; subclasses give `work()` and `result`, and may give `tidy()` and `picture()`.

    `title`: what it does; `steps`: how many steps it has; `unit`: what a step is ("calls"); `done`: how many are done.
    `state`: "ready", "running", "cancelling", and then "done", "cancelled", "interrupted" or "failed".
    """

    def __init__(self, title: str, steps: int, unit: str, clock: Callable[[], float] = time.monotonic):
        self.title, self.steps, self.unit = title, steps, unit
        self.done = 0
        self.state = "ready"
        self._doing = ""
        self._clock = clock
        self._drawn = clock()
        self._wanted = threading.Event()  # its end
        self._lock = threading.RLock()  # a click draws while a cell does

    def work(self) -> None:
        """Do the job, with a `step` after each part; forget what was found before."""
        raise NotImplementedError

    def tidy(self) -> None:
        """Undo what `work` has changed. Called however that ended; an interrupt waits until this has ended."""

    def picture(self) -> Any:
        """Return the widget that shows the result so far, or None."""
        return None

    @property
    def result(self) -> object:
        """The result so far."""
        raise NotImplementedError

    def run(self) -> object:
        """Run to the end, or until `cancel`, and return the result. In a notebook the bar is shown below the cell.

        Raises: LabError if it already runs; KeyboardInterrupt; what `work` and `tidy` raise.
        """
        with self._lock:
            if self.state in ("running", "cancelling"):
                raise LabError(f"{self.title} – it already runs: wait until it has ended, or cancel it.")
            self._wanted.clear()
            self.done, self._doing, self.state = 0, "", "running"
        end = "failed"
        try:
            try:
                self._announce()
                self.work()
                ended = "done"
            except CancelledError:
                ended = "cancelled"
            finally:
                with postponed():
                    self.tidy()
            end = ended
        except KeyboardInterrupt:
            end = "interrupted"
            raise KeyboardInterrupt(f"{self.done:,} of {self.steps:,} {self.unit} were done") from None
        finally:
            with self._lock:
                self.state, self._doing = end, ""
            self.draw()
        return self.result

    def cancel(self) -> None:
        """End it after the current step. Does nothing if it does not run."""
        with self._lock:
            if self.state == "running":
                self._wanted.set()
                self.state = "cancelling"
        self.draw()

    def step(self, doing: str = "", *, by: int = 1) -> None:
        """Count `by` more steps as done (0: none yet), and show what is next. Raises: CancelledError."""
        self._doing = doing
        self.advance(by)
        if self.cancelled:
            raise CancelledError

    def advance(self, by: int) -> None:
        """Count `by` more steps as done, for a job that ends in its own way after `cancel`."""
        self.done += by
        if self._clock() - self._drawn >= PACE or not by:
            self.draw()

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled, for threads that work for it."""
        return self._wanted.is_set()

    def text(self) -> str:
        """Return title, state and result as lines of text."""
        return f"{self.title}\n{self._status()}" + (f"\n{self.result!r}" if self.done else "")

    def html(self) -> str:
        """Return the same as HTML."""
        found = self.result if self.done else None
        html = found._repr_html_() if hasattr(found, "_repr_html_") else ""
        return f"<p>{escape(self.title)}<br>{escape(self._status())}</p>{html}"

    def view(self) -> Any:
        """Return the ipywidgets view."""
        import ipywidgets as w

        self._bar = w.HTML()
        self._bar.add_class("lab-job-bar")
        self._button = w.Button(description="Cancel", icon="stop", tooltip=f"Cancel: {self.title}")
        self._button.add_class("lab-job-cancel")
        self._button.on_click(lambda _: self.cancel())
        answer_while_busy(self._button)
        picture = self.picture()
        row = w.HBox([self._button, self._bar])
        box = self.framed("lab-job", row, *([] if picture is None else [picture]))
        self._fill()
        return box

    def draw(self) -> None:
        """Update the bar, if it is shown."""
        with self._lock:
            self._drawn = self._clock()
            if self.is_shown and self._view.comm is not None:
                self._fill()

    def _fill(self) -> None:
        self._button.disabled = self.state != "running"
        bar = f'<progress max="{self.steps}" value="{self.done}" aria-label="{escape(self.title)}"></progress>'
        self._bar.value = f'<p role="status">{escape(self.title)}<br>{bar} {escape(self._status())}</p>'

    def _status(self) -> str:
        state = {"ready": "", "running": self._doing, "cancelling": "cancelling…", "done": ""}.get(
            self.state, self.state
        )
        return f"{self.done:,} of {self.steps:,} {self.unit}{f' · {state}' if state else ''}"

    def _announce(self) -> None:
        """Show the bar below the cell. In a saved notebook only the title stays: the result is what is read there."""
        if in_notebook():
            from IPython.display import display

            self._view  # noqa: B018 - made here, so that what it shows is drawn below
            self.draw()
            bundle = self._view._repr_mimebundle_()
            words = {"text/plain": self.title, "text/html": f"<p>{escape(self.title)}</p>"}
            display({**bundle, **words}, raw=True)  # type: ignore[no-untyped-call] # IPython's
