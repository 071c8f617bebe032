"""The console of one function, as in the AWS Management Console (2026-11): Code, Test, Monitor, Configuration.

    console = Console(lab, "HelloWorld")
    console                                    the form; without a kernel, a picture of the tabs that were used
    console.deploy({"index.js": source})       what its buttons do, in code

Each tab is a module (`code_tab` and so on): a form for a module that needs none (`code`, `metrics`, `configuration`,
`test_run`). They make their calls with `Calls`, which shows them; clicks do so in the background. `frame` surrounds the
tabs.
"""

from collections.abc import Mapping

from helpers.backend.session import Connection
from helpers.errors import TestEventError
from helpers.widgets.console.code import Code, Deployment
from helpers.widgets.console.code_tab import CodeTab
from helpers.widgets.console.configuration import Configuration
from helpers.widgets.console.configuration_tab import ConfigurationTab
from helpers.widgets.console.frame import Frame
from helpers.widgets.console.metrics import Metrics
from helpers.widgets.console.monitor_tab import MonitorTab
from helpers.widgets.console.tab import Tab
from helpers.widgets.console.test_tab import TestTab
from helpers.widgets.shared.test_run import TestResult


class Console(Frame):
    """The console for the function `function`.

    `calls` holds the AWS calls of the last action; `events` the saved test events ({name: event}); `result` the last
    TestResult (None before the first).
    """

    def __init__(self, lab: Connection, function: str):
        super().__init__(lab, function)
        self._code, self._test = CodeTab(self), TestTab(self)
        self._monitor, self._configuration = MonitorTab(self), ConfigurationTab(self)
        tabs: list[Tab] = [self._code, self._test, self._monitor, self._configuration]
        self.tabs = {tab.label: tab for tab in tabs}
        self._open: Tab = self._code

    @property
    def events(self) -> dict[str, object]:
        """The saved events, {name: event}."""
        return self._test.saved.all()

    @property
    def result(self) -> TestResult | None:
        """The last result of a test."""
        return self._test.result

    def code(self) -> Code:
        """Fetch the function's code. Raises: as `code.fetch`."""
        found = self._run(self._code, self._code.fetch)
        self._code.show(found)
        return found

    def deploy(self, files: Mapping[str, str]) -> Deployment:
        """Deploy the function's code with `files`, {path: text}, added or replaced; its other files stay.

        Raises: as `code.fetch` and `code.deploy`.
        """
        outcome = self._run(self._code, lambda calls: self._code.deploy(calls, files))
        self._code.show_deployed(outcome)
        return outcome[0]

    def save(self, name: str, event: object) -> None:
        """Save `event` as `name`: at most 25 letters, digits, dots, hyphens and underscores.

        Raises: TestEventError if the name or the event is invalid.
        """
        self._test.save(name, event)
        self._turn_to(self._test)

    def delete(self, name: str) -> None:
        """Delete the saved event `name`. Raises: TestEventError if there is none."""
        self._test.delete(name)
        self._turn_to(self._test)

    def run(self, event: object) -> TestResult:
        """Invoke the function with `event`, which is the name of a saved event or the event itself.

        Raises: TestEventError if no event has that name; what AWS answers if it refuses the call.
        """
        if isinstance(event, str):
            if event not in self.events:
                raise TestEventError(f"There is no test event {event!r}: save it first, or give the event itself.")
            event = self.events[event]
        result = self._run(self._test, lambda calls: self._test.run(calls, event))
        self._test.show(result)
        return result

    def monitor(
        self, *, hours: float = 3, since: float | None = None, invocations: int = 0, seconds: float = 10
    ) -> Metrics:
        """Return the CloudWatch metrics of the last `hours`, or since a moment (`time.time()`).

        Waits until `invocations` are counted, but no longer than `seconds`. Raises: what AWS answers.
        """
        found = self._run(
            self._monitor,
            lambda calls: self._monitor.read(calls, hours=hours, since=since, invocations=invocations, seconds=seconds),
        )
        self._monitor.show(found)
        return found

    def configuration(self) -> Configuration:
        """Return memory, timeout, environment, role, layers and aliases. Raises: what AWS answers."""
        found = self._run(self._configuration, self._configuration.read)
        self._configuration.show(found)
        return found

    def configure(
        self,
        *,
        memory: int | None = None,
        timeout: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Configuration:
        """Change memory (MB), timeout (s) or all environment variables, and return the new configuration.

        Raises: what AWS answers, botocore.exceptions.WaiterError if the update has not ended after a minute.
        """
        found = self._run(
            self._configuration,
            lambda calls: self._configuration.change(calls, memory=memory, timeout=timeout, environment=environment),
        )
        self._configuration.show(found)
        return found

    def text(self) -> str:
        """Return the Test tab, the other tabs that were used, and the last calls, as text."""
        return "\n".join([self._test.text(), *(tab.text() for tab in self._others()), *self.calls_text()])

    def html(self) -> str:
        """Return the same as HTML."""
        return "".join([self._test.html(), *(tab.html() for tab in self._others()), self.calls_html()])

    def _others(self) -> list[Tab]:
        return [tab for tab in self.tabs.values() if tab.used and tab is not self._test]
