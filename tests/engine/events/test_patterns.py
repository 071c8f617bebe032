"""Event patterns: what a condition says of a field that is not there, or is no text."""

import json

import pytest

EVENT = {
    "id": "1",
    "account": "000000000000",
    "source": "s",
    "time": "2026-11-29T00:00:00Z",
    "region": "us-east-1",
    "resources": [],
    "detail-type": "t",
}


# github.com/aws/event-ruler, README (2026-11): a rule is matched with the fields that an event has.
@pytest.mark.parametrize(
    ("condition", "detail", "answer"),
    [
        ({"anything-but": ["z"]}, {}, False),
        ({"anything-but": ["z"]}, {"a": "y"}, True),
        ({"anything-but": {"prefix": "z"}}, {}, False),
        ({"anything-but": {"prefix": "z"}}, {"a": "y"}, True),
        ({"anything-but": {"prefix": "z"}}, {"a": 5}, True),
        ({"exists": False}, {}, True),
        ({"exists": True}, {"a": 1}, True),
        ({"prefix": "5"}, {"a": 5}, False),
        ({"suffix": "5"}, {"a": None}, False),
        ({"equals-ignore-case": "x"}, {"a": True}, False),
        ({"wildcard": "*x"}, {"a": 1}, False),
        ({"cidr": "10.0.0.0/8"}, {"a": 5}, False),
        ({"numeric": [">", 0]}, {"a": True}, False),
        ({"numeric": [">", 0]}, {"a": 1}, True),
        ("x", {}, False),
    ],
)
def test_a_condition_is_compared_with_what_is_there(client, condition, detail, answer):
    pattern, event = {"detail": {"a": [condition]}}, {**EVENT, "detail": {"other": 1, **detail}}
    said = client("events").test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))
    assert said["Result"] is answer


# github.com/aws/event-ruler, README, "JSON Array Matching", and ACFinder (2026-11): a list's own plain values are in no
# element; a field is missing if it is nowhere where it would go together with what was found before, by name.
@pytest.mark.parametrize(
    ("pattern", "detail", "answer"),
    [
        ({"a": {"b": ["x"], "c": ["q"]}}, {"a": [{"b": "x", "c": "q"}, {"b": "y", "c": "z"}]}, True),
        ({"a": {"b": ["x"], "c": ["z"]}}, {"a": [{"b": "x", "c": "q"}, {"b": "y", "c": "z"}]}, False),
        ({"a": {"b": ["x"], "c": ["z"]}}, {"a": [[{"b": "x"}, {"b": "y"}], [{"c": "z"}]]}, False),
        ({"a": {"b": ["x"]}, "d": {"c": ["z"]}}, {"a": [{"b": "y"}, {"b": "x"}], "d": [{"c": "z"}, {}]}, True),
        ({"a": {"b": ["x"], "c": ["z"]}}, {"a": [{"b": ["w", "x"], "c": ["z"]}]}, True),
        ({"a": ["x"], "b": ["z"]}, {"a": ["w", "x"], "b": ["z", "w"]}, True),
        ({"a": {"b": ["x"], "c": [{"exists": False}]}}, {"a": [{"b": "x"}, {"c": 1}]}, True),
        ({"a": {"b": ["x"], "c": [{"exists": False}]}}, {"a": [{"b": "x", "c": 1}, {"b": "y"}]}, False),
        ({"a": {"c": [{"exists": False}]}}, {"a": [{"b": "x"}, {"c": 1}]}, False),
        ({"a": {"$or": [{"b": ["x"], "c": ["z"]}, {"d": [1]}]}}, {"a": [{"b": "x"}, {"c": "z"}, {"d": 1}]}, True),
        ({"a": {"b": [{"wildcard": "a*c"}]}}, {"a": {"b": "ac"}}, True),
        ({"a": [{"wildcard": "a\\*c"}]}, {"a": "a*c"}, True),
        ({"a": [{"wildcard": "a\\*c"}]}, {"a": "abc"}, False),
    ],
)
def test_fields_that_fit_are_in_the_same_element_of_a_list(client, pattern, detail, answer):
    event = json.dumps({**EVENT, "detail": detail})
    said = client("events").test_event_pattern(EventPattern=json.dumps({"detail": pattern}), Event=event)
    assert said["Result"] is answer


def test_long_lists_keep_nobody_waiting(client):
    """Lists that have nothing to do with each other are not multiplied."""
    names = "abcdef"
    detail = {name: [{"n": number} for number in range(500)] for name in names}
    pattern = {"detail": {**{name: {"n": [{"exists": True}]} for name in names}, "z": ["not there"]}}
    said = client("events").test_event_pattern(
        EventPattern=json.dumps(pattern), Event=json.dumps({**EVENT, "detail": detail})
    )
    assert said["Result"] is False
