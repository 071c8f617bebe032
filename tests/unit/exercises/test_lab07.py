"""Lab 07's checks: the scorecard in the bucket, and a counter's numbers."""

import io
import json
from types import SimpleNamespace

import pytest

from helpers.exercises import lab07
from helpers.widgets.scorecard import FACTORS

RIGHT = {number: factor.borne_out[0] for number, factor in FACTORS.items()}


def stored(text: str):
    """A lab whose bucket holds `text` as the scorecard."""
    s3 = SimpleNamespace(get_object=lambda **_: {"Body": io.BytesIO(text.encode())})
    return SimpleNamespace(account="000000000000", client=lambda service: s3)


def judged(answers: object):
    return lab07.fill_the_scorecard.check(stored(json.dumps(answers)))


def test_twelve_answers_that_the_lab_bears_out_pass():
    assert judged(RIGHT).passed


@pytest.mark.parametrize("number", FACTORS)
def test_an_answer_left_out_is_named(number):
    check = judged({key: verdict for key, verdict in RIGHT.items() if key != number})
    assert (check.passed, check.actual) == (False, f"no answer for {number}")


@pytest.mark.parametrize("number", FACTORS)
def test_an_answer_against_what_was_seen_gets_what_was_seen(number):
    wrong = next(verdict for verdict in ("not", "holds") if verdict not in FACTORS[number].borne_out)
    check = judged({**RIGHT, number: wrong})
    assert not check.passed
    assert check.actual == f"answers that go against what you saw: {number} ({FACTORS[number].shown})"


@pytest.mark.parametrize("text", ["not JSON", "[]", '{"XIII": "holds"}', '{"I": "perhaps"}'])
def test_what_is_no_scorecard_does_not_pass(text):
    assert not lab07.fill_the_scorecard.check(stored(text)).passed


@pytest.mark.parametrize(
    ("numbers", "passed", "found"),
    [
        ([1, 2, 3, 4, 5, 6], True, "the numbers 1, 2, 3, 4, 5, 6"),
        ([1, 1, 1, 2, 2, 2], False, "the same number for several visits"),
        ([7, 8, 9, 10, 11, 12], False, "the numbers 7, 8, 9, 10, 11, 12"),
    ],
)
def test_a_counter_passes_if_three_environments_count_from_1_to_6(monkeypatch, numbers, passed, found):
    answers = iter(numbers)
    monkeypatch.setattr(lab07, "invoke", lambda *_: SimpleNamespace(error=None, payload=next(answers)))
    check = lab07.count_where_everybody_can_see_it.check(None)
    assert (check.passed, check.actual) == (passed, found)
