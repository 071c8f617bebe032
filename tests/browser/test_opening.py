"""A learner opens the labs: nothing is changed by that, and attempts at exercises stop nothing."""

import re

import jupyterlab
import notebooks
import pytest

pytestmark = [pytest.mark.labs, pytest.mark.slow, pytest.mark.once, pytest.mark.timeout(1200)]


# The copies have the same metadata, and no outputs: some of them are enough.
@pytest.mark.parametrize(("folder", "names"), [("labs", notebooks.NAMES), ("my", notebooks.NAMES[:3])])
def test_a_notebook_that_is_opened_and_saved_is_the_file_that_it_was(folder, names, page, server):
    lab = jupyterlab.OpenLab(page, server, names[0], folder)
    for name in names:
        lab.open(f"{folder}/{name}.ipynb")
        if folder == "my":  # nothing to save, so that closing it asks nothing
            assert page.evaluate("lab.dirty()") is False, name
        file = server.files / lab.path
        before = file.read_bytes(), file.stat().st_mtime_ns
        page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        assert file.stat().st_mtime_ns > before[1], f"{name} was not saved"
        assert file.read_bytes() == before[0], name
        page.evaluate("lab.shutdown()")


def test_attempts_that_raise_do_not_stop_run_all_and_the_map_leads_to_the_learners_own_copies(page, server):
    lab = jupyterlab.OpenLab(page, server, "00_start_here", "my")
    for exercise in notebooks.exercises(notebooks.LABS[0]):
        lab.attempt(exercise, f"raise ValueError('{exercise} is not what I wanted')")
    lab.run_all()
    cells = lab.cells()
    errors = [error for cell in cells for error in cell["errors"]]
    assert errors == [f"ValueError: {number} is not what I wanted" for number in ("0.1", "0.2", "0.3")]
    assert all(cell["ran"] for cell in cells)

    lab.show(next(cell["index"] for cell in cells if cell["id"] == "start-25"))
    progress_map = page.locator(".lab-progress")
    progress_map.get_by_role("link", name=re.compile("^Lab 02, IAM")).click()
    lab.followed("my/02_iam.ipynb")
    following = progress_map.get_by_role("link", name=re.compile("^Next: lab 00, exercise 0.1"))
    lab.follow(following, "my/00_start_here.ipynb", "### Exercise 0.1")


def test_the_glossary_opens_as_it_reads_and_leads_to_the_labs_beside_it(page, server):
    jupyterlab.OpenLab(page, server, "00_start_here", "my")
    page.evaluate("path => { jupyterapp.commands.execute('docmanager:open', { path }); }", "my/GLOSSARY.md")
    row = page.locator(".jp-MarkdownViewer tr").filter(has_text="dead-letter queue")
    glossary = page.locator(".lm-TabBar-tab").filter(has_text="GLOSSARY.md")
    glossary.wait_for()
    page.wait_for_function(
        "lab.staysInFront('GLOSSARY.md')", polling=500
    )  # the notebook comes once more, when all of it is there
    row.get_by_role("link", name="06").click()
    page.wait_for_function("path => lab.opened(path)", arg="my/06_chaining.ipynb")
    glossary.click()
    page.get_by_role("link", name="cheat sheet").click()
    page.locator(".jp-MarkdownViewer").get_by_role("heading", name="Cheat sheet").wait_for()


def test_after_a_restart_in_the_middle_the_first_cell_offers_to_run_what_is_above_and_does(page, server):
    lab = jupyterlab.OpenLab(page, server, "01_hello_world", "my")
    for cell in lab.cells()[:8]:
        lab.run_cell(cell["id"])
    last = lab.cells()[7]
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.evaluate("lab.restart()")

    first, *_ = lab.cells()
    lab.run_cell(first["id"])
    page.evaluate("lab.forgetAllBut(0)")
    lab.show(first["index"])
    lab.cell(first["index"]).get_by_role("button", name="Run what is above").click()
    page.wait_for_function("number => lab.cells()[number].ran && !lab.busy()", arg=6)
    cells = lab.cells()
    assert [cell["ran"] for cell in cells[:9]] == [True] * 7 + [False] * 2
    assert [cell["errors"] for cell in cells if cell["errors"]] == []
    assert page.evaluate("lab.active()") == last["id"]
    assert lab.cell(first["index"]).get_by_role("button", name="Run what is above").count() == 0
    assert lab.said == []
