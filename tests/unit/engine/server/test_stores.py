"""Dictionaries that can be gone through while they change."""

import sys
import threading
from collections import defaultdict
from types import SimpleNamespace

import pytest

from helpers.engine.server.stores import Listable, default_listable, make_listable


@pytest.mark.parametrize("view", [Listable.items, Listable.keys, Listable.values, iter])
def test_what_is_added_and_removed_meanwhile_disturbs_nobody(view):
    roles = Listable(one=1, two=2)
    seen = []
    for number, found in enumerate(view(roles)):
        roles[f"new {number}"] = number
        roles.pop("two", None)
        seen.append(found)
    assert len(seen) == 2 and set(roles) == {"one", "new 0", "new 1"}


@pytest.mark.parametrize("go_through", [Listable.copy, list, sorted, lambda roles: list(roles.items())])
def test_a_thread_that_adds_and_removes_disturbs_nobody(go_through):
    """With switches between threads as often as Python makes them."""
    roles, stop = Listable.fromkeys(range(1000)), threading.Event()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def change():
        while not stop.is_set():
            for number in range(1000, 1200):
                roles[number] = None
            for number in range(1000, 1200):
                del roles[number]

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(300):
            assert len(go_through(roles)) >= 1000
    finally:
        stop.set()
        thread.join()
        sys.setswitchinterval(interval)


def test_it_is_a_dictionary_otherwise():
    roles = Listable(one=1)
    roles["two"] = 2
    del roles["one"]
    assert roles == {"two": 2} and "two" in roles and roles["two"] == 2 and roles.keys() - {"one"} == {"two"}
    assert dict(roles) == {**roles} == roles.copy() == {"two": 2}


def test_only_the_dictionaries_of_a_thing_change_and_their_contents_do_not():
    nested = defaultdict(dict)
    thing = make_listable(SimpleNamespace(roles={"a": 1}, names=["a"], nested=nested))
    assert type(thing.roles) is Listable and thing.roles == {"a": 1} and thing.names == ["a"]
    assert thing.nested is nested and type(nested["new"]) is Listable


def test_an_attribute_of_a_store_begins_as_such_a_dictionary():
    beginning = [SimpleNamespace(default=dict), SimpleNamespace(default=list), object()]
    for attribute in beginning:
        default_listable(attribute)
    assert [getattr(attribute, "default", None) for attribute in beginning] == [Listable, list, None]
