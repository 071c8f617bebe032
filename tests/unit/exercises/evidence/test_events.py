"""Events found in a function's log, and what is near to one that is wanted."""

import pytest

from helpers.exercises.evidence import events

NODE = '2026-11-29T18:52:44.322Z\t44a2968b-d1d6-43e5-b107-0897e354d722\tINFO\tevent: {"name":"Ada"}'


@pytest.mark.parametrize(
    ("line", "event"),
    [
        (NODE, {"name": "Ada"}),
        ("event: {'name': \"D'Arcy\", 'old': True}", {"name": "D'Arcy", "old": True}),
        ("event: {}", {}),
        ("event: {name}", None),
        ("event: [1]", None),
        ('no event {"name": "Ada"}', None),
        ('subevent: {"name": "Ada"}', None),
        ("START RequestId: 44a2968b Version: $LATEST", None),
    ],
)
def test_an_event_is_read_from_the_line_that_a_function_prints(line, event):
    assert events.event_in(line) == event


@pytest.mark.parametrize(
    ("event", "name"),
    [({"name": "Ada"}, "Ada"), ({"name": " "}, ""), ({"name": 7}, ""), ({"filename": "a.txt"}, ""), ({}, "")],
)
def test_a_name_is_a_text_under_the_key_name(event, name):
    assert events.named(event) == name


@pytest.mark.parametrize(
    ("seen", "miss"),
    [
        ([{"Name": "Ada"}], "the key 'Name', the goal says 'name'"),
        ([{"name ": "Ada"}], "the key 'name ', the goal says 'name'"),
        ([{"name": ["Ada"]}], "['Ada'] under 'name', which is no text"),
        ([{"NAME": "Ada"}, {"name": ""}], "'' under 'name', which is no text"),
        ([{"filename": "Ada"}], ""),
        ([], ""),
    ],
)
def test_what_is_near_to_the_goal_is_said(seen, miss):
    assert events.near_miss(seen, "name") == miss


def test_all_events_are_given_once_the_wanted_one_is_there(monkeypatch):
    lines = ["START", "event: {'name': 'David'}", NODE, "END"]
    monkeypatch.setattr(events, "logged", lambda lab, function, matches, **_: [one for one in lines if matches(one)])
    found = events.logged_events(None, "HelloWorld", lambda event: event["name"] == "Ada")
    assert found == [{"name": "Ada"}]
    assert events.logged_events(None, "HelloWorld", lambda event: False) == [{"name": "David"}, {"name": "Ada"}]
