"""Is Lambda the right fit?"""

import pytest

from helpers.widgets import Questionnaire, fit
from helpers.widgets.fit import QUESTIONS

NOES = dict.fromkeys(QUESTIONS, False)


@pytest.mark.parametrize(
    ("yeses", "verdict"),
    [
        (0, "Lambda fits very well."),
        (1, "Lambda fits, with something to solve first."),
        (2, "Lambda fits, with something to solve first."),
        (3, "Lambda fits in part: consider it for single tasks."),
        (4, "Lambda fits in part: consider it for single tasks."),
        (5, "Lambda does not fit: look at containers or servers."),
    ],
)
def test_more_noes_fit_better(yeses, verdict):
    result = fit(**{name: number < yeses for number, name in enumerate(QUESTIONS)})
    assert result.noes == 5 - yeses
    assert result.verdict == verdict
    assert len(result.advice) == yeses


def test_every_question_can_be_answered():
    assert {name: fit(**{**NOES, name: True}).noes for name in QUESTIONS} == dict.fromkeys(QUESTIONS, 4)


def test_a_question_left_out_is_an_error():
    with pytest.raises(TypeError, match="monolith"):
        fit(central_state=False, frequent_requests=False, known_schedule=False, synchronous=False)


def test_each_yes_gets_its_advice():
    result = fit(**{**NOES, "monolith": True})
    assert repr(result).splitlines() == [
        "4 of 5 noes: Lambda fits, with something to solve first.",
        "- A function does one thing and starts fast: cut out one part, and begin with that.",
    ]
    assert "<li>A function does one thing" in result._repr_html_()


def test_the_form_and_the_function_agree():
    form = Questionnaire()
    form._view  # noqa: B018  builds the form
    assert form._verdict.value == "<p>0 of 5 questions answered</p>"
    for name in QUESTIONS:
        assert form.result is None and form._toggles[name].value is None
        form._toggles[name].value = name == "monolith"
    assert form.result == fit(**{**NOES, "monolith": True})
    assert "4 of 5 noes" in form._verdict.value


def test_an_answer_in_code_shows_in_the_form():
    form = Questionnaire()
    form._view  # noqa: B018  builds the form
    assert form.answer(synchronous=True) is None
    assert form._toggles["synchronous"].value is True
    assert form.answer(**{**NOES, "synchronous": True}).noes == 4


def test_an_answer_to_no_question_is_an_error_and_changes_nothing():
    form = Questionnaire()
    with pytest.raises(TypeError, match="colour"):
        form.answer(colour=True)
    assert form.answers == {}


def test_the_static_picture_shows_questions_and_verdict():
    form = Questionnaire()
    form.answer(central_state=False)
    bundle = form._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    lines = bundle["text/plain"].splitlines()
    assert lines[0] == "no   Does it keep central state in memory?"
    assert (lines[1][:5], lines[-1]) == ("–    ", "1 of 5 questions answered")
    form.answer(**NOES)
    assert "5 of 5 noes" in form._repr_mimebundle_()["text/html"]
