"""The form of the log explorer: each button calls the method of `LogExplorer` that does the same."""

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from helpers.widgets.shared.form_errors import alert, attempt

WIDE = {"width": "100%"}


class LogForm:
    """Fields and buttons in `box`; `explorer`, a LogExplorer (whose module imports this one), does the work."""

    def __init__(self, explorer: Any):
        self._explorer = explorer
        self.pattern = w.Text(description="Pattern", placeholder='{ $.level = "ERROR" }', layout=WIDE)
        self.query = w.Textarea(description="Query", rows=3, layout=WIDE)
        self.shown = w.HTML()
        self.shown.add_class("lab-logs-found")
        self.buttons = {
            "Search": self._button("Search", "search", lambda: explorer.search(self.pattern.value)),
            "Run query": self._button("Run query", "play", lambda: explorer.query(self.query.value)),
        }
        title = w.HTML(f"<strong>Logs of {', '.join(explorer.groups)}</strong>")
        parts = (self.pattern, self.buttons["Search"], self.query, self.buttons["Run query"], self.shown)
        self.box = explorer.framed("lab-logs", title, *parts)
        self.fill()

    def fill(self) -> None:
        """Show what the explorer holds."""
        self.pattern.value, self.query.value = self._explorer.pattern, self._explorer.text_of_query
        self.shown.value = self._explorer.found.in_form()

    def _button(self, label: str, icon: str, action: Callable[[], object]) -> w.Button:
        button = w.Button(description=label, icon=icon)
        button.on_click(lambda _: attempt(action, self._say))
        return button

    def _say(self, sentence: str) -> None:
        self.shown.value = alert(sentence, "lab-logs-error")
