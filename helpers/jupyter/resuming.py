"""Going on in a notebook after a pause: what its first cell offers when cells below it were run in an earlier session.

A lab's first cell clears what the lab made, and a new kernel knows no names: the cells in between have to run again. A
kernel cannot run cells of a notebook, so the offer is a button that runs JupyterLab's own commands: they move down to
the cell that was run last, and run all above it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from helpers.jupyter.output import in_notebook
from helpers.state.home import read_json

SHIPPED = "labs"  # the folder whose notebooks have outputs that are not the reader's


@dataclass(frozen=True)
class Offer:
    """To go on: `cells` below the running one is the last that was run, in the section of that `title`."""

    title: str
    cells: int

    def __repr__(self) -> str:
        return f"Last time you came to “{self.title}”. To go on there, click it: Run, Run All Above Selected Cell."

    def _repr_html_(self) -> str:
        commands = [*["notebook:move-cursor-down"] * self.cells, "notebook:run-all-above"]
        arguments = escape(json.dumps({"commands": commands}))
        return (
            f"<p>Last time you came to “{escape(self.title)}”. To go on there: "
            f'<button class="jp-mod-styled" data-commandlinker-command="apputils:run-all-enabled" '
            f'data-commandlinker-args="{arguments}">Run what is above</button></p>'
        )


def find(notebook: Any, running: str) -> Offer | None:
    """Return what to offer in a saved notebook while its cell of the id `running` runs; None if nothing below was run.

    Raises: KeyError or TypeError if it is not a notebook.
    """
    cells = notebook["cells"]
    ids = [cell.get("id") for cell in cells]
    ran = [number for number, cell in enumerate(cells) if cell.get("execution_count")]
    if running not in ids or not ran or ran[-1] <= ids.index(running) + 1:
        return None
    texts = ["".join(cell["source"]) for cell in cells[: ran[-1]] if cell["cell_type"] == "markdown"]
    headings = [text.splitlines()[0].lstrip("#").strip() for text in texts if text.startswith("#")]
    return Offer(headings[-1] if headings else "the last cell", ran[-1] - ids.index(running))


def offer(environ: Mapping[str, str] = os.environ) -> None:
    """Display what `find` finds in the notebook of this kernel, as it was saved last, unless it is one of `labs/`."""
    file = Path(environ.get("JPY_SESSION_NAME", ""))  # Jupyter Server sets it
    if not in_notebook() or file.suffix != ".ipynb" or file.parent.name == SHIPPED:
        return
    from IPython import get_ipython
    from IPython.display import display

    shell: Any = get_ipython()
    if shell.user_ns["In"][-2:-1] == shell.user_ns["In"][-1:]:  # this cell ran last, too: the button was clicked
        return
    try:
        found = find(read_json(file), shell.kernel.get_parent("shell")["metadata"]["cellId"])
    except (OSError, ValueError, KeyError, TypeError):  # renamed meanwhile, or run by another program than JupyterLab
        return
    if found:
        display(found)  # type: ignore[no-untyped-call] # IPython's
