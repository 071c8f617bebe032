"""The frame around the console's tabs: the strip of labels, messages, the calls that were made, actions in progress."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, TypeVar

from helpers.backend.session import Connection
from helpers.widgets.console.tab import Tab
from helpers.widgets.shared.background import Background
from helpers.widgets.shared.base import Shown
from helpers.widgets.shared.calls import Call, Calls
from helpers.widgets.shared.form_errors import attempt, sentence

T = TypeVar("T")


class Frame(Shown):
    """The form around `tabs`, {label: tab}, which the subclass gives.

    `calls` holds the calls of the last action; the form shows those of the open tab's last action.
    """

    tabs: dict[str, Tab]
    _open: Tab

    def __init__(self, lab: Connection, function: str):
        self.lab = lab
        self.function = function
        self.calls: tuple[Call, ...] = ()
        self.background = Background(self._busy, self._idle)
        self._heard: Calls | None = None  # those of the action that is waited for
        self._later: Tab | None = None  # was opened while another action ran

    def calls_text(self) -> list[str]:
        """Return the last calls as lines of text."""
        return [line for call in self.calls for line in (f"boto3  {call.boto3}", f"CLI    {call.cli}")]

    def calls_html(self) -> str:
        """Return the last calls as HTML; empty before the first."""
        return self._html_of(self.calls)

    @staticmethod
    def _html_of(calls: Sequence[Call]) -> str:
        if not calls:
            return ""
        lines = "".join(
            f"<dt>boto3</dt><dd><code>{escape(call.boto3)}</code></dd><dt>CLI</dt><dd><code>{escape(call.cli)}</code></dd>"
            for call in calls
        )
        return f'<dl class="lab-console-calls">{lines}</dl>'

    def view(self) -> Any:
        """Return the ipywidgets form."""
        import ipywidgets as w

        title = w.HTML(f"<strong>{escape(self.function)}</strong>")
        labels = list(self.tabs)
        self._strip = w.Tab([w.VBox() for _ in labels], titles=labels, selected_index=labels.index(self._open.label))
        self._strip.add_class("lab-console-tabs")
        self._strip.observe(lambda change: self._open_tab(self.tabs[labels[change["new"]]]), "selected_index")
        self._status = w.HTML()
        self._status.add_class("lab-console-status")
        self._stop = w.Button(description="Stop waiting", layout={"display": "none"})
        self._stop.add_class("lab-console-stop")
        self._stop.on_click(lambda _: self.stop())
        self._calls = w.HTML()
        self._shown = w.VBox([self._strip, w.HBox([self._status, self._stop])])
        self._shown.add_class("lab-console-shown")
        box = self.framed("lab-console", title, self._shown, self._calls)
        self._open_tab(self._open)
        return box

    def stop(self) -> None:
        """Stop waiting for the action that a click started; AWS goes on with it."""
        self._heard = None
        if self.background.stop():
            self.say("No longer waiting: the request may still take effect.")
            self._catch_up()

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a sentence under the tabs, if there is a form."""
        if self._has_form:
            kind = "lab-console-error" if error else "lab-console-message"
            self._status.value = f'<p role="status" class="{kind}">{escape(text)}</p>'

    def clicked(self, action: Callable[[], object], *, calls: bool = False) -> None:
        """Do what a click asks for, but not one that `calls` AWS while another does; an error becomes a sentence."""
        if self.background.is_busy and calls:
            return
        if not self.background.is_busy:
            self.say("")
        attempt(action, self._say_error)

    def in_background(self, doing: str, action: Callable[[Calls], T], done: Callable[[T], None]) -> None:
        """Run `action(calls)` in the background, then `done` with its result. `doing`: the action in words."""
        if self.background.is_busy:
            self._later = self._open
            return
        tab = self._open
        calls = Calls(self.lab, lambda made: self._listen(made, tab))
        self._heard = calls

        def finished(result: T) -> None:
            done(result)
            self._catch_up()

        def failed(error: Exception) -> None:
            self._later = None  # what it would say would hide the error
            self._say_error(sentence(error))

        self.background.start(doing, lambda: action(calls), finished, failed)

    @property
    def _has_form(self) -> bool:  # while it is built, too
        return hasattr(self, "_calls")

    def _run(self, tab: Tab, action: Callable[[Calls], T]) -> T:
        """Run `action(calls)` now, for code that waits for its result."""
        calls = Calls(self.lab)
        try:
            return action(calls)
        finally:
            self._turn_to(tab)
            self._keep(calls, tab)

    def _listen(self, calls: Calls, tab: Tab) -> None:
        if calls is self._heard:  # not if nobody waits for them any more
            self._keep(calls, tab)

    def _keep(self, calls: Calls, tab: Tab) -> None:
        self.calls = tab.calls = tuple(calls.made)
        self._show_calls()

    def _show_calls(self) -> None:
        if self._has_form:
            self._calls.value = self._html_of(self._open.calls)

    def _turn_to(self, tab: Tab) -> None:
        """Open `tab` when the form is made; an existing form stays as the learner left it."""
        if not self._has_form:
            self._open = tab

    def _open_tab(self, tab: Tab) -> None:
        self._open = tab
        self._show_calls()
        self._strip.children[list(self.tabs.values()).index(tab)].children = (tab.form,)
        self.clicked(tab.opened)

    def _catch_up(self) -> None:
        """Fill the tab that was opened while another action ran."""
        tab, self._later = self._later, None
        if tab is not None:
            tab.opened()

    def _say_error(self, sentence: str) -> None:
        self.say(sentence, error=True)

    def _busy(self, doing: str) -> None:
        self.say(f"{doing}…")
        self._stop.layout.display = None
        self._shown.add_class("lab-console-busy")

    def _idle(self) -> None:
        self.say("")
        self._stop.layout.display = "none"
        self._shown.remove_class("lab-console-busy")
