"""JupyterLab for the tests: settings and labs of its own, and a lab opened in it, as a learner sees it."""

import json
import secrets
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ports import free_port

from helpers.backend.launch import wait_for

JAVASCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
SECONDS = 600  # for one lab, on a loaded machine; its cells have limits of their own


@dataclass(frozen=True)
class Server:
    """A JupyterLab that runs: its address, the token it asks for, and the folder that it shows."""

    url: str
    token: str
    files: Path

    def lab(self, name: str, folder: str = "labs") -> str:
        """The address of a lab, in a workspace of its own: nothing else is open there."""
        return f"{self.url}/lab/workspaces/{name}-{folder}/tree/{folder}/{name}.ipynb?token={self.token}"


@contextmanager
def serve(folder: Path, environ: Mapping[str, str]) -> Iterator[Server]:
    """Run JupyterLab on the files in `folder`/files, with all of its own state in `folder`."""
    port = free_port()
    server = Server(f"http://localhost:{port}", secrets.token_urlsafe(), folder / "files")
    state = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    command = [
        *(sys.executable, "-m", "helpers.jupyter.localhost", "--no-browser", "--ip=localhost", f"--port={port}"),
        *("--ServerApp.port_retries=0", "--allow-root", f"--ServerApp.root_dir={server.files}"),
        "--LabApp.expose_app_in_browser=True",  # the page asks it which cells ran, and what they gave
    ]
    own = {name: str(folder / place) for name, place in state.items()} | {"JUPYTER_TOKEN": server.token}
    with (folder / "jupyterlab.log").open("w") as log:
        process = subprocess.Popen(command, env={**environ, **own}, stdout=log, stderr=log)
        try:
            assert wait_for(lambda: process.poll() is not None or answers(server), 60), log.name
            assert process.poll() is None, Path(log.name).read_text()
            yield server
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:  # it waits for kernels and terminals, and its folder is a temporary one
                process.kill()
                process.wait()


def answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/api/status?token={server.token}", timeout=5) as response:
            return "started" in json.load(response)
    except OSError:
        return False


def is_splash(error) -> bool:
    """JupyterLab's splash screen, if shown twice, is taken away twice; the second time it says this. Not ours."""
    stack = error.stack or ""
    return "'removeChild' on 'Node'" in stack and stack.count("\n") == 1 and "/static/lab/jlab_core." in stack


class OpenLab:
    """A lab of `labs/`, or another folder, open in a page of the browser.

    `said`: errors of the console and exceptions that nobody caught.
    """

    def __init__(self, page, server: Server, name: str, folder: str = "labs"):
        self.page = page
        self.path = f"{folder}/{name}.ipynb"
        self.said: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.said.append(where(message)))
        page.on("pageerror", lambda error: is_splash(error) or self.said.append(f"exception: {error.stack or error}"))
        page.add_init_script(JAVASCRIPT)
        page.goto(server.lab(name, folder))
        page.wait_for_function("lab.ready()")

    def run_all(self) -> None:
        """Choose Run > Run All Cells, and wait until they have run, or one has failed that should not."""
        self.page.evaluate("lab.forget()")  # counts and outputs as stored
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_function("lab.ended()", timeout=SECONDS * 1000, polling=1000)

    def cells(self) -> list[dict]:
        """The code cells: index, id, ran, meant_to_fail, outputs (a number), errors (texts), views (models of widgets),
        html (a list).
        """
        return self.page.evaluate("lab.cells()")

    def show(self, index: int) -> None:
        """Make this the active cell, in view."""
        self.page.evaluate("index => lab.show(index)", index)

    def cell(self, index: int):
        """The cell, as Playwright locates it."""
        return self.page.locator(self.place(index))

    @staticmethod
    def place(index: int) -> str:
        """The selector of the cell, in the notebook that is on top."""
        return f'.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-windowed-list-index="{index}"]'

    def run_cell(self, cell: str) -> None:
        """Run the cell of this id again, and wait until it has run."""
        self.show(next(found["index"] for found in self.cells() if found["id"] == cell))
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")

    def begin(self, cell: str, instead: tuple[str, str] = ("", "")) -> None:
        """Run the cell of this id, and return at once; `instead`: what to replace in its source before, and by what."""
        self.show(next(found["index"] for found in self.cells() if found["id"] == cell))
        self.page.evaluate("([cell, was, now]) => lab.begin(cell, was, now)", [cell, *instead])

    def interrupt(self) -> None:
        """Choose Kernel > Interrupt Kernel."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_role("menuitem", name="Interrupt Kernel").click()

    @property
    def busy(self) -> bool:
        """Whether a cell runs."""
        return self.page.evaluate("lab.busy()")

    def paint(self, index: int, selector: str) -> float:
        """Run a cell that is in view again: milliseconds from its widget's first message until it is painted."""
        self.show(index)
        return self.page.evaluate("([index, selector]) => lab.paint(index, selector)", [index, selector])

    def answer(self, button, within: str, text: str) -> float:
        """Click, and return the milliseconds until `within` (a selector) says `text`, which it must not say before.

        While a console's call is made, it takes no click.
        """
        self.page.locator(".lab-console-busy").wait_for(state="detached")
        self.page.evaluate("([within, text]) => lab.listen(within, text)", [within, text])
        button.click()
        return self.page.evaluate("lab.answered")

    def scrolling(self, allowed: Iterable[str]) -> list[str]:
        """What a learner would have to scroll in the outputs, cell by cell, except parts that these selectors find."""
        found = []
        for cell in self.cells():
            if cell["outputs"]:
                self.show(cell["index"])
                self.cell(cell["index"]).locator(".jp-OutputArea-output").first.wait_for()
                found += self.page.evaluate(
                    "([index, allowed]) => lab.scrolling(index, allowed)", [cell["index"], list(allowed)]
                )
        return found

    def follow(self, link, path: str, heading: str) -> None:
        """Click until the notebook `path` is open, with the cell that has `heading` in view; then go back.

        Twice at most: while it opens a notebook, JupyterLab scrolls once, and on a busy machine before all that is
        above the cell has its height. The second click finds it open.
        """
        from playwright.sync_api import TimeoutError

        for last in (False, True):
            link.click()
            self.page.wait_for_function("path => lab.opened(path)", arg=path)
            try:
                self.page.wait_for_function("heading => lab.inView(heading)", arg=heading)
                break
            except TimeoutError:
                if last:
                    raise
            finally:
                self.page.evaluate("path => lab.back(path)", self.path)
                self.page.wait_for_function("path => lab.opened(path)", arg=self.path)

    def followed(self, path: str) -> None:
        """Wait until a link has opened the notebook `path`; then go back."""
        self.page.wait_for_function("path => lab.opened(path)", arg=path)
        self.page.evaluate("path => lab.back(path)", self.path)
        self.page.wait_for_function("path => lab.opened(path)", arg=self.path)

    def violations(self, others: Iterable[str]) -> list[str]:
        """What in prose and outputs assistive technology cannot use, except parts that these selectors find."""
        self.page.evaluate("lab.whole()")
        if not self.page.evaluate("'axe' in window"):
            self.page.add_script_tag(path=AXE)
        return self.page.evaluate("others => lab.violations(others)", list(others))

    def reload(self) -> None:
        """Save the lab and load the page anew; the kernel lives on."""
        self.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        self.page.reload()
        self.page.wait_for_function("lab.ready()")

    def open(self, path: str) -> None:
        """Open another notebook in the same page, and wait until its kernel has said which Python it is."""
        self.page.evaluate("path => lab.open(path)", path)
        self.page.wait_for_function("path => lab.opened(path)", arg=path)
        self.page.evaluate("lab.kernelIsKnown()")
        self.path = path

    def attempt(self, exercise: str, source: str) -> None:
        """Fill in the cell of an exercise ("1.1"); it is run later."""
        asked = [f"exercise-{exercise}", source]
        self.page.wait_for_function("([tag, source]) => lab.fillIn(tag, source)", arg=asked)

    def save_and_reopen(self) -> None:
        """Save the lab and load the page anew, with a kernel that knows nothing of the last one's widgets."""
        self.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        self.page.evaluate("lab.shutdown()")
        self.page.reload()
        self.page.wait_for_function("lab.ready()")

    def theme(self, name: str) -> None:
        """Change to JupyterLab Light or JupyterLab Dark."""
        self.page.evaluate("name => lab.theme(name)", name)


def where(message) -> str:
    return f"{message.text} ({message.location.get('url', '')})"
