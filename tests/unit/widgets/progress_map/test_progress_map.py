"""The map of the labs."""

import re

import pytest

from helpers import exercises
from helpers.errors import LabError
from helpers.exercises import course
from helpers.state.home import ROOT
from helpers.state.progress import Progress
from helpers.widgets import ProgressMap
from helpers.widgets.progress_map.drawing import SIGNS, WIDTH, draw, implied_left_out


def shown(widget) -> str:
    """The picture and the line above it, as the page has them."""
    widget._view  # noqa: B018  builds the form
    return "".join(output.outputs[0]["data"]["text/html"] for output in (widget._line, widget._picture))


def test_every_lab_has_a_place_of_its_own_within_the_picture():
    labs = course.read().labs
    assert len({lab.about.place for lab in labs}) == len(labs)
    corners = [int(x) + 136 for x in re.findall(r'foreignObject x="(\d+)"', draw(course.read()))]
    assert max(corners) <= WIDTH


def test_a_lab_stands_to_the_right_of_what_it_builds_on_or_below():
    labs = {lab.number: lab.about for lab in course.read().labs}
    for lab in labs.values():
        for need in (labs[number] for number in lab.builds_on):
            assert need.place[0] < lab.place[0] or need.place[1] < lab.place[1]


def test_arrows_that_follow_from_others_are_left_out():
    assert implied_left_out({"a": [], "b": ["a"], "c": ["a", "b"]}) == {"a": [], "b": ["a"], "c": ["b"]}
    arrows = implied_left_out(course.read().builds_on)
    assert arrows["07"] == ["03", "05", "06"]
    assert draw(course.read()).count("lab-progress-arrow") == sum(map(len, arrows.values()))


def test_a_state_is_told_by_a_sign_and_a_word_and_not_by_colour_alone(tmp_path):
    progress = Progress(tmp_path)
    for exercise in exercises.load("00").exercises.values():
        progress.record("00", exercise.name)
    progress.record("01", exercises.load("01").exercise("1.1").name)
    assert len(set(SIGNS.values())) == len(SIGNS) == 3
    for words in (
        "<strong>00 Start here</strong><span>✓ done · 3 of 3</span>",
        "<strong>01 Hello world</strong><span>◐ begun · 1 of 5</span>",
        "<strong>02 IAM</strong><span>○ not begun · 0 of 4</span>",
    ):
        assert words in draw(course.read(progress))


def test_a_box_leads_to_a_notebook_that_exists_and_says_for_a_screen_reader_what_it_shows(tmp_path):
    picture = shown(ProgressMap(Progress(tmp_path)))
    links = re.findall(r'<a class="[^"]+" href="([^"]+)" aria-label="([^"]+)"', picture)
    assert len(links) == len(exercises.numbers())
    assert all((ROOT / "labs" / target).exists() for target, _ in links)
    assert links[2] == ("02_iam.ipynb", "Lab 02, IAM: not begun, 0 of 4 exercises done")


def test_what_comes_next_leads_to_the_cell_of_the_exercise(tmp_path):
    progress = Progress(tmp_path)
    widget = ProgressMap(progress)
    assert 'href="00_start_here.ipynb#cell-id=start-18"' in shown(widget)
    for exercise in exercises.load("00").exercises.values():
        progress.record("00", exercise.name)
    widget.refresh()
    assert "Next: lab 01, exercise 1.1, Give it more time" in shown(widget)
    assert 'href="01_hello_world.ipynb#cell-id=' in shown(widget)


def test_a_click_on_refresh_and_refresh_in_code_do_the_same(tmp_path):
    progress = Progress(tmp_path)
    widget = ProgressMap(progress)
    assert "begun · 1 of 3" not in shown(widget)
    progress.record("00", "invoke_with_a_name")
    button = widget._view.children[1].children[0]
    button.click()
    assert "begun · 1 of 3" in shown(widget) and f"1 of {widget.course.exercises} exercises done" in shown(widget)
    progress.record("00", "tag_the_owner")
    assert widget.refresh() == course.read(progress) == widget.course
    assert "begun · 2 of 3" in shown(widget)


def test_a_file_that_cannot_be_read_is_a_sentence_in_the_form_and_an_error_in_code(tmp_path):
    widget = ProgressMap(Progress(tmp_path))
    before = shown(widget)
    (tmp_path / "progress.json").symlink_to("progress.json")  # leads nowhere, whoever reads it
    widget._view.children[1].children[0].click()
    assert 'role="alert"' in shown(widget) and "make it readable" in shown(widget)
    assert before.endswith(widget._picture.outputs[0]["data"]["text/html"])
    with pytest.raises(LabError, match="make it readable"):
        widget.refresh()


def test_a_corrupt_file_is_said_where_progress_is_shown(tmp_path):
    (tmp_path / "progress.json").write_text("{")
    widget = ProgressMap(Progress(tmp_path))
    assert "counting starts anew" in shown(widget)
    assert "counting starts anew" in widget.text()


def test_without_widgets_it_is_a_table_with_links(tmp_path):
    bundle = ProgressMap(Progress(tmp_path))._repr_mimebundle_()
    assert bundle["text/plain"].splitlines()[1].split() == ["01", "Hello", "world", "○", "not", "begun", "0", "of", "5"]
    assert bundle["text/plain"].splitlines()[-1].startswith("Next: lab 00, exercise 0.1")
    assert '<a href="06_chaining.ipynb">06 Sync and async chaining</a>' in bundle["text/html"]
    assert "<svg" not in bundle["text/html"]  # where notebooks are not trusted, only its words would be left
