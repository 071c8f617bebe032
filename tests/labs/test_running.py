"""The labs run: alone, twice in a row, strictly as stored, and with every exercise solved."""

import subprocess
import sys

import nbformat
import notebooks
import pytest

from helpers import exercises
from helpers.home import ROOT

pytestmark = pytest.mark.labs
each_lab = pytest.mark.parametrize("lab", notebooks.LABS, ids=notebooks.NAMES)


@each_lab
def test_a_lab_alone_gives_its_stored_outputs_on_a_fresh_and_on_a_used_backend(lab, tmp_path):
    with notebooks.backend(tmp_path / "home") as environ:
        for state in ("fresh", "used"):
            nbval = subprocess.run(
                [
                    *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env"),
                    *(f"--nbval-cell-timeout={notebooks.SECONDS}", "--nbval-sanitize-with=tests/nbval-sanitize.cfg"),
                    str(lab),
                ],
                cwd=ROOT,
                env=environ,
                capture_output=True,
                text=True,
            )
            assert nbval.returncode == 0, f"on a {state} backend:\n{nbval.stdout}{nbval.stderr}"
            # A cell that times out can be reported as an expected failure.
            assert "xfail" not in nbval.stdout and "skipped" not in nbval.stdout, nbval.stdout


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One backend for all labs with their solutions: what one of them leaves must not disturb the next."""
    with notebooks.backend(tmp_path_factory.mktemp("home")) as environ:
        yield environ


@each_lab
def test_with_the_reference_solutions_every_check_passes(lab, shared):
    notebook = notebooks.run(notebooks.solved(lab), shared)
    shown = "\n".join(text for cell in notebook.cells for text in notebooks.texts(cell))
    for number in notebooks.exercises(lab):
        assert f"{number} done: " in shown, f"{number} is not done:\n{shown}"
    assert "not yet" not in shown


@each_lab
def test_reset_leaves_nothing_of_a_lab(lab, shared):
    number = lab.stem[:2]
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(source)
            for source in (
                f'from helpers import Lab\n\nlab = Lab("{number}")',
                "lab.reset()",
                'print([f["FunctionName"] for f in lab.client("lambda").list_functions()["Functions"]])',
                'print([g["logGroupName"] for g in lab.client("logs").describe_log_groups()["logGroups"]])',
            )
        ]
    )
    notebooks.run(notebook, shared)
    functions, groups = (set(cell.outputs[0].text.split("'")[1::2]) for cell in notebook.cells[2:])
    owned = set(exercises.load(number).owns.functions)
    assert not owned & functions
    assert not {f"/aws/lambda/{name}" for name in owned} & groups


def test_labs_leave_no_files_beside_them():
    beside = {path.name for path in (ROOT / "labs").iterdir() if path.suffix != ".ipynb" and path.name[0] not in "._"}
    assert beside <= {"solutions", "out.txt"}  # out.txt is what the CLI writes, and ignored by git
