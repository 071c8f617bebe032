"""Which statement decides, and why: asked of a simulator, statement by statement."""

import pytest
from fake_iam import ADA, CLERK, NOTES, FakeIam, document, statement

from helpers.iam.policies import IdentityPolicy, read
from helpers.iam.simulation import Request, simulate_policies, simulate_principal

READ = Request("s3:GetObject", f"{NOTES}/a.txt")


@pytest.fixture
def iam():
    return FakeIam()


@pytest.fixture
def clerk(iam):
    """`clerk(request, **policies)`: the verdict on the role `clerk` with these inline policies."""

    def ask(request, **policies):
        iam.inline["role", "clerk"] = policies
        return simulate_principal(iam, CLERK, read(iam, "role", "clerk"), request)

    return ask


def says(verdict):
    return {f"{answer.policy}.{answer.number}": answer.says for answer in verdict.answers}


def test_the_statement_that_allows_decides(clerk):
    verdict = clerk(READ, work=document(statement("sqs:*"), statement("s3:*")))
    assert (verdict.decision, verdict.why) == ("allowed", "statement 2 of work allows it, and none denies it.")
    assert [answer.decides for answer in verdict.answers] == [False, True]


def test_a_deny_decides_although_another_statement_allows(clerk):
    verdict = clerk(READ, allow=document(statement("*")), vault=document(statement("s3:*", effect="Deny")))
    assert verdict.decision == "explicitDeny"
    assert verdict.why == "statement 1 of vault denies it; a deny beats every allow."
    assert says(verdict) == {"allow.1": "allows it", "vault.1": "denies it"}
    assert [answer.policy for answer in verdict.answers if answer.decides] == ["vault"]


def test_without_any_policy_it_is_refused(clerk):
    verdict = clerk(READ)
    assert (verdict.decision, verdict.answers) == ("implicitDeny", [])
    assert verdict.why == "no statement allows it, and what nobody allows is refused."
    assert "Policy" not in repr(verdict)


def test_a_silent_statement_says_what_keeps_it_from_applying(clerk):
    condition = {"Condition": {"StringLike": {"s3:prefix": "public/*"}}}
    policy = document(
        statement("s3:PutObject"), statement("s3:GetObject", "arn:aws:s3:::other/*"), statement("s3:*", **condition)
    )
    assert list(says(clerk(READ, work=policy)).values()) == [
        "is about other actions",
        "is about other resources",
        "has a condition about s3:prefix, which was not given",
    ]
    secret = Request(READ.action, READ.resource, {"s3:prefix": "secret/"})
    assert says(clerk(secret, work=policy))["work.3"] == "has a condition that does not hold"
    public = Request(READ.action, READ.resource, {"s3:prefix": "public/"})
    assert clerk(public, work=policy).decision == "allowed"


def test_a_silent_deny_is_not_taken_for_one_that_applies(clerk):
    vault = document(statement("s3:*", f"{NOTES}/secret/*", effect="Deny"))
    assert says(clerk(READ, vault=vault)) == {"vault.1": "is about other resources"}


def test_a_permissions_boundary_limits_and_is_named(iam, clerk):
    iam.boundary = document(statement("sqs:*"))
    verdict = clerk(READ, work=document(statement("s3:*")))
    assert verdict.decision == "implicitDeny"
    assert verdict.why == "statement 1 of work allows it, but the permissions boundary does not."
    assert verdict.answers[-1].kind == "permissions boundary"


def test_a_users_groups_and_attached_policies_count(iam):
    iam.inline["group", "readers"] = {"read": document(statement("s3:GetObject"))}
    iam.attached = {"ada"}
    policies = read(iam, "user", "ada")
    assert [policy.kind for policy in policies] == ["attached, user ada", "inline, group readers"]
    verdict = simulate_principal(iam, ADA, policies, READ)
    assert verdict.why == "statement 1 of Everything and statement 1 of read allow it, and none denies it."


def test_policies_that_nobody_has_can_be_simulated(iam):
    assert simulate_policies(iam, [], READ).decision == "implicitDeny"
    policy = IdentityPolicy("new", "inline, role clerk", {"Version": "2012-10-17", "Statement": statement("s3:*")})
    assert simulate_policies(iam, [policy], READ).decision == "allowed"
    assert set(iam.asked) == {"custom"}


def test_a_verdict_reads_well_as_text_and_as_html(clerk):
    verdict = clerk(Request("s3:GetObject", NOTES, {"s3:prefix": "<a>"}), work=document(statement("s3:*")))
    assert repr(verdict).splitlines() == [
        "s3:GetObject on arn:aws:s3:::notes, s3:prefix = <a>",
        "allowed: statement 1 of work allows it, and none denies it.",
        "Policy  Kind                Statement  Says",
        "work    inline, role clerk  1          allows it  decides",
    ]
    assert "&lt;a&gt;" in verdict._repr_html_() and "var(--jp-success-color1)" in verdict._repr_html_()
