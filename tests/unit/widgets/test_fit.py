"""Is Lambda the right fit?"""

import pytest

from helpers.widgets import Questionnaire, fit
from helpers.widgets.fit import NOT_COUNTED, QUESTIONS

NOES = dict.fromkeys(QUESTIONS, False)
COUNTED = [name for name in QUESTIONS if name not in NOT_COUNTED]


@pytest.mark.parametrize(
    ("yeses", "verdict"),
    [
        (0, "Lambda fits very well."),
        (1, "Lambda fits, with something to solve first."),
        (2, "Lambda fits, with something to solve first."),
        (3, "Lambda fits in part: consider it for single tasks."),
        (5, "Lambda fits in part: consider it for single tasks."),
        (6, "Lambda does not fit: look at containers or servers."),
        (9, "Lambda does not fit: look at containers or servers."),
    ],
)
def test_more_noes_fit_better(yeses, verdict):
    result = fit(**{name: number < yeses for number, name in enumerate(COUNTED)})
    assert result.noes == 9 - yeses
    assert result.verdict == verdict
    assert len(result.advice) == yeses


def test_every_question_can_be_answered_and_what_is_left_out_is_a_no():
    assert {name: fit(**{name: True}).noes for name in COUNTED} == dict.fromkeys(COUNTED, 8)
    assert list(fit().answers) == list(QUESTIONS)
    with pytest.raises(TypeError, match="colour"):
        fit(colour=True)


def test_callers_that_wait_are_no_obstacle_by_themselves():
    result = fit(synchronous=True)
    assert (result.noes, result.verdict) == (9, "Lambda fits very well.")
    assert result.advice == [QUESTIONS["synchronous"][1]]
    assert fit(synchronous=True, tail_latency=True).noes == 8


@pytest.mark.parametrize(
    ("name", "asked", "kinds"),
    [
        ("long_work", "15 minutes", ["state machine", "durable function", "Managed Instances"]),
        ("large_payload", "6 MB", ["S3", "200 MB"]),
        ("open_sockets", "connected", ["API Gateway", "MicroVMs"]),
        ("gpu", "GPU", ["Managed Instances"]),
        ("tail_latency", "slowest", ["provisioned concurrency", "Managed Instances"]),
    ],
)
def test_what_a_function_cannot_do_is_asked_for_and_what_can_is_named(name, asked, kinds):
    question, advice = QUESTIONS[name]
    assert asked in question
    assert [kind for kind in kinds if kind not in advice] == []


def test_each_yes_gets_its_advice():
    result = fit(**{**NOES, "monolith": True})
    assert repr(result).splitlines() == [
        "8 of 9 noes: Lambda fits, with something to solve first.",
        "- A function does one thing and starts fast: cut out one part, and begin with that.",
    ]
    assert "<li>A function does one thing" in result._repr_html_()


def test_the_form_and_the_function_agree():
    form = Questionnaire()
    form._view  # noqa: B018  builds the form
    assert form._verdict.value == "<p>0 of 10 questions answered</p>"
    for name in QUESTIONS:
        assert form.result is None and form._toggles[name].value is None
        form._toggles[name].value = name == "monolith"
    assert form.result == fit(**{**NOES, "monolith": True})
    assert "8 of 9 noes" in form._verdict.value


def test_an_answer_in_code_shows_in_the_form():
    form = Questionnaire()
    form._view  # noqa: B018  builds the form
    assert form.answer(synchronous=True) is None
    assert form._toggles["synchronous"].value is True
    assert form.answer(**{**NOES, "synchronous": True}).noes == 9


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
    assert (lines[1][:5], lines[-1]) == ("–    ", "1 of 10 questions answered")
    form.answer(**NOES)
    assert "9 of 9 noes" in form._repr_mimebundle_()["text/html"]
