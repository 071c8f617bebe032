"""The labs' folder: locks and files."""

import multiprocessing
from pathlib import Path

import pytest

from helpers.errors import LabError
from helpers.state import home


def test_lab_home_names_the_folder():
    assert home.lab_home({"LAB_HOME": "/some/where"}) == Path("/some/where")


def test_without_lab_home_the_folder_is_in_the_repository():
    assert home.lab_home({}) == home.ROOT / ".lab"
    assert (home.ROOT / "helpers").is_dir()


def test_a_relative_lab_home_becomes_absolute():
    assert home.lab_home({"LAB_HOME": "x"}).is_absolute()


def test_a_file_is_replaced_in_one_step_and_leaves_nothing_beside_it(tmp_path):
    file = tmp_path / "deep" / "file.json"
    home.write_atomically(file, "old")
    home.write_atomically(file, "new é")
    assert file.read_text(encoding="utf-8") == "new é"
    assert list(file.parent.iterdir()) == [file]


def test_who_reads_while_a_file_is_replaced_reads_all_of_the_old_one(tmp_path):
    file = tmp_path / "file.json"
    home.write_atomically(file, "old")
    with open(file) as reader:
        home.write_atomically(file, "new")
        assert reader.read() == "old"


def test_a_write_that_fails_keeps_the_old_file_and_is_one_sentence(tmp_path, monkeypatch):
    file = tmp_path / "file.json"
    home.write_atomically(file, "old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LabError, match=r"cannot be written \(No space left on device\)"):
        home.write_atomically(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_killed_writer_left_is_swept_and_nothing_else(tmp_path):
    for name in (".file.json.4711.tmp", ".other.json.4711.tmp", "file.json.tmp"):
        (tmp_path / name).write_text("half")
    home.write_atomically(tmp_path / "file.json", "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other.json.4711.tmp", "file.json", "file.json.tmp"]


def test_a_folder_in_the_place_of_a_file_is_one_sentence_that_names_it(tmp_path):
    (tmp_path / "file.json").mkdir()
    with pytest.raises(LabError, match=r"file.json is a folder, and a file of the labs belongs there: move it"):
        home.write_atomically(tmp_path / "file.json", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]


def test_json_is_read_with_and_without_a_byte_order_mark(tmp_path):
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "file.json").write_text('{"é": 1}', encoding=encoding)
        assert home.read_json(tmp_path / "file.json") == {"é": 1}


def test_json_that_is_nested_too_deep_is_a_value_error(tmp_path):
    (tmp_path / "file.json").write_text("[" * 100_000)
    with pytest.raises(ValueError):
        home.read_json(tmp_path / "file.json")


def test_only_one_process_holds_a_lock(tmp_path):
    counter = tmp_path / "counter"
    counter.write_text("0")
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pool.map(_count, [tmp_path] * 40)
    assert counter.read_text() == "40"


def _count(folder):
    with home.locked(folder / "lock"):
        counter = folder / "counter"
        counter.write_text(str(int(counter.read_text()) + 1))


def test_a_lock_that_is_held_too_long_is_one_sentence(tmp_path):
    again = home.locked(tmp_path / "lock", seconds=0.05)
    with home.locked(tmp_path / "lock"), pytest.raises(LabError, match="Another process has held"), again:
        pass
