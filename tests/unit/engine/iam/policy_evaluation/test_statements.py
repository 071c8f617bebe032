"""Actions, resources and their wildcards; what keeps a statement from applying."""

import pytest
from policy_kit import FUNCTION, HERE, INVOKE, USER, applies, policy, statement

from helpers.engine.iam.policy_evaluation import Request


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*", True),
        ("lambda:*", True),
        ("lambda:Invoke*", True),
        ("LAMBDA:invokefunction", True),
        ("lambda:InvokeFunctio?", True),
        ("lambda:*Function", True),
        ("lambda:I*F*n", True),
        ("lambda:InvokeFunction?", False),
        ("lambda:Invoke", False),
        ("lambda:InvokeFunctionUrl", False),
        ("s3:*", False),
        ("lambda:[I]nvokeFunction", False),
        ("lambda:Invoke.unction", False),
    ],
)
def test_an_action_fits_without_regard_to_case_and_with_wildcards(pattern, fits):
    assert applies(action=INVOKE, Action=pattern) is fits
    assert applies(action=INVOKE, Action=None, NotAction=pattern) is not fits


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*", True),
        (FUNCTION, True),
        (FUNCTION + ":*", False),
        (FUNCTION.upper(), False),
        (f"arn:aws:lambda:*:{HERE}:function:hello", True),
        (f"arn:aws:lambda:us-????-1:{HERE}:function:*o", True),
        ("arn:aws:lambda:*:*:function:*", True),
        ("arn:aws:lambda:*:*:*", True),
        ("arn:aws:lambda:*", True),
        ("arn:aws:lambda:us-east-1:*", True),
        ("arn:aws:s3:*", False),
        # A wildcard stays in its component: this one would have to reach over the account.
        ("arn:aws:lambda:us*hello::::", False),
        (f"arn:aws:lambda:us-east-1*:{HERE}:hello", False),
        ("arn:aws:*:lambda:us-east-1:*", False),
    ],
)
def test_a_resource_fits_component_by_component(pattern, fits):
    assert applies(Resource=pattern) is fits
    assert applies(Resource=None, NotResource=pattern) is not fits


def test_in_the_last_component_a_wildcard_reaches_over_slashes_and_colons():
    assert applies(resource=FUNCTION + ":live", Resource=FUNCTION[:-2] + "*")
    assert applies(resource="arn:aws:s3:::data/a/b/c.txt", Resource="arn:aws:s3:::data/*/c.txt")
    assert not applies(resource=FUNCTION + "x:live", Resource=FUNCTION + ":*")


def test_an_action_without_a_resource_needs_the_asterisk():
    assert applies(resource="*", Resource="*")
    assert not applies(resource="*", Resource="arn:aws:lambda:*:*:*")
    assert applies(resource="*", Resource=None, NotResource=FUNCTION)


def test_of_several_actions_or_resources_one_is_enough():
    assert applies(Action=["s3:*", INVOKE], Resource=["arn:aws:s3:::x", FUNCTION])
    assert not applies(Action=None, NotAction=["s3:*", INVOKE])
    assert not applies(Resource=None, NotResource=["arn:aws:s3:::x", FUNCTION])


def test_a_statement_names_the_element_that_does_not_fit():
    condition = {"StringEquals": {"aws:username": "ana"}, "Bool": {"aws:SecureTransport": "true"}}
    request = Request(USER, INVOKE, FUNCTION, HERE, {"aws:username": "bob", "aws:SecureTransport": "true"})

    def mismatch(**elements):
        return policy(statement(**elements)).statements[0].mismatch(request)

    assert mismatch() is None
    assert mismatch(action="s3:*", resource="arn:aws:s3:::x") == "Action"
    assert mismatch(resource="arn:aws:s3:::x", Condition=condition) == "Resource"
    assert mismatch(Condition=condition) == "Condition"
