"""Documents that IAM refuses to store."""

import pytest
from policy_kit import HERE, ROLE, USER, statement

from helpers.engine.iam.policy_evaluation import MalformedPolicyError, validate


def document(**elements):
    return {"Version": "2012-10-17", "Statement": [statement(), statement(**elements)]}


def trust(principal):
    return {
        "Version": "2012-10-17",
        "Statement": statement(action="sts:AssumeRole", resource=None, Principal=principal),
    }


@pytest.mark.parametrize("element", ["Principal", "NotPrincipal"])
def test_an_identity_based_policy_names_no_principal(element):
    validate(document(), "identity")
    with pytest.raises(MalformedPolicyError, match=r"^Policy document should not specify a principal\.$"):
        validate(document(**{element: "*"}), "identity")


def test_a_trust_policy_names_somebody():
    with pytest.raises(MalformedPolicyError, match="has a statement with no principals!"):
        validate(document(Principal="*"), "trust")


@pytest.mark.parametrize(
    "principal",
    ["*", {"AWS": HERE}, {"AWS": [f"arn:aws:iam::{HERE}:root", USER.arn]}, {"Service": "lambda.amazonaws.com"},
     {"Federated": "accounts.google.com"}, {"AWS": "AIDACKCEVSQ6C2EXAMPLE"},
     {"AWS": f"arn:aws:sts::{HERE}:assumed-role/worker/job"}],
)  # fmt: skip
def test_a_trust_policy_may_name(principal):
    validate(trust(principal), "trust", exists={USER.arn}.__contains__)


@pytest.mark.parametrize("name", [ROLE, "me", "1234", f"arn:aws:iam::12:user/{HERE}"])
def test_a_trust_policy_names_only_who_exists(name):
    with pytest.raises(MalformedPolicyError) as error:
        validate(trust({"AWS": [USER.arn, name]}), "trust", exists={USER.arn}.__contains__)
    assert str(error.value) == f'Invalid principal in policy: "AWS":"{name}"'


@pytest.mark.parametrize("name", ["lambda", "lambda.amazon.com", "*"])
def test_a_trust_policy_names_only_services(name):
    with pytest.raises(MalformedPolicyError) as error:
        validate(trust({"Service": ["lambda.amazonaws.com", name]}), "trust")
    assert str(error.value) == f'Invalid principal in policy: "SERVICE":"{name}"'


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        ({"Effect": "allow"}, "The policy failed legacy parsing"),
        ({"Resource": "*"}, "Has prohibited field Resource"),
        ({"NotResource": "*"}, "Has prohibited field NotResource"),
        ({"Action": "lambda:InvokeFunction"}, "AssumeRole policy may only specify STS AssumeRole actions."),
        ({"Action": ["sts:AssumeRole", "s3:*"]}, "AssumeRole policy may only specify STS AssumeRole actions."),
    ],
)
def test_a_trust_policy_is_about_assuming_the_role_and_nothing_else(elements, message):
    document = trust({"Service": "lambda.amazonaws.com"})
    validate(document, "trust")
    with pytest.raises(MalformedPolicyError) as error:
        validate({**document, "Statement": {**document["Statement"], **elements}}, "trust")
    assert str(error.value) == message
