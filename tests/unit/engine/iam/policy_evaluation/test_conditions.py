"""The Condition element, operator by operator; a key that is missing; several values."""

import pytest
from policy_kit import applies

KEYS = "aws:TagKeys"


def holds(operator, value, given, key="aws:k"):
    """Whether `operator` with the policy's `value` holds if the request has `given` (None: it has not the key)."""
    return applies({} if given is None else {key: given}, Condition={operator: {key: value}})


@pytest.mark.parametrize(
    ("operator", "value", "given", "expected"),
    [
        ("StringEquals", "ana", "ana", True),
        ("StringEquals", "ana", "Ana", False),
        ("StringEquals", "a*", "ana", False),
        ("StringEquals", ["x", "ana"], "ana", True),
        ("StringEqualsIgnoreCase", "ANA", "ana", True),
        ("StringLike", "a?a*", "ana", True),
        ("StringLike", "A?a", "ana", False),
        ("StringLike", "a:*:z", "a:b:c:z", True),
        ("NumericEquals", "10", "10.0", True),
        ("NumericLessThan", "10", "9.5", True),
        ("NumericLessThan", "10", "10", False),
        ("NumericLessThanEquals", "10", "10", True),
        ("NumericGreaterThan", "9", "10", True),
        ("NumericGreaterThanEquals", 10, "9", False),
        ("NumericGreaterThanEquals", 10, "10", True),
        ("NumericLessThan", "Infinity", "9", False),
        ("NumericEquals", "ten", "10", False),
        ("NumericEquals", "10", "ten", False),
        ("DateEquals", "2026-11-21T10:00:00Z", "2026-11-21T11:00:00+01:00", True),
        ("DateEquals", "2026-11-21", "2026-11-21T00:00:00Z", True),
        ("DateLessThan", "2026-11-22", "2026-11-21T10:00:00Z", True),
        ("DateLessThan", "1795255200", "2026-11-21T09:59:59Z", True),
        ("DateGreaterThan", "2026-11", "2026-11-01T00:00:01Z", True),
        ("DateLessThan", "2026", "1970-01-01T00:33:45Z", True),
        ("DateLessThan", "2026", "1970-01-01T00:33:46Z", False),
        ("DateLessThan", "9" * 30, "1970-01-01", False),
        ("DateGreaterThanEquals", "2026-11", "2026-10-31T00:00:00Z", False),
        ("DateLessThanEquals", "tomorrow", "2026-11-21T10:00:00Z", False),
        ("Bool", "true", "true", True),
        ("Bool", True, "True", True),
        ("Bool", "false", "true", False),
        ("Bool", "yes", "yes", False),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", True),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ6", False),
        ("IpAddress", "203.0.113.0/24", "203.0.113.9", True),
        ("IpAddress", "203.0.113.9", "203.0.113.9", True),
        ("IpAddress", "203.0.113.7/24", "203.0.113.9", True),
        ("IpAddress", "203.0.113.0/24", "203.0.114.9", False),
        ("IpAddress", "0.0.0.0/0", "203.0.114.9", True),
        ("IpAddress", "2001:db8::/32", "2001:db8::1", True),
        ("IpAddress", "0.0.0.0/0", "2001:db8::1", False),
        ("IpAddress", "203.0.113.0/24", "nowhere", False),
        ("ArnEquals", "arn:aws:sns:*:1:t", "arn:aws:sns:us-east-1:1:t", True),
        ("ArnLike", "arn:aws:sns:us-east-1:1:t?", "arn:aws:sns:us-east-1:1:tt", True),
        ("ArnLike", "arn:aws:sns:*:t", "arn:aws:sns:us-east-1:1:t", False),
        ("ArnLike", "arn:aws:s:*:1:f/*", "arn:aws:s:r:2:x:1:f/d", False),
        ("ArnLike", "arn:aws:s3:::b*", "b", False),
    ],
)
def test_an_operator_compares(operator, value, given, expected):
    assert holds(operator, value, given) is expected


NEGATED = [
    ("StringNotEquals", "a", "b"),
    ("StringNotEqualsIgnoreCase", "a", "b"),
    ("StringNotLike", "a*", "b"),
    ("NumericNotEquals", "1", "2"),
    ("DateNotEquals", "2026-01-01", "2025-01-01"),
    ("ArnNotEquals", "arn:aws:s3:::a*", "arn:aws:s3:::b"),
    ("ArnNotLike", "arn:aws:s3:::a*", "arn:aws:s3:::b"),
    ("NotIpAddress", "10.0.0.0/8", "11.0.0.1"),
]


@pytest.mark.parametrize(("operator", "value", "other"), NEGATED)
def test_a_negated_operator_wants_none_of_its_values_and_holds_without_the_key(operator, value, other):
    same = value.replace("*", "").replace("/8", "")
    assert holds(operator, value, other)
    assert not holds(operator, value, same)
    assert not holds(operator, [value, other], other)
    assert holds(operator, value, None)
    assert holds(operator + "IfExists", value, None)
    assert not holds(operator + "IfExists", value, same)


@pytest.mark.parametrize(
    ("operator", "value"),
    [("StringEquals", "a"), ("StringLike", "*"), ("NumericLessThan", "5"), ("Bool", "false"), ("DateEquals", "2026"),
     ("IpAddress", "0.0.0.0/0"), ("ArnLike", "arn:*:*:*:*:*"), ("BinaryEquals", "")],
)  # fmt: skip
def test_a_missing_key_fits_nothing_but_if_exists(operator, value):
    assert not holds(operator, value, None)
    assert holds(operator + "IfExists", value, None)


def test_if_exists_still_compares_a_key_that_is_there():
    assert holds("StringEqualsIfExists", "a", "a")
    assert not holds("StringEqualsIfExists", "a", "b")


def test_null_asks_whether_the_key_is_there():
    assert holds("Null", "true", None) and not holds("Null", "true", "x")
    assert holds("Null", False, "x") and not holds("Null", "false", None)
    assert holds("Null", "true", [])


@pytest.mark.parametrize(
    ("operator", "given", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "c"], False),
        ("ForAllValues:StringEquals", [], True),
        ("ForAllValues:StringEquals", None, True),
        ("ForAllValues:StringEquals", [""], True),
        ("ForAllValues:StringNotEquals", ["c", "d"], True),
        ("ForAllValues:StringNotEquals", ["c", "a"], False),
        ("ForAllValues:StringNotEquals", None, True),
        ("ForAnyValue:StringEquals", ["c", "b"], True),
        ("ForAnyValue:StringEquals", ["c"], False),
        ("ForAnyValue:StringEquals", None, False),
        ("ForAnyValue:StringEqualsIfExists", None, True),
        ("ForAnyValue:StringNotEquals", ["a", "c"], True),
        ("ForAnyValue:StringNotEquals", ["a", "b"], False),
        ("ForAnyValue:StringNotEquals", None, False),
        ("ForAnyValue:StringLike", "b", True),
    ],
)
def test_set_operators_ask_for_all_or_for_any_of_the_requests_values(operator, given, expected):
    assert holds(operator, ["a", "b"], given, KEYS) is expected


@pytest.mark.parametrize("operator", ["StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists"])
def test_several_values_need_a_set_operator(operator):
    assert not holds(operator, ["a", "b"], ["a", "b"], KEYS)


def test_all_operators_and_keys_must_hold():
    both = {"StringEquals": {"aws:a": "1", "aws:b": "2"}, "Null": {"aws:c": "true"}}
    assert applies({"aws:a": "1", "aws:b": "2"}, Condition=both)
    assert not applies({"aws:a": "1", "aws:b": "3"}, Condition=both)
    assert not applies({"aws:a": "1", "aws:b": "2", "aws:c": "3"}, Condition=both)


def test_the_case_of_keys_does_not_matter():
    assert applies({"AWS:UserName": "ana"}, Condition={"StringEquals": {"aws:username": "ana"}})
