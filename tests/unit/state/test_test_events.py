"""Saved test events."""

import pytest

from helpers.errors import TestEventError
from helpers.state import test_events
from helpers.state.test_events import TestEvents


@pytest.fixture
def saved(tmp_path):
    return TestEvents("000000000000", "HelloWorld", tmp_path)


def test_an_event_that_is_saved_is_there_for_another_kernel(saved, tmp_path):
    saved.save("David", {"name": "David"})
    assert TestEvents("000000000000", "HelloWorld", tmp_path).all() == {"David": {"name": "David"}}


def test_events_of_functions_and_accounts_are_kept_apart(saved, tmp_path):
    saved.save("David", 1)
    assert TestEvents("000000000000", "Other", tmp_path).all() == {}
    assert TestEvents("111111111111", "HelloWorld", tmp_path).all() == {}


@pytest.mark.parametrize("name", ["a", "a" * 25, "with.dot-and_more"])
def test_names_that_aws_accepts_are_accepted(saved, name):
    saved.save(name, None)
    assert saved.all() == {name: None}


@pytest.mark.parametrize("name", ["", "a" * 26, "two words", "é", "../up", "a/b", "a\n"])
def test_names_that_aws_refuses_are_refused_in_one_sentence(saved, name):
    with pytest.raises(TestEventError, match="use at most 25 letters"):
        saved.save(name, {})
    assert saved.all() == {}


DEEP = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize("event", [{1, 2}, float("nan"), object(), DEEP], ids=["set", "nan", "object", "deep"])
def test_an_event_that_is_not_json_is_refused(saved, event):
    with pytest.raises(TestEventError, match="The event is not JSON"):
        saved.save("x", event)


def test_saving_again_replaces_and_keeps_the_order(saved):
    for name, event in (("a", 1), ("b", 2), ("a", 3)):
        saved.save(name, event)
    assert list(saved.all().items()) == [("a", 3), ("b", 2)]


def test_an_event_can_be_deleted_once(saved):
    saved.save("a", 1)
    saved.delete("a")
    assert saved.all() == {}
    with pytest.raises(TestEventError, match="There is no test event 'a': choose one of none"):
        saved.delete("a")


@pytest.mark.parametrize("content", ["{", "[]", "7", "[" * 100_000], ids=["open", "list", "number", "nested"])
def test_a_file_that_cannot_be_read_is_one_sentence(saved, content):
    saved.save("a", 1)
    saved.file.write_text(content)
    with pytest.raises(TestEventError, match="delete it to start anew"):
        saved.save("b", 2)
    assert saved.file.read_text() == content, "nothing is lost"


def test_forget_takes_names_and_patterns_and_leaves_the_rest(tmp_path):
    for function in ("HelloWorld", "lab01-a", "Other"):
        TestEvents("000000000000", function, tmp_path).save("a", 1)
    test_events.forget("000000000000", ("HelloWorld", "lab01-*"), tmp_path)
    assert [file.name for file in (tmp_path / "events").glob("*.json")] == ["000000000000-Other.json"]
