"""The Test tab of the AWS console, for one function."""

import json
from html import escape

from botocore.exceptions import BotoCoreError, ClientError

from helpers.checks import describe
from helpers.errors import LabError, TestEventError
from helpers.widgets import testing
from helpers.widgets.base import Shown
from helpers.widgets.events import TestEvents

TEMPLATE = {"key1": "value1", "key2": "value2", "key3": "value3"}  # the console's "hello-world" event


class Console(Shown):
    """Test events for the function `function`: save them, run them, read the result and the log.

    `events` holds the saved ones ({name: event}), `result` the last TestResult (None before the first).
    """

    def __init__(self, lab, function: str):
        self.lab = lab
        self.function = function
        self.result: testing.TestResult | None = None
        self._saved = TestEvents(lab.account, function)

    @property
    def events(self) -> dict[str, object]:
        """The saved events, {name: event}."""
        return self._saved.all()

    def save(self, name: str, event: object) -> None:
        """Save `event` as `name`: at most 25 letters, digits, dots, hyphens and underscores.

        Raises: TestEventError if the name or the event will not do.
        """
        self._saved.save(name, event)
        self._refresh(name)

    def delete(self, name: str) -> None:
        """Delete the saved event `name`. Raises: TestEventError if there is none."""
        self._saved.delete(name)
        self._refresh(None)

    def run(self, event: object) -> testing.TestResult:
        """Invoke the function with `event`, which is the name of a saved event or the event itself.

        Raises: TestEventError if no event has that name; what AWS answers if it refuses the call.
        """
        if isinstance(event, str):
            if event not in self.events:
                raise TestEventError(f"There is no test event {event!r}: save it first, or give the event itself.")
            event = self.events[event]
        self.result = testing.run(self.lab, self.function, event)
        self._refresh(None)
        return self.result

    def text(self) -> str:
        """Return saved events and last result as text."""
        saved = ", ".join(self.events) or "none"
        return f"Test {self.function} · saved events: {saved}" + (f"\n{self.result}" if self.result else "")

    def html(self) -> str:
        """Return saved events and last result as HTML."""
        saved = "".join(f"<li><code>{escape(n)}</code> {escape(json.dumps(e))}</li>" for n, e in self.events.items())
        return f"<strong>Test {escape(self.function)}</strong><ul>{saved or '<li>no saved events</li>'}</ul>" + (
            self.result_html() if self.result else ""
        )

    def result_html(self) -> str:
        """Return the last result as HTML; empty before the first."""
        if self.result is None:
            return ""
        outcome = "failed" if self.result.error else "succeeded"
        report = self.result.report
        facts = {
            "Duration": f"{report.duration_ms} ms",
            "Billed duration": f"{report.billed_ms} ms",
            "Memory used": f"{report.max_memory_mb} of {report.memory_mb} MB",
            "Init duration": "warm start" if report.init_ms is None else f"{report.init_ms} ms",
        }
        cells = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
        return (
            f'<div class="lab-console-result lab-console-{outcome}"><p>{self.result.headline}</p>'
            f"<pre>{escape(self.result.answer)}</pre><dl>{cells}</dl>"
            f"<p>Log output</p><pre>{escape(self.result.log.rstrip())}</pre></div>"
        )

    def view(self):
        """Return the ipywidgets form."""
        import ipywidgets as w

        self._choice = w.Dropdown(description="Event", options=[("(new event)", ""), *self._options()])
        self._name = w.Text(description="Name", placeholder="at most 25 characters")
        self._body = w.Textarea(description="JSON", value=json.dumps(TEMPLATE, indent=2), rows=6)
        self._shown = w.HTML(self.result_html())
        buttons = {}
        for label, style, action in (
            ("Test", "primary", self._click_test),
            ("Save", "", self._click_save),
            ("Delete", "", self._click_delete),
        ):
            buttons[label] = w.Button(description=label, button_style=style)
            buttons[label].on_click(lambda _, action=action: self._say(action))
        self._choice.observe(lambda change: self._choose(change["new"]), "value")
        title = w.HTML(f"<strong>Test {escape(self.function)}</strong>")
        form = [title, self._choice, self._name, self._body, w.HBox(list(buttons.values())), self._shown]
        box = w.VBox([self.styles(), *form])
        box.add_class("lab-console")
        return box

    def _options(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.events]

    def _refresh(self, selected: str | None) -> None:
        """Bring the form up to date, if there is one, after a method was called."""
        if "_view" in self.__dict__:
            keep = self._choice.value if selected is None else selected
            self._choice.options = [("(new event)", ""), *self._options()]
            self._choice.value = keep if keep in self.events else ""
            self._shown.value = self.result_html()

    def _choose(self, name: str | None) -> None:
        if name:
            self._name.value = name
            self._body.value = json.dumps(self.events[name], indent=2, ensure_ascii=False)

    def _event(self) -> object:
        try:
            return json.loads(self._body.value)
        except ValueError as error:
            raise TestEventError(f"The event is not JSON ({error}): check quotes and commas.") from error

    def _click_test(self) -> None:
        self.result = testing.run(self.lab, self.function, self._event())
        self._refresh(None)

    def _click_save(self) -> None:
        self.save(self._name.value, self._event())
        self._shown.value = f"Saved as {escape(self._name.value)}."

    def _click_delete(self) -> None:
        self.delete(self._choice.value)
        self._shown.value = "Deleted."

    def _say(self, action) -> None:
        """Run what a click asks for; an error becomes a sentence in the form, where the learner looks."""
        try:
            action()
        except (LabError, ClientError, BotoCoreError) as error:
            text = str(error) if isinstance(error, LabError) else describe(error)
            self._shown.value = f'<p class="lab-console-error">{escape(text)}</p>'
