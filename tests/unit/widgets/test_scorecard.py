"""The scorecard of the twelve factors."""

import json

import pytest

from helpers.errors import ScorecardError
from helpers.exercises.twelve_factors import FACTORS, score
from helpers.widgets import Scorecard

NUMERALS = list(FACTORS)


def test_a_new_card_is_blank():
    card = Scorecard()
    assert card.json() == "{}"
    assert card.result.open == NUMERALS
    assert card.text().splitlines()[0].split() == ["I", "Codebase", "–"]


def test_answers_count_and_stand_in_the_order_of_the_factors():
    card = Scorecard()
    card.answer("VI", "partly")
    assert repr(card.answer("I", "holds")) == "2 of 12 answered: 1 holds, 1 partly, 0 not"
    assert list(json.loads(card.json())) == ["I", "VI"]


def test_a_second_answer_takes_the_place_of_the_first():
    card = Scorecard({"VII": "holds"})
    assert card.result.disputed == ["VII"]
    assert card.answer("VII", "not").disputed == []


@pytest.mark.parametrize(("factor", "verdict", "said"), [("XIII", "holds", "XIII"), ("I", "maybe", "maybe")])
def test_what_does_not_exist_is_an_error_and_changes_nothing(factor, verdict, said):
    card = Scorecard({"I": "holds"})
    with pytest.raises(ScorecardError, match=said):
        card.answer(factor, verdict)
    assert card.answers == {"I": "holds"}


def test_what_was_stored_is_read_again():
    card = Scorecard({"XII": "partly", "I": "holds"})
    assert score(json.loads(card.json())) == card.result


def test_a_click_and_an_answer_in_code_do_the_same():
    card = Scorecard()
    card._view  # noqa: B018  builds the form
    card._toggles["IX"].value = "partly"
    assert card.answers == {"IX": "partly"}
    card.answer("X", "not")
    assert card._toggles["X"].value == "not"
    assert card._count.value.startswith("2 of 12")


def test_the_static_picture_shows_factors_and_answers():
    bundle = Scorecard({"I": "holds"})._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].splitlines()[0].split() == ["I", "Codebase", "holds"]
    assert "<strong>Dev/prod parity</strong>" in bundle["text/html"]
    assert "1 of 12 answered" in bundle["text/html"]
