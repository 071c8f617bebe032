"""What differs from a template: CloudFormation API Reference, "PropertyDifference" (2026-11)."""

import pytest

from helpers.engine.cloudformation.drift.differences import find, typed

POLICY = {"Statement": [{"Sid": "a", "Action": "s3:*"}, {"Sid": "b", "Action": "sqs:*"}]}


@pytest.mark.parametrize(
    ("expected", "actual", "differences"),
    [
        # The same, written otherwise.
        ("20", 20, []),
        ("true", True, []),
        (10, 10.0, []),
        ("0.5", 0.5, []),
        ("", None, []),
        ([], None, []),
        ({"a": []}, {"a": ""}, []),
        ('{"a": 1}', {"a": 1}, []),
        (["b", "a"], ["a", "b"], []),
        ({"Mode": "OFF"}, {"Mode": "OFF", "Default": 1}, []),
        ([{"Id": "a"}], [{"Id": "a", "Default": 1}], []),
        # Another.
        ("1.0", "1.00", [("", "1.0", "1.00", "NOT_EQUAL")]),
        (False, True, [("", "false", "true", "NOT_EQUAL")]),
        (0, None, [("", "0", "null", "REMOVE")]),
        ({"a": 1}, None, [("", '{"a":1}', "null", "REMOVE")]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 2}}, [("/a/b", "1", "2", "NOT_EQUAL"), ("/a/c", "2", "null", "REMOVE")]),
        (["a"], ["b"], [("/0", "a", "b", "NOT_EQUAL")]),
        (["a", "b"], ["b"], [("/0", "a", "null", "REMOVE")]),
        (["a"], ["b", "a"], [("/0", "null", "b", "ADD")]),
        ({"Variables": {"a": "1"}}, {"Variables": {"b/~": "2", "a": "1"}}, [("/Variables/b~1~0", "null", "2", "ADD")]),
        # Objects in lists are known by a member.
        ([{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}], [{"Key": "b", "Value": "3"}],
         [("/0", '{"Key":"a","Value":"1"}', "null", "REMOVE"), ("/1/Value", "2", "3", "NOT_EQUAL")]),
        ({"PolicyDocument": POLICY}, {"PolicyDocument": {"Statement": [{"Sid": "b", "Action": "*"}, {"Sid": "a",
         "Action": "s3:*", "Effect": "Deny"}]}}, [("/PolicyDocument/Statement/0/Effect", "null", "Deny", "ADD"),
                                                  ("/PolicyDocument/Statement/1/Action", "sqs:*", "*", "NOT_EQUAL")]),
    ],
)  # fmt: skip
def test_what_differs(expected, actual, differences):
    found = find({"Property": expected}, {"Property": actual})
    assert [
        (one["PropertyPath"].removeprefix("/Property"), one["ExpectedValue"], one["ActualValue"], one["DifferenceType"])
        for one in found
    ] == differences


def test_what_a_parameter_gives_has_the_type_of_the_property():
    given = {"Size": "20", "Open": "true", "Name": "20", "Ratio": "0.5", "Wrong": "many"}
    actual = {"Size": 5, "Open": False, "Name": "5", "Ratio": 1.0, "Wrong": 1}
    assert typed(given, actual) == {"Size": 20, "Open": True, "Name": "20", "Ratio": 0.5, "Wrong": "many"}
