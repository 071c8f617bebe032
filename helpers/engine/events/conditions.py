"""Conditions of event patterns, of rules and of event source mappings: what is not there, and what is no text.

"A field that is not there" satisfies `exists` false and nothing else: patterns are compared with the fields that an
event has (EventBridge User Guide, "Comparison operators"; github.com/aws/event-ruler, README; 2026-11). LocalStack
4.9.2 takes a missing field for anything but a value, and fails when it compares the beginning of a number.
"""

from __future__ import annotations

from typing import Any

OF_TEXT = ("prefix", "suffix", "equals-ignore-case", "wildcard", "cidr")


def evaluate_condition(original: Any, self: Any, value: Any, condition: Any, field_exists: bool) -> bool:
    """Wrap `EventRuleEngine._evaluate_condition`."""
    if isinstance(condition, dict) and "exists" not in condition:
        if not field_exists or (isinstance(value, bool) and "numeric" in condition):
            return False
        if not isinstance(value, str):
            if any(name in condition for name in OF_TEXT):
                return False
            if isinstance(condition.get("anything-but"), dict):  # of beginnings and ends, which only text has
                return True
    return bool(original(self, value, condition, field_exists))
