"""Principal and NotPrincipal: whom they name, and how directly."""

import pytest
from policy_kit import FUNCTION, HERE, INVOKE, NOBODY, ROLE, ROOT, SESSION, SNS, THERE, USER, policy, statement

from helpers.engine.iam.policy_evaluation import Principal, Reach, Request

STRANGER = Principal("user", f"arn:aws:iam::{THERE}:user/eve", THERE)
NAMESAKE = Principal("role session", SESSION.arn, HERE, role_arn=ROLE.replace("app", "other"))
UNASSUMED = Principal("role session", ROLE, HERE, role_arn=ROLE)
GOOGLE = Principal("federated", "accounts.google.com")
OWNER = Principal("user", USER.arn, HERE, canonical_user="79a59d")


def reach(principal, element, name="Principal", bounded=False):
    only = policy(statement("Deny" if name == "NotPrincipal" else "Allow", **{name: element})).statements[0]
    return only.reach(Request(principal, INVOKE, FUNCTION, HERE), bounded)


@pytest.mark.parametrize(
    ("principal", "element", "expected"),
    [
        (USER, {"AWS": USER.arn}, Reach.DIRECT),
        (USER, {"AWS": [STRANGER.arn, USER.arn]}, Reach.DIRECT),
        (USER, {"AWS": HERE}, Reach.ACCOUNT),
        (USER, {"AWS": f"arn:aws:iam::{HERE}:root"}, Reach.ACCOUNT),
        (USER, {"AWS": THERE}, Reach.NONE),
        (USER, {"AWS": f"arn:aws:iam::{HERE}:user/*"}, Reach.NONE),
        (USER, {"AWS": USER.arn.upper()}, Reach.NONE),
        (USER, {"Service": USER.arn}, Reach.NONE),
        (USER, "*", Reach.DIRECT),
        (USER, {"AWS": "*"}, Reach.DIRECT),
        (SESSION, {"AWS": SESSION.arn}, Reach.DIRECT),
        (SESSION, {"AWS": ROLE}, Reach.ROLE),
        (SESSION, {"AWS": [ROLE, SESSION.arn]}, Reach.DIRECT),
        (SESSION, {"AWS": HERE}, Reach.ACCOUNT),
        (SESSION, {"AWS": SESSION.arn.replace("job", "other")}, Reach.NONE),
        (UNASSUMED, {"AWS": ROLE}, Reach.ROLE),
        (NAMESAKE, {"AWS": ROLE}, Reach.NONE),
        (SNS, {"Service": "sns.amazonaws.com"}, Reach.DIRECT),
        (SNS, {"Service": "s3.amazonaws.com"}, Reach.NONE),
        (SNS, {"AWS": "*"}, Reach.DIRECT),
        (GOOGLE, {"Federated": "accounts.google.com"}, Reach.DIRECT),
        (GOOGLE, {"Service": "accounts.google.com"}, Reach.NONE),
        (OWNER, {"CanonicalUser": "79a59d"}, Reach.ACCOUNT),
        (USER, {"CanonicalUser": "79a59d"}, Reach.NONE),
        (ROOT, {"AWS": HERE}, Reach.DIRECT),
        (ROOT, {"AWS": USER.arn}, Reach.NONE),
        (NOBODY, "*", Reach.DIRECT),
        (NOBODY, {"AWS": HERE}, Reach.NONE),
    ],
)
def test_a_principal_element_reaches(principal, element, expected):
    assert reach(principal, element) is expected


# The user's account "must also" be named, and a session's role (User Guide, "NotPrincipal", 2026-11).
@pytest.mark.parametrize(
    ("principal", "element", "spared"),
    [
        (USER, {"AWS": [USER.arn, HERE]}, True),
        (USER, {"AWS": USER.arn}, False),
        (USER, {"AWS": HERE}, False),
        (USER, {"AWS": STRANGER.arn}, False),
        (USER, "*", True),
        (SESSION, {"AWS": [SESSION.arn, ROLE, HERE]}, True),
        (SESSION, {"AWS": [ROLE, HERE]}, False),
        (SESSION, {"AWS": [SESSION.arn, HERE]}, False),
        (SNS, {"Service": "sns.amazonaws.com"}, True),
        (SNS, {"AWS": HERE}, False),
        (ROOT, {"AWS": HERE}, True),
        (NOBODY, {"AWS": HERE}, False),
    ],
)
def test_not_principal_spares(principal, element, spared):
    assert (reach(principal, element, "NotPrincipal") is Reach.NONE) is spared


def test_not_principal_never_spares_who_has_a_permissions_boundary():
    assert reach(USER, {"AWS": [USER.arn, HERE]}, "NotPrincipal", bounded=True) is Reach.DIRECT


def test_a_resource_based_statement_without_principal_names_nobody():
    only = policy(statement()).statements[0]
    assert only.reach(Request(USER, INVOKE, FUNCTION)) is Reach.NONE


def test_a_principal_of_no_known_kind_or_without_its_role_is_refused():
    with pytest.raises(ValueError, match="use one of account, user"):
        Principal("group")
    with pytest.raises(ValueError, match="needs role_arn"):
        Principal("role session", SESSION.arn, HERE)
