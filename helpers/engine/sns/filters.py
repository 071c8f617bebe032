"""Filter policies: what a message has is compared as what it is, text or number.

Conditions on numbers match attributes of type Number and numbers in bodies; "Prefixes are supported for string matching
only" (SNS Developer Guide, "Numeric value matching", 2026-11; so do moto's filters, whose tests were run against AWS in
2023: getmoto/moto, pull request 6242). LocalStack 4.9.2 compares attributes as text, so a number in a policy matches
none, and fails at a number where a policy has a prefix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

OF_TEXT = ("prefix", "suffix", "equals-ignore-case", "cidr")


def on_attribute(
    original: Callable[..., bool],
    self: Any,
    conditions: Any,
    attribute: Mapping[str, Any] | None,
    field_exists: bool,
) -> bool:
    """Wrap `SubscriptionFilter._evaluate_filter_policy_conditions_on_attribute`: numbers as numbers."""
    found = attribute or {}
    if not str(found.get("DataType") or found.get("Type") or "").startswith("Number"):
        return original(self, conditions, attribute, field_exists)
    text = str(found.get("StringValue") or found.get("Value"))
    every = conditions if isinstance(conditions, list) else [conditions]
    return any(self._evaluate_condition(text if isinstance(one, str) else float(text), one, True) for one in every)


def evaluate_condition(
    original: Callable[..., bool], self: Any, value: Any, condition: Any, field_exists: bool
) -> bool:
    """Wrap `SubscriptionFilter._evaluate_condition`."""
    if isinstance(condition, dict) and value is not None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if "numeric" in condition and not number:
            return False
        if not isinstance(value, str):
            if any(name in condition for name in OF_TEXT):
                return False
            if isinstance(condition.get("anything-but"), dict):  # of beginnings, which only text has
                return True
    return original(self, value, condition, field_exists)
