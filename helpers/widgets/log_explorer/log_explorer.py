"""The log explorer: log groups, searched by a pattern or asked by a query, with a histogram over time.

explorer = LogExplorer(lab, "/lab10/shop")
explorer.search('{ $.level = "WARNING" }')   # what the button Search does
explorer.query("stats count(*) by level")    # what the button Run query does
"""

import time
from typing import Any

from helpers.backend.session import Connection
from helpers.widgets.log_explorer import questions
from helpers.widgets.log_explorer.found import Found
from helpers.widgets.shared.base import Shown

COUNT = "stats count(*) as events by level | sort events desc"


class LogExplorer(Shown):
    """Explore the log groups `groups`: what was logged in the last `minutes`, or after `since` (`time.time()`).

    `found` is the last answer; at first all events that match `pattern`. With `since`, histograms of searches begin
    there and end now, so that they can be compared. Raises: what AWS answers.
    """

    def __init__(
        self, lab: Connection, *groups: str, pattern: str = "", minutes: float = 60, since: float | None = None
    ):
        self.groups = groups
        self.pattern, self.text_of_query = pattern, COUNT
        self._api = lab.client("logs")
        self._minutes, self._since = minutes, since
        self.found: Found = self.search(pattern)

    def search(self, pattern: str) -> Found:
        """Return the events that match a filter pattern. Raises: what AWS answers if it is none."""
        until = None if self._since is None else time.time()
        found = questions.search(self._api, self.groups, pattern, self._start, until)
        self.pattern = pattern
        return self._show(found)

    def query(self, text: str) -> Found:
        """Return what a query of Logs Insights finds. Raises: what AWS answers if it is none; LogError if it failed."""
        found = questions.query(self._api, self.groups, text, self._start)
        self.text_of_query = text
        return self._show(found)

    def text(self) -> str:
        """Return the groups and the last answer as text."""
        return f"{', '.join(self.groups)}: {self.found.text()}"

    def html(self) -> str:
        """Return the same as HTML, with the histogram."""
        return f"<p>{', '.join(self.groups)}</p>{self.found._repr_html_()}"

    def view(self) -> Any:
        """Return the ipywidgets form."""
        from helpers.widgets.log_explorer.form import LogForm

        self._form = LogForm(self)
        return self._form.box

    @property
    def _start(self) -> float:
        return time.time() - self._minutes * 60 if self._since is None else self._since

    def _show(self, found: Found) -> Found:
        self.found = found
        if self.is_shown:
            self._form.fill()
        return found
