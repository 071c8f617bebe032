"""The `Condition` element: operators, keys, values, and the meaning of a missing key.

- All operators and all keys must hold; of a key's values one must fit, or none for a negated operator.
- A key that the request does not have does not fit: a condition on it is false, a negated one true; with `IfExists`
  it is true. `Null` asks just for that.
- `ForAllValues:` wants every value of the request to hold, and so holds if there are none. `ForAnyValue:` wants one.

Source: IAM User Guide, "Condition operators" and "Single-valued vs. multivalued context keys" (2026-11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import MalformedPolicyError
from .operators import NEGATED, OPERATORS, boolean
from .variables import Context, Template

_SETS = ("ForAllValues", "ForAnyValue")


class Condition:
    """One operator on one key."""

    __slots__ = ("_if_exists", "_negated", "_null", "_set", "_test", "key", "keys")

    def __init__(self, name: str, key: str, values: list[str], *, variables: bool) -> None:
        self.key = key.lower()
        prefix, colon, base = name.rpartition(":")
        if colon and prefix not in _SETS:
            raise MalformedPolicyError(f"Condition has no operator {name!r}.")
        self._set = prefix
        self._if_exists = base.endswith("IfExists") and base != "NullIfExists"
        base = base.removesuffix("IfExists") if self._if_exists else base
        self._null = {boolean(value) for value in values} if base == "Null" else None
        self._negated = base in NEGATED
        if self._null is None:
            compile_values = OPERATORS.get(NEGATED.get(base, base))
            if compile_values is None:
                raise MalformedPolicyError(f"Condition has no operator {name!r}.")
            self._test = compile_values(values, variables)
        self.keys = [self.key]
        if variables:
            self.keys += [used for value in values for used in Template(value, variables=True).keys]

    def holds(self, context: Context) -> bool:
        """Whether the condition is true for a request with this context (keys in lower case)."""
        values = context.get(self.key)
        if self._null is not None:
            return (not values) in self._null
        if self._set == "ForAllValues":
            # "It also returns true if ... the key values resolve to a null data set, such as an empty string."
            return all(self._fits(value, context) for value in values or () if value)
        if not values:
            return self._if_exists or (self._negated and not self._set)
        if self._set == "ForAnyValue":
            return any(self._fits(value, context) for value in values)
        # "Multivalued context keys require a condition set operator": without one the condition is never true.
        return len(values) == 1 and self._fits(values[0], context)

    def _fits(self, value: str, context: Context) -> bool:
        return self._test(value, context) is not self._negated


def compile_conditions(element: Any, *, variables: bool) -> tuple[Condition, ...]:
    """The conditions of a `Condition` element."""
    if not isinstance(element, Mapping):
        raise MalformedPolicyError("Condition must be an object of operators.")
    conditions = []
    for name, keys in element.items():
        if not isinstance(keys, Mapping):
            raise MalformedPolicyError(f"Condition's {name} must be an object of condition keys and values.")
        conditions += [Condition(name, key, _values(key, value), variables=variables) for key, value in keys.items()]
    return tuple(conditions)


def _values(key: str, value: Any) -> list[str]:
    return [_text(key, one) for one in (value if isinstance(value, list) else [value])]


def _text(key: str, value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
    raise MalformedPolicyError(f"Condition's value for {key} must be text, a number or a truth value, not {value!r}.")
