"""Lab 00's checks: a name in an event, a tag."""

from types import SimpleNamespace

import pytest

from helpers.exercises import lab00


@pytest.mark.parametrize(
    ("events", "passed", "found"),
    [
        ([{"from": "lab 00"}, {"name": "Ada"}], True, "the name Ada"),
        ([{"from": "lab 00"}], False, "none"),
        ([{"surname": "Lovelace"}], False, "none"),
        ([{"person": {"name": "Ada"}}], False, "none"),
        ([{"Name": "Ada"}], False, "the key 'Name', the goal says 'name'"),
    ],
)
def test_an_event_has_a_name_under_that_very_key(monkeypatch, events, passed, found):
    monkeypatch.setattr(lab00, "logged_events", lambda *_: events)
    check = lab00.invoke_with_a_name.check(None)
    assert (check.passed, check.actual) == (passed, found)


@pytest.mark.parametrize(
    ("tags", "passed", "found"),
    [
        ({"owner": "Ada", "team": "x"}, True, "the owner Ada"),
        ({"owner": " "}, False, "none"),
        ({"Owner": "Ada"}, False, "the key 'Owner', the goal says 'owner'"),
        ({}, False, "none"),
    ],
)
def test_the_tag_has_that_very_key_and_a_value(tags, passed, found):
    lab = SimpleNamespace(client=lambda service: SimpleNamespace(get_function=lambda **_: {"Tags": tags}))
    check = lab00.tag_the_owner.check(lab)
    assert (check.passed, check.actual) == (passed, found)
