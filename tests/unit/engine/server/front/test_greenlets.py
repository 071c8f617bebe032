"""The order in which the loop serves requests, and what it watches for them."""

from pathlib import Path

import pytest
from engine_guard import found_by


@pytest.fixture(scope="module")
def found():
    return found_by(Path(__file__).with_name("greenlets_guard.py"))


def test_what_has_begun_goes_on_before_what_is_new_begins(found):
    order = found[0]
    assert order[0] == "all are known"  # requests that come together are read before the first begins
    assert order.index("0 ends") < order.index("2 begins")


def test_the_loop_watches_what_a_greenlet_waited_for_until_it_ends_but_never_in_vain(found):
    assert found[1] == {
        "while it works": True,
        "after what took long, being ready": False,
        "when it waits again": True,
        "when it is closed": False,
        "another of its number": True,
        "at the end": False,
    }
