"""What is committed of a lab: complete, deterministic, and the same on every machine."""

import base64
import builtins
import getpass
import itertools
import re
import symtable
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import notebooks
import pytest
from ipykernel.ipkernel import IPythonKernel
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client.kernelspec import KernelSpecManager

from helpers import exercises
from helpers.state.home import ROOT

pytestmark = [pytest.mark.labs, pytest.mark.once]
# Names of Python, of IPython (`!` and `%` become calls of the second), and the blank of a half-filled cell.
KNOWN = {*dir(builtins), "display", "get_ipython", "___"}
each_lab = pytest.mark.parametrize("lab", notebooks.LABS, ids=notebooks.NAMES)

# Paths as they look on the machines people have, and this very one.
PLACES = re.compile(r"/(?:home|Users|root|tmp|var/folders|work|mnt|private)/[\w.-]+|\b[A-Z]:\\\\?Users")


@each_lab
def test_no_output_holds_a_path_or_a_user_of_a_machine(lab):
    private = [f"{place}/" for place in (ROOT, Path.home()) if place != Path("/")] + [f"{getpass.getuser()}@"]
    for cell in notebooks.code_cells(lab):
        for text in notebooks.texts(cell):
            assert not (found := PLACES.search(text)), f"{found[0]} is in an output of the cell\n{cell.source}"
            for name in private:
                assert name not in text, f"{name} is in an output of the cell\n{cell.source}"


@each_lab
def test_every_code_cell_was_run_once_from_top_to_bottom(lab):
    counts = [cell.execution_count for cell in notebooks.code_cells(lab)]
    assert counts == list(range(1, len(counts) + 1))


@each_lab
def test_errors_are_only_where_they_are_meant(lab):
    for cell in notebooks.code_cells(lab):
        failed = any(output.output_type == "error" for output in cell.outputs)
        assert failed == ("raises-exception" in notebooks.tags(cell)), cell.source


@each_lab
def test_nothing_is_written_to_stderr(lab):
    for cell in notebooks.code_cells(lab):
        assert not [output for output in cell.outputs if output.get("name") == "stderr"], cell.source


@each_lab
def test_the_metadata_are_what_jupyterlab_writes_but_for_the_machines_version_of_python(lab):
    notebook, spec = notebooks.read(lab), KernelSpecManager().get_kernel_spec("python3")
    assert notebook.metadata == {
        "kernelspec": {"display_name": spec.display_name, "language": spec.language, "name": "python3"},
        "language_info": {name: value for name, value in IPythonKernel.language_info.items() if name != "version"},
    }
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@each_lab
def test_a_lab_is_stored_as_jupyter_writes_it(lab):
    assert lab.read_text(encoding="utf-8") == nbformat.writes(notebooks.read(lab)) + "\n"


@each_lab
def test_widgets_are_stored_as_what_can_be_read_without_them(lab):
    for cell in notebooks.code_cells(lab):
        for output in cell.outputs:
            assert not [kind for kind in output.get("data", {}) if "widget-view" in kind]


@each_lab
def test_pictures_are_stored_as_images_that_are_shown_where_nobody_trusts_the_notebook(lab):
    for cell in notebooks.code_cells(lab):
        for output in cell.outputs:
            html = output.get("data", {}).get("text/html", "")
            assert "<svg" not in html, f"make outputs makes an image of it: {cell.source}"
            for image in re.findall(r"<img\b[^>]*>", html):
                assert 'alt="' in image and 'alt=""' not in image, cell.source
                for picture in re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', image):
                    ElementTree.fromstring(base64.b64decode(picture))


@each_lab
def test_a_lab_says_first_what_you_will_do_and_need_and_how_long_it_takes(lab):
    header = notebooks.read(lab).cells[0].source
    assert header.startswith(f"# {lab.stem[:2]} · ")
    for part in ("**You will**", "**You need**", "**Time**", "> **Pause**"):
        assert part in header
    last = notebooks.read(lab).cells[-1].source
    for part in ("## On your own", "## In practice", "**Next:**"):
        assert part in last


@each_lab
def test_a_labs_minutes_are_those_of_its_words_cells_and_exercises(lab):
    # 200 words a minute, half a minute for a cell to run and read, four for an exercise; the appendix is extra.
    cells = itertools.takewhile(lambda cell: not cell.source.startswith("## Appendix"), notebooks.read(lab).cells)
    minutes, words = 0.0, 0
    for cell in cells:
        if cell.cell_type == "markdown":
            words += len(re.sub(r"<[^>]+>", " ", cell.source).split())
            minutes += 4 * cell.source.startswith("### Exercise")
        elif not cell.source.startswith("lab.check(") and not any("exercise-" in tag for tag in notebooks.tags(cell)):
            minutes += 0.5
    declared = exercises.load(lab.stem[:2]).minutes
    assert declared == 5 * round((minutes + words / 200) / 5) <= 45, f"{minutes + words / 200:.1f} minutes"


@each_lab
def test_a_lab_has_three_exercises_each_with_hint_check_and_solution(lab):
    numbers = notebooks.exercises(lab)
    declared = exercises.load(lab.stem[:2]).exercises
    assert len(numbers) >= 3
    assert numbers == list(declared) == list(notebooks.solutions(lab))
    cells = notebooks.read(lab).cells
    for number in numbers:
        place = next(i for i, cell in enumerate(cells) if f"exercise-{number}" in notebooks.tags(cell))
        task, check = cells[place - 1].source, cells[place + 1].source
        assert f"### Exercise {number}: {declared[number].title}" in task
        for part in ("**Given**", "**Goal**", "<details>"):
            assert part in task
        assert check == f'lab.check("{number}")'
        assert len(declared[number].hints) >= 2


@each_lab
def test_a_half_filled_cell_uses_names_that_it_the_lab_above_it_or_python_defines(lab):
    declared, there = exercises.load(lab.stem[:2]).exercises, set(KNOWN)
    missing = {}
    for cell in notebooks.code_cells(lab):
        for number in (tag.removeprefix("exercise-") for tag in notebooks.tags(cell)):
            if number in declared:
                defined, used = names(declared[number].half)
                missing[number] = used - defined - there
        there |= names(cell.source)[0]
    assert {number: unknown for number, unknown in missing.items() if unknown} == {}


@each_lab
def test_run_all_with_no_exercise_solved_ends_with_each_check_that_says_not_yet(lab):
    # What is stored is such a run, and test_running.py repeats it.
    for number in notebooks.exercises(lab):
        (check,) = [cell for cell in notebooks.code_cells(lab) if cell.source == f'lab.check("{number}")']
        assert any(text.startswith(f"{number} not yet: ") for text in notebooks.texts(check)), number


@each_lab
def test_links_lead_to_files_that_exist(lab):
    for cell in notebooks.read(lab).cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\((?!https?:)([^)#]+)", cell.source):
                assert (lab.parent / target).exists(), f"{target} in\n{cell.source}"


@each_lab
def test_prose_has_no_dollar_signs_for_jupyterlab_takes_them_for_mathematics(lab):
    for cell in notebooks.read(lab).cells:
        if cell.cell_type == "markdown":
            assert "$" not in re.sub(r"`[^`]*`", "", cell.source), cell.source


@each_lab
def test_cells_are_short_and_import_no_stars(lab):
    for cell in notebooks.code_cells(lab):
        longest = 25 if '"""' in cell.source else 12  # with the source of a handler, or without
        assert len(cell.source.splitlines()) <= longest, cell.source
        assert not re.search(r"^from \S+ import \*", cell.source, flags=re.MULTILINE)


def names(source: str) -> tuple[set[str], set[str]]:
    """What a cell defines for those below it, and the names that it looks up outside of its functions."""
    tables = [symtable.symtable(TransformerManager().transform_cell(source), "cell", "exec")]
    defined = {one.get_name() for one in tables[0].get_symbols() if one.is_assigned() or one.is_imported()}
    used = set()
    for table in tables:
        tables += table.get_children()
        used |= {one.get_name() for one in table.get_symbols() if one.is_global() and one.is_referenced()}
    return defined, used
