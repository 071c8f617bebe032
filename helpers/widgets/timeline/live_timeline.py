"""A timeline that follows a load while it runs, here and on AWS: it reads logs, nothing else.

    live = LiveTimeline(lab, "HelloWorld")
    live.start()
    live                    # in a cell of its own; then run the load in the next one
    live.stop(reports=6)    # the picture that stays

A thread reads the logs; it ends with `stop`, with the widget, with the kernel, and when nothing new has come for long.
It draws while a cell runs, and JupyterLab answers clicks meanwhile (it sends them to a thread of the kernel's own, a
subshell); in other front ends a click waits until the kernel is free.
"""

import threading
import time
from html import escape

from botocore.exceptions import BotoCoreError, ClientError

from helpers.errors import describe
from helpers.widgets.shared.base import Shown, answered_while_busy
from helpers.widgets.shared.polling import Polling
from helpers.widgets.timeline.invocations import Follower
from helpers.widgets.timeline.timeline import Timeline

# Seconds from one reading to the next, and how far each looks back. On AWS every reading counts towards the account's
# quota of FilterLogEvents, and lines take seconds to arrive.
LOCALLY, ON_AWS = (0.25, 2.0), (1.0, 10.0)


class LiveTimeline(Shown):
    """Watch what `functions` do. `since`: only what ended after this time (`time.time()`), by default after now.

    `timeline` is the picture as it is; `error` what AWS answered to the last reading, None if that was well;
    `idle`: seconds without anything new after which watching ends; `buttons`: whether it has Start and Stop.
    """

    def __init__(
        self,
        lab,
        *functions: str,
        since: float | None = None,
        idle: float = 60,
        buttons: bool = True,
        clock=time.monotonic,
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
        """Watch, until `stop`. Nothing happens if it is watched already."""
        self._news = self._clock()
        self._polling.start()
        self._show()

    def end(self) -> None:
        """End watching without another look at the log: the picture stays as it is."""
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
                self.error = describe(error)
                self._show()
                raise
            if before != (found, None, True):  # nothing new, nothing to draw
                self.timeline = Timeline(found, self.functions)
                self._show()
            return self.timeline

    def close(self) -> None:
        """End watching, and take the widget off the page."""
        self._polling.stop()
        if "_view" in self.__dict__:
            self._view.close()

    def text(self) -> str:
        """Return state and picture as lines of text."""
        return f"{self._state()}{f'. {self.error}' if self.error else ''}\n{self.timeline.text()}"

    def html(self) -> str:
        """Return state and picture as HTML."""
        return f"{self._status_html()}{self.timeline.svg()}"

    def view(self):
        """Return the ipywidgets view."""
        import ipywidgets as w

        buttons = []
        actions = (("Start", "play", self.start), ("Stop", "stop", self._click_stop))
        for label, icon, action in actions if self._buttons else ():
            button = w.Button(description=label, icon=icon, tooltip=f"{label} watching {', '.join(self.functions)}")
            button.add_class(f"lab-timeline-{label.lower()}")
            button.on_click(lambda _, action=action: action())
            answered_while_busy(button)
            buttons.append(button)
        self._status, self._picture = w.HTML(), w.HTML(tabbable=True)  # keys scroll it if there are many lanes
        self._status.add_class("lab-timeline-status")
        self._picture.add_class("lab-timeline-picture")
        box = self.framed("lab-timeline-live", w.HBox([*buttons, self._status]), self._picture)
        self._fill()
        return box

    def _step(self) -> bool:
        """Read once for the thread. An error is shown and asked about again: throttling passes."""
        if "_view" in self.__dict__ and self._view.comm is None:  # the widget was closed
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
        error = f'<p class="lab-timeline-error" role="alert">{escape(self.error)}</p>' if self.error else ""
        return f'<p role="status">{escape(self._state())}</p>{error}'

    def _show(self) -> None:
        if "_view" in self.__dict__ and self._view.comm is not None:
            self._fill()

    def _fill(self) -> None:
        self._status.value = self._status_html()
        self._picture.value = self.timeline.svg()
