"""Events in a function's log."""

import pytest

from helpers.exercises.evidence import answers, events
from helpers.exercises.evidence.events import entries, name_in, new_name

START = "2026-11-29T19:00:00.000Z\t0e12\tINFO\t"


@pytest.mark.parametrize(
    "line",
    [
        f"{START}{{ name: 'Ada' }}",
        "event: {'name': 'Ada'}",
        '{"name": "Ada"}',
        '{"age": 36, "name":"Ada"}',
        "{'tags': {'name': 'x', 'b': [1, 2]}, 'name': 'Ada'}",
        "{ note: 'a, name: b', name: 'Ada' }",
        "  name: 'Ada',",  # a line of a long event, as Node.js prints it
    ],
)
def test_a_name_is_found_however_the_language_prints_it(line):
    assert name_in(line) == "Ada"


@pytest.mark.parametrize(
    "line",
    [
        f"{START}{{ surname: 'Ada' }}",
        "event: {'user-name': 'Ada'}",
        "event: {'user': {'name': 'Ada'}}",
        "event: {'Name': 'Ada'}",
        "event: {'name': ''}",
        "event: {'name': ' '}",
        "event: {'name': 36}",
        "event: {'note': 'name: Ada'}",
        "    name: 'Ada',",  # of what is within the event
        "the name: 'Ada'",
        "REPORT RequestId: 0e12 Duration: 1.00 ms",
        "",
    ],
)
def test_what_only_looks_like_a_name_is_none(line):
    assert name_in(line) is None


def test_a_text_keeps_what_is_in_it():
    assert name_in("""{ name: "O'Neil, {Ada}" }""") == "O'Neil, {Ada}"
    assert entries("{'a': [1, {'b': 2}], 'c': None}") == {"a": "[1, {'b': 2}]", "c": "None"}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["{}", "{ name: 'Grace' }"], ("Grace", None)),
        (["{ name: 'David' }", "{ name: 'Grace' }"], ("Grace", None)),
        (["{ name: 'david' }"], (None, None)),
        (["{}", "{ Name: 'Grace' }"], (None, "the key Name, the goal says name")),
        (["{ from: 'lab 00' }"], (None, None)),
        ([], (None, None)),
    ],
)
def test_a_name_of_the_labs_own_does_not_count_and_another_key_is_a_near_miss(monkeypatch, lines, found):
    monkeypatch.setattr(answers.logs, "fetch", lambda lab, function, reports: lines)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr(events, "logged", lambda *args, **_: answers.logged(*args, seconds=0))
    assert new_name(None, "f", {"david"}) == found


def test_a_name_without_a_text_is_a_near_miss(monkeypatch):
    monkeypatch.setattr(events, "logged", lambda lab, function, matches, **_: list(filter(matches, ['{"name": ""}'])))
    assert new_name(None, "f") == (None, "a name that is empty, or no text")
