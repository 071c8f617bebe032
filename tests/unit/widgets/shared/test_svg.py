"""Parts of pictures."""

import pytest

from helpers.widgets.shared import svg


def test_text_is_escaped_and_says_only_what_differs_from_the_picture():
    assert svg.text(1, 2.04, "a < b") == (
        '<text x="1" y="2" style="fill: currentColor; font-size: 12px">a &lt; b</text>'
    )
    assert svg.text(0, 0, "a", fill="red", size=10, weight=600, anchor="end", opacity=0.8) == (
        '<text x="0" y="0" text-anchor="end" fill-opacity="0.8" '
        'style="fill: red; font-size: 10px; font-weight: 600">a</text>'
    )


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (0.3, 1), (1, 1), (1.5, 2), (3, 5), (6, 10), (37, 50), (51, 100), (1001, 2000)]
)
def test_a_scale_ends_at_a_round_number(value, top):
    assert svg.top_of_scale(value) == top


@pytest.mark.parametrize(("value", "top"), [(0.05, 0.1), (0.13, 0.15), (9, 10), (123, 150), (601, 800)])
def test_the_round_numbers_can_be_chosen(value, top):
    assert svg.top_of_scale(value, (1, 1.5, 2, 6, 8), 0.1) == pytest.approx(top)
