"""``make outputs``: runs the labs and stores their outputs in the notebooks. ``LABS=labs/01_….ipynb`` chooses.

A lab is stored only if it ran to its end. The labs get an engine and a folder of their own, so that neither your
progress nor what your functions left shows in the outputs. If all outputs of a lab differ from the stored ones only in
what ``nbval-sanitize.cfg`` sets aside (request ids, times), they are left as they were: a diff shows what really
changed. If one differs otherwise, all are stored anew: the ids and figures on a page come from one run.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from ports import free_port
from static_pictures import as_images

from helpers.backend.engine import Engine
from helpers.jupyter.saved_notebooks import WIDGET
from helpers.state.home import ROOT

SANITIZE = ROOT / "tests" / "tools" / "nbval-sanitize.cfg"
SECONDS = 120  # for one cell; no cell of a lab should take a tenth of it


def main(names: "list[str]") -> int:
    """Store the outputs of the labs named, or of all. Returns 1 if one failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="lambda-labs-") as home:
        set_apart(Path(home))
        engine = Engine(Path(home))
        engine.up()  # or the first lab would say that it starts it
        try:
            for path in map(Path, names) if names else sorted((ROOT / "labs").glob("[0-9]*.ipynb")):
                try:
                    print(f"{path.stem}: {'changed' if store(path) else 'as it was'}", flush=True)
                except CellExecutionError as error:
                    failed.append(path.stem)
                    print(f"{path.stem}: not stored, because a cell failed.\n{error}", file=sys.stderr)
        finally:
            engine.down()
    return int(bool(failed))


def set_apart(home: Path) -> None:
    """Give the labs that run from here on a folder and a port of their own, and no backend but the embedded one."""
    for name in [name for name in os.environ if name.startswith(("LAB_", "AWS_"))]:
        del os.environ[name]
    os.environ |= {"LAB_HOME": str(home), "LAB_PORT": str(free_port())}


def store(path: Path) -> bool:
    """Run one notebook and write its outputs. Returns whether it changed. Raises CellExecutionError if a cell fails."""
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        record_timing=False,  # times would change the file at each run
        resources={"metadata": {"path": str(path.resolve().parent)}},
    ).execute()
    stored = {
        cell.id: tidied(cell.outputs) for cell in nbformat.reads(before, as_version=4).cells if cell.cell_type == "code"
    }
    ran = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in ran:
        cell.outputs = tidied(cell.outputs)
    if all(sanitized(stored[cell.id]) == sanitized(cell.outputs) for cell in ran):
        for cell in ran:
            cell.outputs = stored[cell.id]
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"].pop("version")  # that of whoever ran it last; JupyterLab adds the reader's
    after = nbformat.writes(notebook) + "\n"
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def tidied(outputs: list) -> list:
    """The outputs with neighbouring pieces of one stream joined, widgets as the text and HTML they also are, and
    pictures within HTML as images.
    """
    joined = []
    for output in outputs:
        if output.output_type == "stream" and joined and joined[-1].get("name") == output.name:
            joined[-1].text += output.text
            continue
        if data := output.get("data"):
            data.pop(WIDGET, None)
            if "text/html" in data:
                data["text/html"] = as_images(data["text/html"])
        joined.append(output)
    return joined


def sanitized(outputs: list) -> list:
    """The outputs with nbval's markers in place of what differs from run to run."""

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items() if key not in ("execution_count", "metadata")}
        if isinstance(value, list):
            return [plain(item) for item in value]
        for regex, marker in RULES if isinstance(value, str) else ():
            value = re.sub(regex, marker, value)
        return value

    return plain(outputs)


RULES = re.findall(r"^regex: (.*)$\n^replace: (.*)$", SANITIZE.read_text(encoding="utf-8"), flags=re.MULTILINE)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
