"""Policy variables: where they count, what they become, what happens if they have no value."""

import pytest
from policy_kit import FUNCTION, applies

ANA = {"aws:username": "ana"}


def like(value, pattern, context, operator="StringLike", version="2012-10-17"):
    return applies({"aws:k": value, **context}, version=version, Condition={operator: {"aws:k": pattern}})


def resource(name, pattern, context, **other):
    return applies(context, resource=f"arn:aws:s3:::{name}", Resource=f"arn:aws:s3:::{pattern}", **other)


def test_a_variable_becomes_the_requests_value():
    assert resource("home/ana/x", "home/${aws:username}/*", ANA)
    assert not resource("home/bob/x", "home/${aws:username}/*", ANA)
    assert like("ana", "${AWS:UserName}", ANA, "StringEquals")
    assert like("ANA", "${ aws:username }", ANA, "StringEqualsIgnoreCase")


def test_older_documents_have_no_variables():
    assert not resource("home/ana", "home/${aws:username}", ANA, version="2008-10-17")
    assert resource("home/${aws:username}", "home/${aws:username}", ANA, version="2008-10-17")
    assert not like("a*", "a${*}", {}, "StringEquals", version="2008-10-17")


@pytest.mark.parametrize("pattern", ["a${*}b", "a${?}b", "a${$}b"])
def test_special_characters_can_be_meant_literally(pattern):
    literal = pattern[3]
    assert like(f"a{literal}b", pattern, {})
    assert like(f"a{literal}b", pattern, {}, "StringEquals")
    assert not like("axb", pattern, {})
    assert resource(f"a{literal}b", pattern, {}) and not resource("axb", pattern, {})


def test_a_wildcard_in_a_value_is_no_wildcard():
    assert not resource("home/bob", "home/${aws:username}", {"aws:username": "*"})
    assert resource("home/*", "home/${aws:username}", {"aws:username": "*"})
    assert not like("bob", "${aws:username}", {"aws:username": "b?b"})


@pytest.mark.parametrize("context", [{}, {"aws:username": ["ana", "bob"]}, {"aws:username": []}])
def test_a_default_stands_in_for_a_missing_value(context):
    assert resource("home/it's", "home/${aws:username, 'it''s'}", context)
    assert not resource("home/it's", "home/${aws:username}", context)


def test_a_value_goes_before_the_default():
    assert resource("home/ana", "home/${AWS:UserName, 'none'}", ANA)
    assert not resource("home/none", "home/${aws:username, 'none'}", ANA)


# "When you use a variable with no value in the condition element ..., StringEquals or StringLike do not match ...
# Inverted condition operators like StringNotEquals or StringNotLike do match against a null value."
def test_without_a_value_nothing_fits_and_a_negated_operator_holds():
    assert not like("ana", "${aws:username}", {}, "StringEquals")
    assert not like("${aws:username}", "${aws:username}", {})
    assert like("ana", "${aws:username}", {}, "StringNotEquals")
    assert like("ana", "${aws:username}", {}, "StringNotLike")
    assert like("ana", ["${aws:username}", "ana"], {}, "StringEquals")


def test_without_a_value_a_not_resource_does_not_apply():
    pattern = "arn:aws:s3:::${aws:username}"
    assert applies(ANA, Resource=None, NotResource=pattern)
    assert not applies({}, Resource=None, NotResource=pattern)
    assert not applies({}, Resource=None, NotResource=["arn:aws:s3:::x", pattern])


def test_before_the_fifth_colon_there_are_no_variables():
    assert not applies({"aws:region": "us-east-1"}, Resource=FUNCTION.replace("us-east-1", "${aws:region}"))


def test_arn_operators_take_variables_and_numbers_do_not():
    given = {"aws:SourceArn": "arn:aws:sns:us-east-1:1:ana", "aws:n": "5"}
    assert applies(given | ANA, Condition={"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:1:${aws:username}"}})
    assert not applies(given | {"aws:m": "5"}, Condition={"NumericEquals": {"aws:n": "${aws:m}"}})
