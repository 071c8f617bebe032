"""What every lab's exercises have in common."""

import ast
import re

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from helpers import exercises
from helpers.errors import ExerciseError
from helpers.exercises import solutions
from helpers.exercises.checks import run

LABS = [exercises.load(number) for number in exercises.numbers()]
ALL = [pytest.param(lab, one, id=one.number) for lab in LABS for one in lab.exercises.values()]


def test_labs_are_numbered_in_order():
    assert exercises.numbers()[:2] == ["00", "01"]
    assert exercises.numbers() == sorted(exercises.numbers())


def test_a_lab_that_does_not_exist_names_those_that_do():
    with pytest.raises(ExerciseError, match="There is no lab '1': choose one of 00, 01"):
        exercises.load("1")


def test_an_exercise_may_be_asked_for_by_a_number_instead_of_a_text():
    assert exercises.load("05").exercise(5.1) is exercises.load("05").exercise("5.1")
    with pytest.raises(ExerciseError, match=r"Lab 05 has no exercise '5\.9': it has 5\.1, 5\.2"):
        exercises.load("05").exercise(5.9)


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.number)
def test_every_lab_has_a_title_and_at_least_three_exercises(lab):
    assert lab.title
    assert len(lab.exercises) >= 3


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.number)
def test_exercises_are_numbered_after_their_lab_without_gaps(lab):
    assert list(lab.exercises) == [f"{int(lab.number)}.{n}" for n in range(1, len(lab.exercises) + 1)]


@pytest.mark.parametrize(("lab", "one"), ALL)
def test_every_hint_ladder_nudges_names_the_api_and_ends_at_a_solution_that_is_there(lab, one):
    nudge, api = one.hints
    assert not re.search(r"\b(solution|block)\b", nudge)
    assert re.search(r"\b[A-Z][a-z]+[A-Z]\w+|\bInvoke\b|\b[a-z]+_[a-z_]+|raise", api), "the name of an API or keyword"
    assert one.hint(9).text.startswith(f'lab.solution("{one.number}")')
    assert solutions.find(lab.number, one.number).title == one.title


@pytest.mark.parametrize(("lab", "one"), ALL)
def test_a_half_filled_cell_has_blanks_and_is_python_as_soon_as_they_are_filled(lab, one):
    if one.half:
        assert "___" in one.half
        ast.parse(TransformerManager().transform_cell(one.half))  # ___ is a name, too


@pytest.mark.parametrize(("lab", "one"), ALL)
def test_no_exercise_is_done_when_the_backend_holds_nothing(lab, one, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    result = run(one, Nothing())
    assert not result.check.passed
    assert "\n" not in str(result)


class NotThereError(Exception):
    """What a client raises for what is not there."""

    response = {"Error": {"Code": "ResourceNotFoundException", "Message": "Function not found"}}  # noqa: RUF012


class Nothing:
    """A lab on a backend that holds nothing: every call says that it is not there."""

    class exceptions:  # noqa: N801
        """As botocore's clients have them."""

        ResourceNotFoundException = NotThereError

    def client(self, service):
        return self

    def __getattr__(self, operation):
        def call(**parameters):
            raise NotThereError

        return call
