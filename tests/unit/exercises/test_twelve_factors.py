"""The twelve factors, and what the lab's runs bear out."""

import pytest

from helpers.errors import ScorecardError
from helpers.exercises.twelve_factors import FACTORS, VERDICTS, score

NUMERALS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def test_there_are_twelve_factors_in_the_order_of_12factor_net_and_each_can_be_answered_rightly():
    assert list(FACTORS) == NUMERALS
    for factor in FACTORS.values():
        assert factor.borne_out and set(factor.borne_out) < set(VERDICTS)


def test_nonsense_is_refused():
    with pytest.raises(ScorecardError, match="not a mapping"):
        score(["holds"])
