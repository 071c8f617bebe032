"""Explained solutions: found one by one, and fit to be read."""

import ast
import re

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from helpers import exercises
from helpers.errors import ExerciseError
from helpers.exercises import solutions

TEXT = '''"""Lab 42, explained solutions."""

# %% 42.1 Ask
# Why it is so,
# in `two` lines.
#
# And one more.
answer = 42
# A comment in the code stays there.
print(answer)

# %% On your own 2: Ask again
again()
'''
ALL = [pytest.param(one, id=one.number) for lab in exercises.numbers() for one in solutions.read(lab).values()]


@pytest.fixture
def folder(tmp_path):
    """A folder of solutions with those of a lab 42."""
    (tmp_path / "42_answers.py").write_text(TEXT)
    return tmp_path


def test_a_block_is_its_title_what_its_first_comments_say_and_the_code(folder):
    one = solutions.find("42", "42.1", folder)
    assert (one.title, one.why) == ("Ask", "Why it is so, in `two` lines.\n\nAnd one more.")
    assert one.code == "answer = 42\n# A comment in the code stays there.\nprint(answer)"


@pytest.mark.parametrize("number", ["42.1", 42.1, " 42.1"])
def test_a_solution_may_be_asked_for_by_a_number_instead_of_a_text(folder, number):
    assert solutions.find("42", number, folder).number == "42.1"


@pytest.mark.parametrize("number", ["On your own 2", "on your own  2"])
def test_a_task_of_ones_own_has_a_solution_if_there_is_a_block(folder, number):
    assert (one := solutions.find("42", number, folder)).title == "Ask again"
    assert repr(one.block()) == "Solution On your own 2: Ask again\n\nagain()"


def test_what_does_not_exist_names_what_does(folder):
    with pytest.raises(ExerciseError, match=r"Lab 42 has no solution '9': it has 42\.1, On your own 2\."):
        solutions.find("42", "9", folder)
    with pytest.raises(ExerciseError, match=r"Lab 43 has no solution 43\.1: it has none\."):
        solutions.find("43", 43.1, folder)


@pytest.mark.parametrize("lab", exercises.numbers())
def test_every_block_of_a_labs_file_is_found_and_none_counts_twice(lab):
    (file,) = solutions.FOLDER.glob(f"{lab}_*.py")
    assert len(solutions.read(lab)) == len(re.findall(r"^# *%%", file.read_text(encoding="utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize("one", ALL)
def test_every_solution_explains_and_is_python(one):
    assert one.why
    ast.parse(TransformerManager().transform_cell(one.code))
    assert "$" not in re.sub("`[^`]*`", "", one.why), "JupyterLab takes it for mathematics"
