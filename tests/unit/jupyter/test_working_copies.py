"""The learner's copies in my/: made once, never overwritten, brought up to date where nothing was changed."""

import json
import os
import re
import shutil
import stat

import nbformat
import pytest

from helpers.errors import LabError
from helpers.jupyter import working_copies
from helpers.jupyter.working_copies import Brought, bring, sentences
from helpers.state.home import ROOT

LAB, FUNCTION = "01_hello_world.ipynb", "functions/first.py"
LINKS = re.compile(r"(?<=\]\()(?!https?:|#)[^)#]+|(?<=Path\(\")functions/[^\"]+\w(?=\"\))")


def notebook(source: str, outputs: tuple = (), tags: tuple = ()) -> str:
    cell = nbformat.v4.new_code_cell(source, id="a", outputs=list(outputs), metadata={"tags": list(tags)})
    made = nbformat.v4.new_notebook(cells=[cell], metadata={"language_info": {"name": "python"}})
    return nbformat.writes(made) + "\n"


class Folders:
    """labs/ and my/ of a test's own."""

    def __init__(self, folder):
        self.labs, self.my, self.home = folder / "labs", folder / "my", folder / ".lab"
        self.ship(LAB, notebook("version = 1"))
        self.ship(FUNCTION, "version = 1\n")

    def ship(self, name: str, text: str) -> None:
        """Put a version into labs/, as `git pull` does."""
        (self.labs / name).parent.mkdir(parents=True, exist_ok=True)
        (self.labs / name).write_text(text)

    def bring(self, update: bool = False) -> Brought:
        return bring(update, self.labs, self.my, self.home)

    def source(self, name: str = LAB) -> str:
        return nbformat.read(self.my / name, as_version=4).cells[0].source

    def edit(self, source: str, name: str = LAB) -> None:
        """Change the cell of a copy, as JupyterLab saves it."""
        changed = nbformat.read(self.my / name, as_version=4)
        changed.cells[0].source = source
        changed.metadata.language_info.version = "3.99"
        nbformat.write(changed, self.my / name)

    def names(self) -> list[str]:
        return sorted(path.relative_to(self.my).as_posix() for path in self.my.rglob("[!.]*") if path.is_file())


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path)


def test_copies_are_made_once_and_keep_what_the_learner_does(folders):
    assert folders.bring().made == [LAB, FUNCTION]
    folders.edit("mine")
    assert folders.bring() == Brought()
    assert folders.source() == "mine"


def test_what_is_copied_of_the_labs_as_they_are_is_what_their_links_lead_to_and_what_they_read(tmp_path):
    my = tmp_path / "my"
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    bring(my=my, home=tmp_path / ".lab")
    made = sorted(path.relative_to(my).as_posix() for path in my.rglob("[!.]*") if path.is_file())
    assert {"00_start_here.ipynb", "functions/first_function.mjs", "solutions/01_hello_world.py"} <= set(made)
    assert not [name for name in made if "ruff" in name or "out.txt" in name or "__pycache__" in name]
    for file in my.glob("*.ipynb"):
        text = "\n".join(cell.source for cell in nbformat.read(file, as_version=4).cells)
        for target in LINKS.findall(text):
            assert (my / target).exists(), f"{target} in {file.name}"


def test_a_copy_has_no_outputs_and_is_written_as_jupyter_writes_it(folders):
    output = nbformat.v4.new_output("stream", text="shipped")
    folders.ship(LAB, notebook("1", outputs=(output,)))
    folders.bring()
    copy = nbformat.read(folders.my / LAB, as_version=4)
    assert (copy.cells[0].outputs, copy.cells[0].execution_count) == ([], None)
    assert (folders.my / LAB).read_text() == nbformat.writes(copy) + "\n"


def test_a_copy_names_this_machines_python_as_its_kernel_does(folders):
    from ipykernel.ipkernel import IPythonKernel

    shutil.copy(ROOT / "labs" / "00_start_here.ipynb", folders.labs / LAB)
    folders.bring()
    assert nbformat.read(folders.my / LAB, as_version=4).metadata.language_info == IPythonKernel.language_info


def test_cells_of_exercises_may_fail_in_a_copy_and_no_others(folders):
    folders.ship(LAB, notebook("1", tags=("exercise-1.1",)))
    folders.ship("02_iam.ipynb", notebook("1"))
    folders.bring()
    tags = [nbformat.read(folders.my / name, as_version=4).cells[0].metadata.tags for name in (LAB, "02_iam.ipynb")]
    assert tags == [["exercise-1.1", "raises-exception"], []]


def test_a_deleted_copy_comes_back_and_a_renamed_one_stays_beside_it(folders):
    folders.bring()
    folders.edit("mine")
    (folders.my / LAB).rename(folders.my / "01_mine.ipynb")
    (folders.my / FUNCTION).unlink()
    assert folders.bring().made == [LAB, FUNCTION]
    assert (folders.source(), folders.source("01_mine.ipynb")) == ("version = 1", "mine")


def test_a_new_version_is_only_announced_until_it_is_asked_for(folders):
    folders.bring()
    folders.ship(LAB, notebook("version = 2"))
    found = folders.bring()
    assert found == Brought(waiting=[LAB])
    assert folders.source() == "version = 1"
    assert list(sentences(found)) == [f"There are new versions: make update brings {LAB}."]


def test_an_update_replaces_what_is_as_it_came_and_brings_what_is_new(folders):
    folders.bring()
    folders.ship(LAB, notebook("version = 2"))
    folders.ship(FUNCTION, "version = 2\n")
    folders.ship("08_new.ipynb", notebook("new"))
    assert folders.bring(update=True) == Brought(made=["08_new.ipynb"], updated=[LAB, FUNCTION])
    assert (folders.source(), (folders.my / FUNCTION).read_text()) == ("version = 2", "version = 2\n")
    assert folders.bring(update=True) == Brought()


def test_an_update_puts_the_new_version_beside_what_was_changed(folders):
    folders.bring()
    folders.edit("mine")
    (folders.my / FUNCTION).write_text("mine\n")
    folders.ship(LAB, notebook("version = 2"))
    folders.ship(FUNCTION, "version = 2\n")
    found = folders.bring(update=True)
    assert found.beside == ["01_hello_world.new.ipynb", "functions/first.new.py"]
    assert (folders.source(), folders.source("01_hello_world.new.ipynb")) == ("mine", "version = 2")
    (said,) = sentences(found)
    assert said.endswith("the new version is beside it: 01_hello_world.new.ipynb, functions/first.new.py.")


def test_a_new_version_of_the_labs_as_they_are_comes_beside_the_one_that_was_edited_and_replaces_the_others(tmp_path):
    labs, my = tmp_path / "labs", tmp_path / "my"
    shutil.copytree(ROOT / "labs", labs)
    edited, *others = sorted((path.name for path in labs.glob("*.ipynb")), key=lambda name: (name[:2] != "04", name))
    bring(labs=labs, my=my, home=tmp_path)
    mine = nbformat.read(my / edited, as_version=4)
    mine.cells[1].source = "mine"
    nbformat.write(mine, my / edited)
    for path in labs.glob("*.ipynb"):
        newer = nbformat.read(path, as_version=4)
        newer.cells[0].source += "\n\nIn its second version."
        nbformat.write(newer, path)

    found = bring(update=True, labs=labs, my=my, home=tmp_path)
    beside = edited.replace(".ipynb", ".new.ipynb")
    assert (found.beside, found.updated) == ([beside], others)
    assert nbformat.read(my / edited, as_version=4).cells == mine.cells
    for name in (beside, *others):
        cells = nbformat.read(my / name, as_version=4).cells
        assert cells[0].source.endswith("In its second version.")
        assert len(cells) == len(nbformat.read(labs / name.replace(".new", ""), as_version=4).cells)


def test_a_lab_that_was_run_counts_as_changed_for_its_outputs_are_the_learners(folders):
    folders.bring()
    ran = nbformat.read(folders.my / LAB, as_version=4)
    ran.cells[0].execution_count = 1
    nbformat.write(ran, folders.my / LAB)
    folders.ship(LAB, notebook("version = 2"))
    assert folders.bring(update=True).beside == ["01_hello_world.new.ipynb"]


def test_a_lab_that_was_only_saved_by_another_editor_or_another_python_is_as_it_came(folders):
    folders.ship(LAB, notebook("version = 1\nmore"))
    folders.bring()
    saved = json.loads((folders.my / LAB).read_text())
    saved["metadata"]["language_info"]["version"] = "3.99"
    saved["cells"][0]["source"] = "".join(saved["cells"][0]["source"])
    (folders.my / LAB).write_text(json.dumps(saved, indent=4))
    folders.ship(LAB, notebook("version = 2"))
    assert folders.bring(update=True).updated == [LAB]


def test_a_new_version_beside_is_brought_once_replaced_by_the_next_and_kept_if_it_was_changed(folders):
    folders.bring()
    folders.edit("mine")
    folders.ship(LAB, notebook("version = 2"))
    folders.bring(update=True)
    assert folders.bring(update=True) == Brought()

    folders.ship(LAB, notebook("version = 3"))
    assert folders.bring(update=True).beside == ["01_hello_world.new.ipynb"]
    assert folders.source("01_hello_world.new.ipynb") == "version = 3"

    folders.edit("mine too", "01_hello_world.new.ipynb")
    folders.ship(LAB, notebook("version = 4"))
    assert folders.bring(update=True).beside == ["01_hello_world.new-2.ipynb"]
    sources = [folders.source(name) for name in folders.names() if name.endswith("ipynb")]
    assert sources == ["mine", "version = 4", "mine too"]


def test_who_takes_the_new_version_and_deletes_the_old_one_is_up_to_date(folders):
    folders.bring()
    folders.edit("mine")
    folders.ship(LAB, notebook("version = 2"))
    folders.bring(update=True)
    (folders.my / "01_hello_world.new.ipynb").replace(folders.my / LAB)
    assert folders.bring(update=True) == Brought()
    folders.ship(LAB, notebook("version = 3"))
    assert folders.bring(update=True).updated == [LAB]


def test_who_goes_back_to_an_older_version_of_the_labs_gets_it(folders):
    folders.bring()
    for version in (2, 1):
        folders.ship(LAB, notebook(f"version = {version}"))
        assert folders.bring(update=True).updated == [LAB]
        assert folders.source() == f"version = {version}"


@pytest.mark.parametrize("text", [None, "", "[]", '{"01_hello_world.ipynb": 1}'])
def test_without_the_list_of_versions_nothing_is_overwritten(text, folders):
    folders.bring()
    (folders.my / working_copies.VERSIONS).unlink()
    if text is not None:
        (folders.my / working_copies.VERSIONS).write_text(text)
    folders.ship(LAB, notebook("version = 2"))
    assert folders.bring(update=True).beside == ["01_hello_world.new.ipynb"]
    assert folders.source() == "version = 1"


@pytest.mark.parametrize("interrupted_at", range(6))
def test_an_interrupted_update_leaves_whole_files_and_the_next_one_completes_it(interrupted_at, folders, monkeypatch):
    folders.bring()
    folders.ship(LAB, notebook("version = 2"))
    folders.ship(FUNCTION, "version = 2\n")
    steps = iter(range(6))

    def step(real):
        def maybe(*arguments):
            if next(steps, None) == interrupted_at:
                raise KeyboardInterrupt
            return real(*arguments)

        return maybe

    monkeypatch.setattr(os, "fsync", step(os.fsync))
    monkeypatch.setattr(working_copies.Path, "replace", step(working_copies.Path.replace))
    with pytest.raises(KeyboardInterrupt):
        folders.bring(update=True)
    assert folders.source() in ("version = 1", "version = 2")
    assert folders.names() == [LAB, FUNCTION]
    monkeypatch.undo()
    folders.bring(update=True)
    assert (folders.source(), (folders.my / FUNCTION).read_text()) == ("version = 2", "version = 2\n")
    assert [path.name for path in folders.my.glob(".*")] == [working_copies.VERSIONS]
    assert folders.bring(update=True) == Brought()


def test_copies_of_labs_that_nobody_may_write_can_be_written(folders):
    for path in (folders.labs / LAB, folders.labs / FUNCTION, folders.labs):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o555)
    folders.bring()
    assert all((folders.my / name).stat().st_mode & stat.S_IWUSR for name in folders.names())
    folders.labs.chmod(0o755)


def test_a_lab_in_the_middle_of_a_merge_is_named_and_the_others_are_brought(folders):
    folders.ship(LAB, "<<<<<<< HEAD\n" + notebook("version = 2"))
    found = folders.bring()
    assert found == Brought(made=[FUNCTION], broken=[LAB])
    assert any("git checkout labs" in said for said in sentences(found))


def test_what_is_no_longer_among_the_labs_stays(folders):
    folders.bring()
    (folders.labs / LAB).unlink()
    assert folders.bring(update=True) == Brought()
    assert folders.source() == "version = 1"


def test_a_folder_in_place_of_a_copy_is_the_learners(folders):
    (folders.my / LAB).mkdir(parents=True)
    assert folders.bring(update=True) == Brought(made=[FUNCTION], beside=["01_hello_world.new.ipynb"])


def test_a_file_in_place_of_my_and_labs_that_are_not_there_are_one_sentence_each(folders):
    folders.my.write_text("mine")
    with pytest.raises(LabError, match="has to be a folder that you may write"):
        folders.bring()
    assert folders.my.read_text() == "mine"
    shutil.rmtree(folders.labs)
    with pytest.raises(LabError, match="git checkout labs"):
        folders.bring()


@pytest.mark.parametrize(("arguments", "said"), [([], ""), (["update"], "my/ is up to date.\n")])
def test_an_update_says_that_there_is_nothing_new_and_opening_the_labs_says_nothing(
    arguments, said, monkeypatch, capsys
):
    monkeypatch.setattr(working_copies, "bring", lambda update: Brought())
    assert working_copies.main(arguments) == 0
    assert capsys.readouterr().out == said


def test_what_was_brought_is_said_in_one_sentence_with_three_names_at_most():
    (said,) = sentences(Brought(made=list("abcde")))
    assert said == "Brought to my/, where you work: a, b, c and 2 more."
