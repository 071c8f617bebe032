"""Parsing: once per text, and one clear sentence about what is wrong."""

import json

import pytest
from policy_kit import policy, statement

from helpers.engine.iam.policy_evaluation import MalformedPolicyError, parse


def document(*statements, **elements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements), **elements})


def test_the_same_text_is_parsed_once():
    text = document(statement())
    assert parse(text, "a") is parse(text, "a")
    assert parse(text, "a") is not parse(text, "b")


def test_a_single_statement_needs_no_list():
    assert len(parse(json.dumps({"Statement": statement()}), "a").statements) == 1


def test_a_document_without_version_is_of_the_oldest():
    assert parse({"Statement": statement()}, "a").version == "2008-10-17"


def test_statements_are_found_by_service_in_their_order():
    several = policy(
        statement(action="lambda:*", Sid="0"),
        statement(action="*", Sid="1"),
        statement(action=["S3:Get*", "lambda:List*"], Sid="2"),
        statement(action=None, NotAction="iam:*", Sid="3"),
        statement(action="l*:Get", Sid="4"),
    )
    assert [s.sid for s in several.about("lambda")] == ["0", "1", "2", "3", "4"]
    assert [s.sid for s in several.about("s3")] == ["1", "2", "3", "4"]
    assert [s.sid for s in several.about("sqs")] == ["1", "3", "4"]


def test_statements_know_the_context_keys_that_they_mention():
    one = policy(
        statement(resource="arn:aws:s3:::x/${aws:PrincipalTag/Team}"),
        statement(Condition={"StringLike": {"AWS:Referer": "${aws:username, 'x'}${*}"}, "Null": {"s3:prefix": "true"}}),
    )
    first, second = (statement.context_keys for statement in one.statements)
    assert (first, second) == ({"aws:principaltag/team"}, {"aws:referer", "aws:username", "s3:prefix"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Policy p is not JSON"),
        ("[]", "Policy p must be an object"),
        ("{}", "Policy p has no Statement"),
        (document(Version="2020-01-01"), "version '2020-01-01'; use 2012-10-17"),
        (document("x"), "Statement 0 of policy p must be an object"),
        (
            document(statement(), statement("Maybe")),
            "Statement 1 of policy p is malformed: Effect must be Allow or Deny",
        ),
        (document(statement(action=None)), "must contain actions"),
        (document(statement(resource=None)), "must contain resources"),
        (document(statement(action=[])), "Action must be a string or a list of strings"),
        (document(statement(action=[1])), "Action must be a string or a list of strings"),
        (document(statement(NotAction="*")), "Action and NotAction exclude each other"),
        (document(statement(NotResource="*")), "Resource and NotResource exclude each other"),
        (document(statement(Actions="*")), "no element 'Actions'"),
        (document(statement(Principal="me")), "Principal must be"),
        (document(statement(Principal={"User": "me"})), "no type 'User'"),
        (document(statement(Principal={"AWS": [1]})), "not a string"),
        (document(statement(Condition=[])), "Condition must be an object"),
        (document(statement(Condition={"Bool": "x"})), "Bool must be an object"),
        (document(statement(Condition={"StringIs": {"a": "b"}})), "no operator 'StringIs'"),
        (document(statement(Condition={"ForSome:Bool": {"a": "b"}})), "no operator 'ForSome:Bool'"),
        (document(statement(Condition={"NullIfExists": {"a": "true"}})), "no operator 'NullIfExists'"),
        (document(statement(Condition={"Bool": {"a": None}})), "value for a must be text"),
    ],
)
def test_a_malformed_document_is_refused_in_one_sentence(text, words):
    with pytest.raises(MalformedPolicyError) as error:
        parse(text, "p")
    assert words in str(error.value)
    assert str(error.value).endswith(".")
