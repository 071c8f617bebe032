"""What differs between the properties that a template sets and those that a resource has: PropertyDifferences.

Only what the template sets is compared; what it leaves out is the service's default and never drifts. To lists, to maps
of names that are the user's own, and to documents something may have been added, though. The order of a list says
nothing here; on AWS it does for some types.

The form, paths like /Environment/Variables/NAME and "null" for what is not there: LocalStack 4.9.2's tests
(api/test_drift_detection, recorded on AWS in 2022), aws-cloudformation/cloudformation-coverage-roadmap#1242 (2022).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Difference = dict[str, str]
# Properties whose members are the user's own, so that one more is a difference: maps of names, and documents.
OPEN = frozenset(
    {
        "AssumeRolePolicyDocument",
        "DefinitionString",
        "EventPattern",
        "FilterPolicy",
        "Policy",
        "PolicyDocument",
        "RedrivePolicy",
        "StageVariables",
        "Tags",
        "Variables",
    }
)
# Members by which an object in a list is known.
IDENTITIES = ("Key", "Id", "PolicyName", "AttributeName", "IndexName", "FunctionVersion", "Sid")


def find(expected: Mapping[str, Any], actual: Mapping[str, Any]) -> list[Difference]:
    """Return the differences, by their paths. `actual` has all that is to be compared, None for what is not there."""
    found = [one for name in expected for one in _compare(expected[name], actual[name], f"/{name}", name in OPEN)]
    return sorted(found, key=lambda one: one["PropertyPath"])


def typed(expected: Any, actual: Any) -> Any:
    """Return an expected value of the actual one's type: parameters are text, and so are numbers that refer to them."""
    if isinstance(expected, Mapping):
        others = actual if isinstance(actual, Mapping) else {}
        return {name: typed(value, others.get(name)) for name, value in expected.items()}
    if isinstance(expected, str) and isinstance(actual, (bool, int, float)):
        found = _parsed(expected)
        return found if isinstance(found, (bool, int, float)) else expected
    return expected


def text(value: Any) -> str:
    """Return a value as a difference has it."""
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), default=str)


def _compare(expected: Any, actual: Any, path: str, is_open: bool) -> Iterator[Difference]:
    if isinstance(expected, str) and isinstance(actual, (Mapping, list)):  # a document, given as text
        expected = _parsed(expected)
    if _is_empty(actual):
        if not _is_empty(expected):
            yield _difference("REMOVE", path, expected, None)
    elif isinstance(expected, Mapping) and isinstance(actual, Mapping):
        for name, value in expected.items():
            yield from _compare(value, actual.get(name), f"{path}/{_escaped(name)}", is_open or name in OPEN)
        for name in [name for name in actual if is_open and name not in expected]:
            yield _difference("ADD", f"{path}/{_escaped(name)}", None, actual[name])
    elif isinstance(expected, list) and isinstance(actual, list):
        yield from _compare_lists(expected, actual, path, is_open)
    elif not _is_same(expected, actual):
        yield _difference("NOT_EQUAL", path, expected, actual)


def _compare_lists(expected: list[Any], actual: list[Any], path: str, is_open: bool) -> Iterator[Difference]:
    left, unmatched = dict(enumerate(actual)), []
    for index, one in enumerate(expected):
        same = next((place for place, other in left.items() if not any(_compare(one, other, "", is_open))), None)
        if same is None:
            unmatched.append(index)
        else:
            del left[same]
    for index in unmatched:
        place, where = _counterpart(expected[index], index, left), f"{path}/{index}"
        if place is None:
            yield _difference("REMOVE", where, expected[index], None)
        else:
            yield from _compare(expected[index], left.pop(place), where, is_open)
    for place, other in left.items():
        yield _difference("ADD", f"{path}/{place}", None, other)


def _counterpart(one: Any, index: int, others: Mapping[int, Any]) -> int | None:
    """Where among `others` an object with the same identity is, or else what is at the same place."""
    if isinstance(one, Mapping):
        for name in [name for name in IDENTITIES if name in one]:
            return next((place for place, other in others.items() if other.get(name) == one[name]), None)
    return index if index in others else None


def _difference(kind: str, path: str, expected: Any, actual: Any) -> Difference:
    return {
        "PropertyPath": path,
        "ExpectedValue": text(expected),
        "ActualValue": text(actual),
        "DifferenceType": kind,
    }


def _is_same(expected: Any, actual: Any) -> bool:
    """A number is the same as its text, and as another number of its value; texts are compared as they are."""
    if text(expected) == text(actual):
        return True
    if isinstance(expected, str) == isinstance(actual, str):
        return bool(expected == actual)
    try:
        return float(expected) == float(actual)
    except (TypeError, ValueError):
        return False


def _is_empty(value: Any) -> bool:
    return value is None or (not value and isinstance(value, (str, list, Mapping)))


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _escaped(name: str) -> str:
    """A name in a JSON pointer (RFC 6901)."""
    return str(name).replace("~", "~0").replace("/", "~1")
