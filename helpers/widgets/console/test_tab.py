"""The console's Test tab: saved events, the result of the last run."""

import json
from html import escape
from typing import Any

from helpers.errors import TestEventError
from helpers.state.test_events import TestEvents
from helpers.widgets.console.tab import Tab, Window
from helpers.widgets.shared import test_run
from helpers.widgets.shared.calls import Calls

TEMPLATE = {"key1": "value1", "key2": "value2", "key3": "value3"}  # the console's "hello-world" event
NEW = "(new event)"


class TestTab(Tab):
    """Events of the function, and the last TestResult (None before the first)."""

    __test__ = False  # pytest takes classes named Test… for tests
    label = "Test"

    def __init__(self, console: Window):
        super().__init__(console)
        self.saved = TestEvents(console.lab.account, console.function)
        self.result: test_run.TestResult | None = None

    def save(self, name: str, event: object) -> None:
        """Save `event` as `name`. Raises: TestEventError."""
        self.saved.save(name, event)
        self.refresh(name)

    def delete(self, name: str) -> None:
        """Delete the event `name`. Raises: TestEventError."""
        self.saved.delete(name)
        self.refresh(None)

    def run(self, calls: Calls, event: object) -> test_run.TestResult:
        """Invoke with `event` and return the result. Raises: what AWS answers."""
        return test_run.run(calls, self.function, event)

    def show(self, result: test_run.TestResult) -> None:
        """Show `result`."""
        self.result = result
        self.refresh(None)

    def text(self) -> str:
        """Return saved events and last result as text."""
        saved = ", ".join(self.saved.all()) or "none"
        return f"Test {self.function} · saved events: {saved}" + (f"\n{self.result}" if self.result else "")

    def html(self) -> str:
        """Return saved events and last result as HTML."""
        events = self.saved.all().items()
        saved = "".join(f"<li><code>{escape(n)}</code> {escape(json.dumps(e))}</li>" for n, e in events)
        return f"<strong>Test {escape(self.function)}</strong><ul>{saved or '<li>no saved events</li>'}</ul>" + (
            self.result_html() if self.result else ""
        )

    def result_html(self) -> str:
        """Return the last result as HTML; empty before the first."""
        if self.result is None:
            return ""
        outcome = "failed" if self.result.error else "succeeded"
        report = self.result.report
        facts = {}
        if report:
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

    def build(self) -> Any:
        """Return the form."""
        import ipywidgets as w

        self.choice = w.Dropdown(description="Event", options=self._options())
        self.name = w.Text(description="Name", placeholder="at most 25 characters")
        self.body = w.Textarea(description="JSON", value=json.dumps(TEMPLATE, indent=2), rows=6)
        self.answer = w.HTML(self.result_html())
        self.choice.observe(lambda change: self._choose(change["new"]), "value")
        buttons = [
            self.button("Test", self._click_test, primary=True),
            self.button("Save", self._click_save, calls=False),
            self.button("Delete", self._click_delete, calls=False),
        ]
        return w.VBox([self.choice, self.name, self.body, w.HBox(buttons), self.answer])

    def refresh(self, selected: str | None) -> None:
        """Bring the form up to date, if there is one, after a method was called."""
        self.used = True
        if self.shown:
            keep = self.choice.value if selected is None else selected
            self.choice.options = self._options()
            self.choice.value = keep if keep in self.saved.all() else ""
            self.answer.value = self.result_html()

    def _options(self) -> list[tuple[str, str]]:
        return [(NEW, ""), *((name, name) for name in self.saved.all())]

    def _choose(self, name: str | None) -> None:
        if name:
            self.name.value = name
            self.body.value = json.dumps(self.saved.all()[name], indent=2, ensure_ascii=False)

    def _event(self) -> object:
        try:
            return json.loads(self.body.value)
        except ValueError as error:
            raise TestEventError(f"The event is not JSON ({error}): check quotes and commas.") from error

    def _click_test(self) -> None:
        event = self._event()
        self.answer.value = ""
        self.in_background("Executing function", lambda calls: self.run(calls, event), self.show)

    def _click_save(self) -> None:
        self.save(self.name.value, self._event())
        self.console.say(f"Saved as {self.name.value}.")

    def _click_delete(self) -> None:
        self.delete(self.choice.value)
        self.console.say("Deleted.")
