"""The console's Configuration tab: memory, timeout and environment to change, role, layers and aliases to see."""

from collections.abc import Mapping
from typing import Any

from helpers.errors import LabError
from helpers.widgets.console import configuration
from helpers.widgets.console.tab import Tab, Window
from helpers.widgets.shared.calls import Calls


class ConfigurationTab(Tab):
    """The last Configuration read."""

    label = "Configuration"

    def __init__(self, console: Window):
        super().__init__(console)
        self.configuration: configuration.Configuration | None = None

    def read(self, calls: Calls) -> configuration.Configuration:
        """Return the configuration. Raises: what AWS answers."""
        return configuration.read(calls, self.function)

    def change(self, calls: Calls, **what: Any) -> configuration.Configuration:
        """Change it; parameters as for `configuration.change`."""
        return configuration.change(calls, self.function, **what)

    def show(self, found: configuration.Configuration) -> None:
        """Show `found`."""
        self.configuration, self.used = found, True
        if self.shown:
            self._fill()

    def text(self) -> str:
        """Return the configuration as text."""
        return repr(self.configuration)

    def html(self) -> str:
        """Return the configuration as HTML."""
        shown = self.configuration._repr_html_() if self.configuration else ""
        return f"<strong>Configuration {self.function}</strong>{shown}"

    def build(self) -> Any:
        """Return the form."""
        import ipywidgets as w

        # Any number can be entered: what AWS refuses, AWS shall say.
        style = {"description_width": "90px"}
        self.memory = w.IntText(description="Memory (MB)", style=style)
        self.timeout = w.IntText(description="Timeout (s)", style=style)
        self.environment = w.Textarea(
            description="Environment",
            placeholder="NAME=value, a line for each",
            rows=4,
            continuous_update=False,
            style=style,
        )
        for name in ("memory", "timeout", "environment"):
            getattr(self, name).add_class(f"lab-console-{name}")
        self.facts = w.HTML()
        buttons = [
            self.button("Save changes", self._click_save, primary=True),
            self.button("Reload", self._click_reload),
        ]
        form = w.VBox([self.memory, self.timeout, self.environment, w.HBox(buttons), self.facts])
        self._fill()
        return form

    def opened(self) -> None:
        """Read the configuration, unless it was read before."""
        if self.configuration is None:
            self._click_reload()

    def _fill(self) -> None:
        if self.configuration is None:
            return
        self.memory.value = self.configuration.memory
        self.timeout.value = self.configuration.timeout
        self.environment.value = lines(self.configuration.environment)
        self.facts.value = self.configuration._repr_html_()

    def _changes(self) -> dict[str, Any]:
        """What differs from the configuration, as parameters of `change`."""
        if self.configuration is None:
            raise LabError("The configuration was not read yet: click Reload first.")
        now = self.configuration
        changes: dict[str, Any] = {}
        if self.memory.value != now.memory:
            changes["memory"] = self.memory.value
        if self.timeout.value != now.timeout:
            changes["timeout"] = self.timeout.value
        if self.environment.value != lines(now.environment):
            changes["environment"] = variables(self.environment.value)
        return changes

    def _click_save(self) -> None:
        changes = self._changes()
        if not changes:
            self.console.say("There is nothing to save.")
            return

        def saved(found: configuration.Configuration) -> None:
            self.show(found)
            self.console.say(f"Successfully updated the function {self.function}.")  # the console's words

        self.in_background("Saving", lambda calls: self.change(calls, **changes), saved)

    def _click_reload(self) -> None:
        self.in_background("Reading the configuration", self.read, self.show)


def lines(environment: Mapping[str, str]) -> str:
    """Return variables as the form shows them, NAME=value in each line."""
    return "\n".join(f"{name}={value}" for name, value in sorted(environment.items()))


def variables(text: str) -> dict[str, str]:
    """Return the variables in `text`. Raises: LabError for a line without an equals sign."""
    found = {}
    for line in filter(str.strip, text.splitlines()):
        name, equals, value = line.partition("=")
        if not equals:
            raise LabError(f"{line.strip()!r} is not an environment variable: write NAME=value in each line.")
        found[name.strip()] = value
    return found
