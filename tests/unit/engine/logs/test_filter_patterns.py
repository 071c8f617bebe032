"""Filter patterns made of terms."""

import pytest

from helpers.engine.logs.filter_patterns import matcher


@pytest.mark.parametrize(
    ("pattern", "message", "passes"),
    [
        ("", "anything", True),
        ("ERROR", "[ERROR] out of paper", True),
        ("ERROR", "[error] out of paper", False),
        ("ERR", "[ERROR] out of paper", False),
        ("ERROR paper", "[ERROR] out of paper", True),
        ("ERROR ink", "[ERROR] out of paper", False),
        ('"out of paper"', "[ERROR] out of paper", True),
        ('"paper of out"', "[ERROR] out of paper", False),
        ("?ERROR ?WARN", "[WARN] low on paper", True),
        ("?ERROR ?WARN", "[INFO] paper is there", False),
        ("ERROR -paper", "[ERROR] out of paper", False),
        ("ERROR -paper", "[ERROR] out of ink", True),
        ('{ $.level = "ERROR" }', "not JSON at all", True),
    ],
)
def test_a_term_is_found_as_a_whole_and_signs_mean_any_and_none(pattern, message, passes):
    assert matcher(pattern)(pattern, {"message": message}) is passes
