"""Labs as notebooks: read them, put solutions in, run them against a backend of their own."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from ports import free_port

from helpers.backend.engine import Engine
from helpers.exercises.solutions import read as read_solutions
from helpers.state.home import ROOT

LABS = sorted((ROOT / "labs").glob("[0-9][0-9]_*.ipynb"))
NAMES = [lab.stem for lab in LABS]
SECONDS = 60  # for one cell, as for nbval
STARTUP_SECONDS = 180  # for a kernel, while others use the machine


def read(lab: Path) -> nbformat.NotebookNode:
    return nbformat.read(lab, as_version=4)


def code_cells(lab: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(lab).cells if cell.cell_type == "code"]


def tags(cell: nbformat.NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def exercises(lab: Path) -> list[str]:
    """Numbers of the exercises, from the tags of the cells that are to be filled in."""
    found = [tag.removeprefix("exercise-") for cell in code_cells(lab) for tag in tags(cell)]
    return [number for number in found if re.fullmatch(r"\d+\.\d+", number)]


def solutions(lab: Path) -> dict[str, str]:
    """{exercise: code} of the lab's explained solutions; without those of "On your own", which nothing checks."""
    found = read_solutions(lab.stem[:2]).values()
    return {one.number: one.code for one in found if one.number[0].isdigit()}


def solved(lab: Path) -> nbformat.NotebookNode:
    """The notebook with each solution in a cell of its own, after the cell that the learner would fill in."""
    notebook, blocks, cells = read(lab), solutions(lab), []
    for cell in notebook.cells:
        cells.append(cell)
        for tag in tags(cell):
            if tag.startswith("exercise-"):
                cells.append(nbformat.v4.new_code_cell(blocks[tag.removeprefix("exercise-")]))
    notebook.cells = cells
    return notebook


def texts(cell: nbformat.NotebookNode) -> Iterator[str]:
    """Every text that the cell's outputs hold."""
    for output in cell.get("outputs", []):
        yield output.get("text", "")
        yield from (value for value in output.get("data", {}).values() if isinstance(value, str))
        yield "\n".join(output.get("traceback", []))
        yield output.get("evalue", "")


@contextmanager
def backend(home: Path) -> Iterator[dict[str, str]]:
    """An engine of its own in the folder `home`; gives the environment in which a kernel finds it."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAB_", "AWS_", "PYTEST_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', os.defpath)}"
    engine = Engine(home=home, environ={})
    engine.up(port)
    try:
        yield kept | {"LAB_HOME": str(home), "LAB_PORT": str(port), "PATH": path}
    finally:
        engine.down()


def client(notebook: nbformat.NotebookNode, folder: Path) -> NotebookClient:
    """What runs the notebook in `folder`; its kernel is started by `setup_kernel`, which takes the environment."""
    where = {"metadata": {"path": str(folder)}}
    return NotebookClient(
        notebook, timeout=SECONDS, startup_timeout=STARTUP_SECONDS, kernel_name="python3", resources=where
    )


@contextmanager
def kernel(notebook: nbformat.NotebookNode, file: Path, environ: Mapping[str, str]) -> Iterator[NotebookClient]:
    """What runs the notebook in a new kernel, as JupyterLab does when `file` is open in it."""
    made = client(notebook, file.parent)
    # JupyterLab says which cell it runs; Jupyter Server, which notebook the kernel is of.
    made.on_cell_execute = lambda cell, cell_index: made.kc.session.metadata.update(cellId=cell.id)
    with made.setup_kernel(env={**environ, "JPY_SESSION_NAME": str(file)}):
        yield made


def run(client: NotebookClient, cells: Iterable[nbformat.NotebookNode]) -> None:
    """Run these cells of its notebook. Raises nbclient's CellExecutionError if one fails unexpectedly."""
    client.reset_execution_trackers()
    places = {cell.id: place for place, cell in enumerate(client.nb.cells)}
    for cell in cells:
        client.execute_cell(cell, places[cell.id])


def done(notebook: nbformat.NotebookNode) -> set[str]:
    """Numbers of the exercises whose checks have passed in this notebook."""
    shown = [text for cell in notebook.cells for text in texts(cell)]
    return {found[1] for text in shown if (found := re.match(r"(\d+\.\d+) done: ", text))}


def failures(notebook: nbformat.NotebookNode) -> set[str]:
    """Ids of the cells that have failed: only those that are meant to do."""
    return {cell.id for cell in notebook.cells if any(one.output_type == "error" for one in cell.get("outputs", []))}


def first_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The cells before the first exercise."""
    place = next(i for i, cell in enumerate(notebook.cells) if any(tag.startswith("exercise-") for tag in tags(cell)))
    return notebook.cells[:place]
