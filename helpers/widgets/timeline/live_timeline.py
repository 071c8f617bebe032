"""A timeline that follows a load while it runs, here and on AWS. It only reads logs.

    live = LiveTimeline(lab, "HelloWorld")
    live.start()
    live                    # in a cell of its own; then run the load in the next one
    live.stop(reports=6)    # the picture that stays

A thread reads the logs. It ends with `stop`, with the widget, with the kernel, and after a while without news. It draws
while a cell runs, and JupyterLab answers clicks meanwhile (it sends them to a thread of the kernel's own, a subshell);
in other front ends a click waits until the kernel is free.
"""

import threading
import time
from collections.abc import Callable
from html import escape
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from helpers.backend.session import Connection
from helpers.widgets.shared.base import Shown, answer_while_busy
from helpers.widgets.shared.form_errors import alert, sentence
from helpers.widgets.shared.polling import Polling
from helpers.widgets.timeline.invocations import Follower
from helpers.widgets.timeline.timeline import Timeline

# Seconds from one reading to the next, and how far each looks back. On AWS every reading counts towards the account's
# quota of FilterLogEvents, and lines take seconds to arrive.
LOCALLY, ON_AWS = (0.25, 2.0), (1.0, 10.0)


class LiveTimeline(Shown):
    """Watch invocations of `functions`. `since`: only what ended after this time (`time.time()`), by default after now.

    `timeline` is the current picture; `error` the error of the last reading, None if it succeeded; `idle`: seconds
    without anything new after which watching ends; `buttons`: whether it has Start and Stop.
    """

    def __init__(
        self,
        lab: Connection,
        *functions: str,
        since: float | None = None,
        idle: float = 60,
        buttons: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.functions = functions
        self._buttons = buttons
        self.idle = idle
        self.error: str | None = None
        self.timeline = Timeline((), functions)
        self._clock = clock
        self._news = clock()
        interval, overlap = ON_AWS if lab.backend == "aws" else LOCALLY
        self._log = Follower(lab.client("logs"), functions, time.time() if since is None else since, overlap)
        self._lock = threading.RLock()  # a click, a cell and the thread may read at the same time
        self._polling = Polling(self._step, interval, f"timeline of {', '.join(functions)}", self._show)

    @property
    def watching(self) -> bool:
        """Whether a thread reads the logs now."""
        return self._polling.alive

    def start(self) -> None:
        """Watch, until `stop`. Does nothing if it watches already."""
        self._news = self._clock()
        self._polling.start()
        self._show()

    def end(self) -> None:
        """End watching without reading the log again: the picture stays as it is."""
        self._polling.stop()
        self._show()

    def stop(self, reports: int = 0, seconds: float = 10) -> Timeline:
        """End watching and return the picture.

        A log arrives a moment after the invocation: this waits until there are `reports` invocations, but no longer
        than `seconds`. Raises: what AWS answers.
        """
        self.end()
        deadline = self._clock() + seconds
        while len(self.refresh(anew=True).invocations) < reports and self._clock() < deadline:
            time.sleep(0.1)
        return self.timeline

    def refresh(self, *, anew: bool = False) -> Timeline:
        """Read the logs once (`anew`: from the beginning) and return the picture. Raises: what AWS answers."""
        with self._lock:
            before = (self.timeline.invocations, self.error, self.watching)
            try:
                self.error, found = None, tuple(self._log.read(anew=anew))
            except (ClientError, BotoCoreError) as error:
                self.error = sentence(error)
                self._show()
                raise
            if before != (found, None, True):  # nothing new, nothing to draw
                self.timeline = Timeline(found, self.functions)
                self._show()
            return self.timeline

    def close(self) -> None:
        """End watching, and remove the widget from the page."""
        self._polling.stop()
        if self.is_shown:
            self._view.close()

    def text(self) -> str:
        """Return state and picture as lines of text."""
        return f"{self._state()}{f'. {self.error}' if self.error else ''}\n{self.timeline.text()}"

    def html(self) -> str:
        """Return state and picture as HTML."""
        return f"{self._status_html()}{self.timeline.svg()}"

    def view(self) -> Any:
        """Return the ipywidgets view."""
        import ipywidgets as w

        buttons = []
        actions = (("Start", "play", self.start), ("Stop", "stop", self._click_stop))
        for label, icon, action in actions if self._buttons else ():
            button = w.Button(description=label, icon=icon, tooltip=f"{label} watching {', '.join(self.functions)}")
            button.add_class(f"lab-timeline-{label.lower()}")
            button.on_click(lambda _, action=action: action())
            answer_while_busy(button)
            buttons.append(button)
        self._status, self._picture = w.HTML(), w.HTML(tabbable=True)  # keys scroll it if there are many lanes
        self._status.add_class("lab-timeline-status")
        self._picture.add_class("lab-timeline-picture")
        box = self.framed("lab-timeline-live", w.HBox([*buttons, self._status]), self._picture)
        self._fill()
        return box

    def _step(self) -> bool:
        """Read once for the thread. An error is shown and asked about again: throttling passes."""
        if self.is_shown and self._view.comm is None:  # the widget was closed
            return False
        count = len(self.timeline.invocations)
        try:
            self.refresh()
        except (ClientError, BotoCoreError):
            pass  # `error` has it
        if len(self.timeline.invocations) != count:
            self._news = self._clock()
        return self._clock() - self._news <= self.idle

    def _click_stop(self) -> None:
        try:
            self.stop()
        except (ClientError, BotoCoreError):
            pass  # `error` has it

    def _state(self) -> str:
        state = "watching" if self.watching else "not watching"
        return f"{', '.join(self.functions)} ({state}): {self.timeline.summary}"

    def _status_html(self) -> str:
        error = alert(self.error, "lab-timeline-error") if self.error else ""
        return f'<p role="status">{escape(self._state())}</p>{error}'

    def _show(self) -> None:
        if self.is_shown and self._view.comm is not None:
            self._fill()

    def _fill(self) -> None:
        self._status.value = self._status_html()
        self._picture.value = self.timeline.svg()
