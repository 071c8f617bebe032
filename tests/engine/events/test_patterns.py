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
