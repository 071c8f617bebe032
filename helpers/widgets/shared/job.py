"""Long work in a cell: so many steps of so many, a bar, a Cancel button that works while the cell is busy.

    class Count(Job):
        def work(self):
            for number in range(self.steps):
                self.step(f"number {number}")   # ends the work here after Cancel
                ...

The work is done by whoever calls `run`, a cell as a rule. JupyterLab answers the click on Cancel meanwhile, in a thread
of the kernel's own (a subshell); the work ends at its next step. Kernel > Interrupt ends it at once. However it ends,
`tidy` puts back what it had changed, and `result` holds what was finished.
"""

import sys
import threading
import time
from html import escape

from helpers.errors import LabError
from helpers.state.interrupts import postponed
from helpers.widgets.shared.base import Shown, answered_while_busy

PACE = 0.1  # seconds from one drawing of the bar to the next


class CancelledError(Exception):
    """Cancel was clicked: raised by `Job.step`, caught by `Job.run`."""


class Job(Shown):
    """Base of long work; subclasses give `work()` and `result`, and `tidy()` and `picture()` if they have any.

    `title` says what it is, `steps` how many steps it has, `unit` what a step is ("calls"), `done` how many are done.
    `state`: "ready", "running", "cancelling", and then "done", "cancelled", "interrupted" or "failed".
    """

    def __init__(self, title: str, steps: int, unit: str, clock=time.monotonic):
        self.title, self.steps, self.unit = title, steps, unit
        self.done = 0
        self.state = "ready"
        self._doing = ""
        self._clock = clock
        self._drawn = clock()
        self._wanted = threading.Event()  # that it ends
        self._lock = threading.RLock()  # a click draws while a cell does

    def work(self) -> None:
        """Do it, with a `step` after each; forget what was found before."""
        raise NotImplementedError

    def tidy(self) -> None:
        """Put back what `work` has changed. Called however that ended; an interrupt waits until it has."""

    def picture(self):
        """Return the widget that shows what was found so far, or None."""
        return None

    @property
    def result(self) -> object:
        """What was found so far."""
        raise NotImplementedError

    def run(self) -> object:
        """Do all of it, or until `cancel`, and return the result. In a notebook it shows itself below the cell.

        Raises: LabError if it runs already; KeyboardInterrupt; what `work` and `tidy` raise.
        """
        with self._lock:
            if self.state in ("running", "cancelling"):
                raise LabError(f"{self.title} – it runs already: wait until it has ended, or cancel it.")
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
        """End it after the step it is at. Nothing happens if it does not run."""
        with self._lock:
            if self.state == "running":
                self._wanted.set()
                self.state = "cancelling"
        self.draw()

    def step(self, doing: str = "", *, by: int = 1) -> None:
        """Note that `by` more steps are done (0: none yet), and say what is next. Raises: CancelledError."""
        self._doing = doing
        self.advance(by)
        if self.cancelled:
            raise CancelledError

    def advance(self, by: int) -> None:
        """Note that `by` more steps are done, for work that ends in its own way after `cancel`."""
        self.done += by
        if self._clock() - self._drawn >= PACE or not by:
            self.draw()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to end, for threads that work for it."""
        return self._wanted.is_set()

    def text(self) -> str:
        """Return title, state, and what was found, as lines of text."""
        return f"{self.title}\n{self._status()}" + (f"\n{self.result!r}" if self.done else "")

    def html(self) -> str:
        """Return the same as HTML."""
        found = self.result if self.done else None
        html = found._repr_html_() if hasattr(found, "_repr_html_") else ""
        return f"<p>{escape(self.title)}<br>{escape(self._status())}</p>{html}"

    def view(self):
        """Return the ipywidgets view."""
        import ipywidgets as w

        self._bar = w.HTML()
        self._bar.add_class("lab-job-bar")
        self._button = w.Button(description="Cancel", icon="stop", tooltip=f"Cancel: {self.title}")
        self._button.add_class("lab-job-cancel")
        self._button.on_click(lambda _: self.cancel())
        answered_while_busy(self._button)
        picture = self.picture()
        row = w.HBox([self._button, self._bar])
        box = self.framed("lab-job", row, *([] if picture is None else [picture]))
        self._fill()
        return box

    def draw(self) -> None:
        """Show how far it is, if it is shown."""
        with self._lock:
            self._drawn = self._clock()
            if "_view" in self.__dict__ and self._view.comm is not None:
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
        ipython = sys.modules.get("IPython")
        if ipython and hasattr(ipython.get_ipython(), "kernel"):
            from IPython.display import display

            self._view  # noqa: B018 - made here, so that what it shows is drawn below
            self.draw()
            bundle = self._view._repr_mimebundle_()
            words = {"text/plain": self.title, "text/html": f"<p>{escape(self.title)}</p>"}
            display({**bundle, **words}, raw=True)
