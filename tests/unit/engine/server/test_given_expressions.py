"""Expressions that somebody gives: what takes for ever is given up, and holds up nobody meanwhile."""

import re
import threading

import pytest

from helpers.engine.server.given_expressions import Given


def test_an_expression_finds_with_its_groups_and_one_that_is_none_is_refused():
    given = Given("user=(?P<who>[a-z]+)")
    assert given.search("user=ann").groupdict() == {"who": "ann"}
    assert (given.groupindex, given.search("nobody")) == ({"who": 1}, None)
    with pytest.raises(re.error):
        Given("(")


@pytest.mark.parametrize("source", ["^(a|a)*b", "(x+x+)+y", "a*a*a*a*a*a*a*a*b"])
def test_a_search_without_an_end_is_given_up_and_others_go_on(source):
    found = []
    thread = threading.Thread(target=lambda: found.append(Given(source).search(f"{'a' * 5000}{'x' * 5000}!")))
    thread.start()
    thread.join(30)
    assert found == [None]
