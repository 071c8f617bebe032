"""The engine's folders in a labs' folder that somebody else uses, too."""

import pytest

from helpers.engine.execution import folders
from helpers.engine.settings import Settings
from helpers.state.home import ROOT


@pytest.fixture
def chosen(tmp_path):
    return Settings.from_environ({"LAB_HOME": str(tmp_path)})


def test_what_an_engine_has_left_in_its_own_tmp_is_gone_at_the_next_start(chosen):
    folders.prepare(chosen)
    (chosen.tmp / "opt" / "layer.building").mkdir(parents=True)
    (chosen.tmp / "passwd-1").write_text("")
    (chosen.state / "kept").write_text("")
    folders.prepare(chosen)
    assert [path.name for path in chosen.tmp.iterdir()] == [folders.MARK]
    assert (chosen.state / "kept").exists()


@pytest.mark.parametrize("name", ["tmp", "root", "state"])
def test_a_folder_that_is_not_ours_is_refused_in_one_sentence_and_keeps_everything(chosen, name):
    theirs = chosen.home / name
    theirs.mkdir()
    (theirs / "thesis.tex").write_text("years")
    with pytest.raises(ValueError, match=rf"/{name} is needed, and holds what the labs have not put there: move it"):
        folders.prepare(chosen)
    assert [path.name for path in theirs.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("name", ["tmp", "root", "state"])
def test_an_empty_folder_is_taken(chosen, name):
    (chosen.home / name).mkdir()
    folders.prepare(chosen)
    assert (chosen.home / name / folders.MARK).exists()


@pytest.mark.parametrize("name", ["tmp", "root", "state"])
def test_a_file_in_the_place_of_a_folder_is_one_sentence_and_stays(chosen, name):
    (chosen.home / name).write_text("mine")
    with pytest.raises(ValueError, match=rf"/{name} is needed as a folder, and something else is in its place"):
        folders.prepare(chosen)
    assert (chosen.home / name).read_text() == "mine"


def test_what_a_link_in_tmp_leads_to_is_not_emptied(chosen, tmp_path):
    folders.prepare(chosen)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine").write_text("")
    (chosen.tmp / "link").symlink_to(tmp_path / "elsewhere")
    folders.prepare(chosen)
    assert (tmp_path / "elsewhere" / "mine").exists() and not (chosen.tmp / "link").is_symlink()


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="is needed as a folder"):
        folders.prepare(Settings.from_environ({"LAB_HOME": str(tmp_path / "file" / "lab")}))


def test_the_repository_s_own_folder_is_ours_without_a_mark(tmp_path, monkeypatch):
    """An engine of an earlier release has left its files there."""
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    chosen = Settings.from_environ({"LAB_HOME": str(tmp_path / ".lab")})
    (chosen.tmp / "opt").mkdir(parents=True)
    folders.prepare(chosen)
    assert [path.name for path in chosen.tmp.iterdir()] == [folders.MARK]
    assert tmp_path != ROOT, "the labs' own folder is untouched"
