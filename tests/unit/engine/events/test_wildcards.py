"""`*` in event patterns."""

import pytest

from helpers.engine.events.wildcards import matches

REPEATED = "/Users/*/dir/dir/dir/dir/dir/doc.txt"


# The first three: content_wildcard_… of LocalStack's tests/aws/services/events/event_pattern_templates (v4.9.2).
@pytest.mark.parametrize(
    ("condition", "value", "answer"),
    [
        (REPEATED, "/Users/ls_user/dir/dir/dir/dir/dir/doc.txt", True),
        (REPEATED, "/Users/ls_user/dir/dir/dir/dir/otherdir/doc.txt", False),
        ("", "arn:aws:events:us-east-1:123456789012:event-bus/myEventBus", False),
        ("*", "", True),
        ("a*b*c", "a1b2c", True),
        ("a*b*c", "a1b2", False),
        ("a*", "abc", True),
        ("a*bc", "abc", True),
        ("hel*o", "helo", True),  # this and the next: event-ruler, ByteMachineTest
        ("hello*", "hello", True),
        ("a*b*c", "axxbc", True),
        ("ab*ba", "aba", False),
        (r"a\*c", "a*c", True),
        (r"a\*c", "abc", False),
        (r"a\\*c", "a\\bc", True),
        ("a*b", "a1b2b", True),
        ("abc", "abc", True),
        ("a.c", "abc", False),
        ("*a*a*a*a*b", "a" * 200_000, False),
    ],
)
def test_parts_are_found_one_after_the_other(condition, value, answer):
    assert matches(condition, value) is answer
