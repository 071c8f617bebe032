"""Dictionaries that can be gone through while they grow."""

import pytest

from helpers.engine.log_listing import Listable


@pytest.mark.parametrize("view", [Listable.items, Listable.keys, Listable.values])
def test_what_is_added_meanwhile_disturbs_nobody(view):
    groups = Listable(one=1, two=2)
    seen = []
    for number, found in enumerate(view(groups)):
        groups[f"new {number}"] = number
        seen.append(found)
    assert len(seen) == 2 and len(groups) == 4


def test_it_is_a_dictionary_otherwise():
    groups = Listable(one=1)
    groups["two"] = 2
    del groups["one"]
    assert groups == {"two": 2} and "two" in groups and groups["two"] == 2
