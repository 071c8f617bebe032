"""The console's Code tab: the files of the function, an editor, Deploy."""

from collections.abc import Mapping
from html import escape
from typing import Any

from helpers.widgets.console import code
from helpers.widgets.console.tab import Tab, Window
from helpers.widgets.shared.calls import Calls


class CodeTab(Tab):
    """The last Code fetched, edits that are not deployed yet, the last Deployment."""

    label = "Code"

    def __init__(self, console: Window):
        super().__init__(console)
        self.code: code.Code | None = None
        self.edits: dict[str, str] = {}
        self.deployment: code.Deployment | None = None

    def fetch(self, calls: Calls) -> code.Code:
        """Return the code. Raises: as `code.fetch`."""
        return code.fetch(calls, self.function)

    def deploy(self, calls: Calls, files: Mapping[str, str]) -> tuple[code.Deployment, code.Code]:
        """Deploy the current code with `files` in place. Raises: as `code.fetch` and `code.deploy`."""
        return code.deploy(calls, self.fetch(calls), files)

    def show(self, found: code.Code) -> None:
        """Show `found` as the code; edits are kept."""
        self.code, self.used = found, True
        self._refresh()

    def show_deployed(self, outcome: tuple[code.Deployment, code.Code]) -> None:
        """Show a deployment and its code; edits that are part of it are no longer kept."""
        self.deployment, found = outcome
        texts = found.package.texts
        self.edits = {name: text for name, text in self.edits.items() if texts.get(name) != text}
        self.show(found)

    def text(self) -> str:
        """Return code and last deployment as text."""
        return "\n".join(repr(part) for part in (self.code, self.deployment) if part is not None)

    def html(self) -> str:
        """Return the handler's file and the last deployment as HTML."""
        if self.code is None:
            return ""
        file = self.code.package.file_of(self.code.handler)
        source = f"<p><code>{escape(file)}</code></p><pre>{escape(self.code.package.texts[file])}</pre>" if file else ""
        deployed = f"<p>{escape(repr(self.deployment))}</p>" if self.deployment else ""
        return f"<strong>Code {escape(self.function)}</strong>{source}{deployed}"

    def build(self) -> Any:
        """Return the form."""
        import ipywidgets as w

        self.file = w.Dropdown(description="File", options=[])
        self.file.add_class("lab-console-file")
        # Sent when the editor is left, which a click on Deploy does: not a file with each key.
        self.editor = w.Textarea(rows=14, continuous_update=False, placeholder="no file that can be edited")
        self.editor.add_class("lab-console-editor")
        self.state = w.HTML()
        self.file.observe(lambda change: self._choose(change["new"]), "value")
        self.editor.observe(lambda change: self._edit(change["new"]), "value")
        buttons = [self.button("Deploy", self._click_deploy, primary=True), self.button("Revert", self._click_revert)]
        form = w.VBox([self.file, self.editor, w.HBox([*buttons, self.state])])
        self._fill()
        return form

    def opened(self) -> None:
        """Fetch the code, unless it was fetched before."""
        if self.code is None:
            self._click_revert()

    def _refresh(self) -> None:
        if self.shown:
            self._fill()

    def _fill(self) -> None:
        if self.code is None:
            return
        names = list(self.code.package.texts)
        keep = self.file.value if self.file.value in names else self.code.package.file_of(self.code.handler)
        self.file.options = names
        self.file.value = keep
        self._choose(keep)

    def _choose(self, name: str | None) -> None:
        if self.code and name:
            self.editor.value = self.edits.get(name, self.code.package.texts[name])
        self._mark()

    def _edit(self, text: str) -> None:
        name = self.file.value
        if self.code and name:
            self.edits.pop(name, None)
            if text != self.code.package.texts[name]:
                self.edits[name] = text
        self._mark()

    def _mark(self) -> None:
        changed = ", ".join(sorted(self.edits))
        self.state.value = f'<span class="lab-console-state">Not deployed: {escape(changed)}</span>' if changed else ""

    def _click_deploy(self) -> None:
        edits = dict(self.edits)

        def deployed(outcome: tuple[code.Deployment, code.Code]) -> None:
            self.show_deployed(outcome)
            self.console.say(f"Successfully updated the function {self.function}.")  # the console's words

        self.in_background("Deploying", lambda calls: self.deploy(calls, edits), deployed)

    def _click_revert(self) -> None:
        def reverted(found: code.Code) -> None:
            self.edits = {}
            self.show(found)

        self.in_background("Fetching the code", self.fetch, reverted)
