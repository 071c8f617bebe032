"""The course: one list of all labs, and how far each is."""

import json
import re
from dataclasses import replace

import nbformat
import pytest

from helpers import exercises
from helpers.errors import LabError
from helpers.exercises import course, earlier_numbers
from helpers.state.home import ROOT
from helpers.state.progress import Progress

NUMBERS = [lab.number for lab in course.read(Progress(ROOT / "not there")).labs]


def test_the_course_is_thirteen_labs_in_order():
    assert [f"{number:02}" for number in range(13)] == NUMBERS


def test_nothing_is_begun_at_first_and_the_first_exercise_comes_next(tmp_path):
    found = course.read(Progress(tmp_path))
    assert {lab.state for lab in found.labs} == {"not begun"}
    lab, exercise = found.next
    assert (lab.number, exercise.number, found.done) == ("00", "0.1", 0)


def test_a_lab_is_begun_with_its_first_exercise_and_done_with_its_last(tmp_path):
    progress = Progress(tmp_path)
    progress.record("00", "tag_the_owner")
    lab = course.read(progress).labs[0]
    assert (lab.state, lab.count, lab.done) == ("begun", "1 of 3", ("0.2",))
    assert course.read(progress).next[1].number == "0.1"
    progress.record("00", "invoke_with_a_name")
    progress.record("00", "delete_the_function")
    assert course.read(progress).labs[0].state == "done"
    assert course.read(progress).next[1].number == "1.1"


def test_a_copy_of_a_lab_is_not_taken_for_it_and_a_lab_that_is_gone_is_one_sentence(tmp_path, monkeypatch):
    for lab in course.LABS.glob("*.ipynb"):
        (tmp_path / lab.name).touch()
    (tmp_path / "01_hello_world-Copy1.ipynb").touch()
    monkeypatch.setattr(course, "LABS", tmp_path)
    assert course.read(Progress(tmp_path)).labs[1].notebook == "01_hello_world.ipynb"
    (tmp_path / "02_iam.ipynb").unlink()
    with pytest.raises(LabError, match="lab 02 is not in"):
        course.read(Progress(tmp_path))


def test_exercises_of_older_versions_do_not_count(tmp_path):
    progress = Progress(tmp_path)
    progress.record("00", "drain_the_pool")
    progress.record("00", "0.9")
    assert course.read(progress).labs[0].state == "not begun"


def test_an_exercise_that_gets_another_number_stays_done_and_the_one_that_gets_its_number_is_not(tmp_path, monkeypatch):
    progress, lab = Progress(tmp_path), exercises.load("01")
    progress.record("01", lab.exercise("1.1").name)
    one, two, *others = lab.exercises.values()
    moved = (replace(two, number="1.1"), replace(one, number="1.2"), *others)
    monkeypatch.setattr(exercises, "load", lambda number: replace(lab, exercises={each.number: each for each in moved}))
    assert course.read(progress).labs[1].done == ("1.2",)


def test_what_was_saved_under_a_number_counts_where_it_has_always_been_the_same_exercise(tmp_path):
    (tmp_path / "progress.json").write_text(json.dumps({"01": {"1.2": "then"}, "02": {"2.1": "then", "2.4": "then"}}))
    _, hello, iam, *_ = course.read(Progress(tmp_path)).labs
    assert (hello.done, iam.done) == ((), ("2.1",)), "1.2 was another one's number, 2.4 another exercise"


def test_an_earlier_number_counts_no_longer_when_another_exercise_gets_it():
    one = exercises.load("02").exercise("2.1")
    assert earlier_numbers.of(one) == "2.1"
    assert earlier_numbers.of(replace(one, check=lambda lab: None)) is None
    assert earlier_numbers.of(replace(one, number="2.2")) is None


@pytest.mark.parametrize("number", exercises.numbers())
def test_no_two_exercises_of_a_lab_have_the_name_under_which_progress_is_kept(number):
    names = [exercise.name for exercise in exercises.load(number).exercises.values()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if not name.isidentifier()]


def test_after_the_last_exercise_nothing_comes_next(tmp_path):
    progress = Progress(tmp_path)
    for number in exercises.numbers():
        for exercise in exercises.load(number).exercises.values():
            progress.record(number, exercise.name)
    found = course.read(progress)
    assert found.next is None
    assert found.done == found.exercises


def test_the_table_has_every_lab(tmp_path):
    assert [row[0] for row in course.read(Progress(tmp_path)).table().rows] == exercises.numbers()


def test_a_corrupt_file_is_set_aside_and_said(tmp_path):
    (tmp_path / "progress.json").write_text("{")
    assert "counting starts anew" in course.read(Progress(tmp_path)).notice


@pytest.mark.parametrize("number", exercises.numbers())
def test_a_lab_builds_on_those_that_it_says_it_needs(number):
    (file,) = (ROOT / "labs").glob(f"{number}_*.ipynb")
    needs = re.search(r"\*\*You need\*\*(.*)", nbformat.read(file, as_version=4).cells[0].source)[1]
    assert tuple(re.findall(r"\]\((\d\d)_", needs)) == exercises.load(number).builds_on


@pytest.mark.parametrize("page", ["README.md", "labs/00_start_here.ipynb"])
def test_the_pages_that_list_the_labs_link_all_of_them(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    linked = set(re.findall(r"\((?:labs/)?(\d\d)_\w+\.ipynb\)", text)) | {"00"}
    assert sorted(linked) == exercises.numbers()


@pytest.mark.parametrize("number", exercises.numbers())
def test_a_notebook_begins_with_the_title_and_the_minutes_that_its_lab_declares(number):
    (file,) = (ROOT / "labs").glob(f"{number}_*.ipynb")
    header, lab = nbformat.read(file, as_version=4).cells[0].source, exercises.load(number)
    assert header.splitlines()[0] == f"# {number} · {lab.title}"
    assert f"**Time** {lab.minutes} minutes." in header


def test_an_exercise_is_found_in_its_notebook_and_else_the_notebook_is(tmp_path, monkeypatch):
    lab, exercise = course.read(Progress(tmp_path)).next
    assert course.address(lab, exercise) == "00_start_here.ipynb#cell-id=start-18"
    monkeypatch.setattr(course, "LABS", tmp_path)
    assert course.address(lab, exercise) == "00_start_here.ipynb"
    (tmp_path / lab.notebook).write_text('{"cells": []}')
    assert course.address(lab, exercise) == "00_start_here.ipynb"


def test_an_exercise_is_looked_for_beside_the_notebook_that_links_it_as_the_learner_has_it(tmp_path, monkeypatch):
    lab, exercise = course.read(Progress(tmp_path)).next
    monkeypatch.chdir(tmp_path)
    assert course.address(lab, exercise) == "00_start_here.ipynb#cell-id=start-18"
    cell = {"id": "mine", "source": [f"### Exercise {exercise.number}: as it was"]}
    (tmp_path / lab.notebook).write_text(json.dumps({"cells": [cell]}))
    assert course.address(lab, exercise) == "00_start_here.ipynb#cell-id=mine"
