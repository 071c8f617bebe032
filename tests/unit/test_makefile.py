"""What the Makefile's targets do to files, in a folder of the test's own."""

import shutil
import subprocess

import pytest

from helpers.engine import settings
from helpers.engine.execution import folders
from helpers.state.home import ROOT


@pytest.fixture
def checkout(tmp_path):
    """A folder with our Makefile in which nothing is set up."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("helpers", "tests", "labs", ".lab"):
        (tmp_path / name).mkdir()
    return tmp_path


def clean(checkout):
    subprocess.run(["make", "--silent", "clean"], cwd=checkout, check=True, capture_output=True)
    return sorted(path.name for path in (checkout / ".lab").iterdir())


def test_clean_keeps_the_progress_and_what_is_not_ours(checkout):
    kept = ["my notes", "progress.json", "progress.json.corrupt-20261121T120000000000Z", "thesis.tex"]
    for name in (*kept, "engine.json", "engine.log.1", "setup.log", ".progress.json.4711.tmp"):
        (checkout / ".lab" / name).write_text("")
    assert clean(checkout) == kept


def test_clean_removes_what_an_engine_makes(checkout):
    folders.prepare(settings.Settings.from_environ({"LAB_HOME": str(checkout / ".lab")}))
    assert clean(checkout) == []


def test_clean_keeps_the_learners_copies_of_the_labs_and_says_so(checkout):
    (checkout / "my").mkdir()
    (checkout / "my" / "01_hello_world.ipynb").write_text("mine")
    done = subprocess.run(["make", "--silent", "clean"], cwd=checkout, check=True, capture_output=True, text=True)
    assert (checkout / "my" / "01_hello_world.ipynb").read_text() == "mine"
    assert "Kept: your notebooks in my/" in done.stdout


def test_the_labs_are_opened_where_they_have_been_copied_to_and_git_ignores_that_folder():
    shown = subprocess.run(["make", "--dry-run", "lab"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    copied, opened = shown.index("helpers.jupyter.working_copies"), shown.index("/lab/tree/my/00_start_here.ipynb")
    assert copied < opened
    assert "/my/" in (ROOT / ".gitignore").read_text().splitlines()


def test_make_update_brings_new_versions_to_the_copies():
    shown = subprocess.run(["make", "--dry-run", "update"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert "helpers.jupyter.working_copies update" in shown


def test_clean_works_where_there_is_no_state(checkout):
    (checkout / ".lab").rmdir()
    subprocess.run(["make", "--silent", "clean"], cwd=checkout, check=True, capture_output=True)
    assert (checkout / "Makefile").exists()


def test_clean_names_everything_that_is_in_the_labs_folder_after_a_run(engine, checkout):
    """The stand-in for the engine writes nothing; this is what the learner's side does."""
    from helpers.backend.credentials import ensure_secret
    from helpers.state.progress import Progress
    from helpers.state.test_events import TestEvents

    one = engine()
    one.up()
    ensure_secret(one.home)
    Progress(one.home).record("01", "say_goodbye")
    TestEvents("000000000000", "HelloWorld", one.home).save("a", 1)
    one.down()
    (one.home / "engine.json").touch()
    shutil.copytree(one.home, checkout / ".lab", dirs_exist_ok=True)
    assert clean(checkout) == ["progress.json"]
