"""A kernel is restarted in the middle of a lab: its first cell offers to run what is above, and the lab goes on.

The click is JupyterLab's part, and tests/browser/test_opening.py clicks. Here the offer is read as the first cell shows
it, and done what its commands do.
"""

import json
import re
from contextlib import contextmanager
from html import unescape

import nbformat
import notebooks
import pytest

from helpers.jupyter import working_copies

pytestmark = [pytest.mark.labs, pytest.mark.once, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def environ(tmp_path_factory):
    """The environment of an engine of its own; each lab works in its own account."""
    with notebooks.backend(tmp_path_factory.mktemp("engine")) as environ:
        yield environ


@pytest.fixture
def my(tmp_path):
    """A learner's folder: what labs read beside them is there, and they write files such as out.txt there."""
    working_copies.bring(my=tmp_path / "my", home=tmp_path)
    return tmp_path / "my"


@pytest.mark.parametrize("lab", notebooks.LABS, ids=notebooks.NAMES)
def test_after_a_restart_in_the_middle_the_first_cell_offers_to_run_what_is_above_and_the_lab_goes_on(lab, my, environ):
    notebook = notebooks.solved(lab)
    code = [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    first, middle = code[0], code[len(code) // 2]
    for place in code:  # as the learner's copy begins
        notebook.cells[place] |= {"outputs": [], "execution_count": None}
    with kernel(notebook, my / lab.name, environ) as client:
        notebooks.run(client, notebook.cells[: middle + 1])
        nbformat.write(notebook, my / lab.name)
    failed, done = failures(notebook), notebooks.done(notebook)

    with kernel(notebook, my / lab.name, environ) as client:
        notebooks.run(client, [notebook.cells[first]])
        down, last = commands(notebook.cells[first])
        assert (down, last) == (["notebook:move-cursor-down"] * (middle - first), "notebook:run-all-above")
        notebooks.run(client, notebook.cells[:middle])
        assert commands(notebook.cells[first]) is None, "offered once"
        assert failures(notebook) == failed
        assert notebooks.done(notebook) == done
        notebooks.run(client, notebook.cells[middle:])
    assert notebooks.done(notebook) == set(notebooks.exercises(lab))


@contextmanager
def kernel(notebook, file, environ):
    """What runs the notebook in a new kernel, as JupyterLab does when `file` is open in it."""
    client = notebooks.client(notebook, file.parent)
    # JupyterLab says which cell it runs; Jupyter Server, which notebook the kernel is of.
    client.on_cell_execute = lambda cell, cell_index: client.kc.session.metadata.update(cellId=cell.id)
    with client.setup_kernel(env={**environ, "JPY_SESSION_NAME": str(file)}):
        yield client


def commands(cell):
    """What the offer in the cell's output runs in JupyterLab, the last command apart; None if nothing is offered."""
    found = re.search(r'data-commandlinker-args="([^"]*)"', "\n".join(notebooks.texts(cell)))
    if found is None:
        return None
    *down, last = json.loads(unescape(found[1]))["commands"]
    return down, last


def failures(notebook):
    """Ids of the cells that have failed: only those that are meant to do."""
    return {cell.id for cell in notebook.cells if any(one.output_type == "error" for one in cell.get("outputs", []))}
