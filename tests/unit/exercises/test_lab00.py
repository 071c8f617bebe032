"""Lab 00's checks, against what is nearly right."""

from types import SimpleNamespace

import pytest

from helpers.exercises import lab00


@pytest.mark.parametrize(
    ("found", "passed", "actual"),
    [
        (("Ada", None), True, "the name Ada"),
        ((None, "the key Name, the goal says name"), False, "the key Name, the goal says name"),
        ((None, None), False, "none"),
    ],
)
def test_an_event_with_a_name_is_looked_for_in_the_log(monkeypatch, found, passed, actual):
    monkeypatch.setattr(lab00, "new_name", lambda *_: found)
    monkeypatch.setattr(lab00, "given", lambda *_: None)
    check = lab00.invoke_with_a_name.check(None)
    assert (check.passed, check.actual) == (passed, actual)


@pytest.mark.parametrize(
    ("tags", "passed", "actual"),
    [
        ({"owner": "Ada"}, True, "the owner Ada"),
        ({"Owner": "Ada"}, False, "the key Owner, the goal says owner"),
        ({"owner": " "}, False, "none"),
        ({}, False, "none"),
    ],
)
def test_the_tag_has_an_owner_in_it(tags, passed, actual):
    api = SimpleNamespace(get_function=lambda **_: {"Tags": tags}, get_function_configuration=lambda **_: {})
    check = lab00.tag_the_owner.check(SimpleNamespace(client=lambda service: api))
    assert (check.passed, check.actual) == (passed, actual)
