"""All policies together. The expectations are AWS's: IAM User Guide, "Policy evaluation logic" (2026-11)."""

import pytest
from policy_kit import (
    FUNCTION,
    HERE,
    INVOKE,
    NOBODY,
    ROLE,
    ROOT,
    SESSION,
    SNS,
    THERE,
    USER,
    allow,
    ask,
    deny,
    policy,
    statement,
)  # fmt: skip

ELSEWHERE = FUNCTION.replace(HERE, THERE)
NOTHING = allow(action="s3:GetObject")


def to(name, kind="AWS"):
    """A resource-based policy that allows everything to one principal."""
    return allow(Principal={kind: name} if name != "*" else "*")


@pytest.mark.parametrize("principal", [USER, SESSION])
def test_without_a_policy_everything_is_denied_and_the_reason_is_in_awss_words(principal):
    decision = ask(principal)
    assert (decision.effect, decision.decided_by, decision.statements) == ("implicitDeny", "identity", ())
    assert decision.reason == "because no identity-based policy allows the lambda:InvokeFunction action"


def test_an_allow_says_which_statement_it_was():
    other, wanted = statement(action="s3:*", Sid="Other"), statement(Sid="Wanted")
    decision = ask(identity=[NOTHING, policy(other, wanted, name="mine")])
    assert decision.allowed and decision.reason == ""
    assert [(s.policy, s.index, s.sid, s.effect) for s in decision.statements] == [("mine", 1, "Wanted", "Allow")]


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("identity", "an explicit deny in an identity-based policy"),
        ("boundary", "an explicit deny in a permissions boundary"),
        ("session", "an explicit deny in a session policy"),
        ("resource_policy", "an explicit deny in a resource-based policy"),
    ],
)
def test_an_explicit_deny_anywhere_wins(kind, called):
    rules = [statement(), statement("Deny", Sid="No")]
    if kind == "resource_policy":
        rules = [{**rule, "Principal": "*"} for rule in rules]
    decision = ask(SESSION, **{"identity": allow(), kind: policy(*rules)})
    assert (decision.effect, decision.reason) == ("explicitDeny", f"with {called}")
    assert [s.sid for s in decision.statements] == ["No"]


def test_in_ones_own_account_either_policy_is_enough():
    assert ask(identity=allow()).allowed
    assert ask(resource_policy=to(USER.arn)).decided_by == "resource"


@pytest.mark.parametrize("name", [USER.arn, HERE, "*"])
def test_across_accounts_both_policies_must_allow(name):
    across = {"resource": ELSEWHERE, "owner": THERE}
    assert ask(identity=allow(), resource_policy=to(name), **across).allowed
    assert "no identity-based policy" in ask(resource_policy=to(name), **across).reason
    alone = ask(identity=allow(), **across)
    assert (alone.effect, alone.decided_by) == ("implicitDeny", "resource")
    assert alone.reason == "because no resource-based policy allows the lambda:InvokeFunction action"


@pytest.mark.parametrize("name", [HERE, f"arn:aws:iam::{HERE}:root"])
def test_naming_the_own_account_only_delegates(name):
    assert not ask(resource_policy=to(name)).allowed
    assert ask(resource_policy=to(name), identity=allow()).decided_by == "identity"


def test_a_permissions_boundary_limits_but_does_not_grant():
    assert ask(identity=allow(), boundary=allow()).allowed
    assert not ask(boundary=allow()).allowed
    refused = ask(identity=allow(), boundary=NOTHING)
    assert refused.reason == "because no permissions boundary allows the lambda:InvokeFunction action"
    assert not ask(identity=allow(), boundary=[]).allowed


def test_a_session_policy_limits_but_does_not_grant_and_several_add_up():
    assert ask(SESSION, identity=allow(), session=[NOTHING, allow()]).allowed
    assert not ask(SESSION, session=allow()).allowed
    refused = ask(SESSION, identity=allow(), session=NOTHING)
    assert refused.reason == "because no session policy allows the lambda:InvokeFunction action"


# "Resource-based policies that grant permissions to an IAM role ARN are limited by an implicit deny in a permissions
# boundary or session policy"; those to a role session, an IAM user or everybody (with the account's own) are not.
@pytest.mark.parametrize(
    ("principal", "name", "limits", "allowed"),
    [
        (USER, USER.arn, {"boundary": NOTHING}, True),
        (USER, "*", {"boundary": NOTHING}, True),
        (SESSION, SESSION.arn, {"boundary": NOTHING}, True),
        (SESSION, SESSION.arn, {"session": NOTHING}, True),
        (SESSION, "*", {"boundary": NOTHING, "session": NOTHING}, True),
        (SESSION, ROLE, {}, True),
        (SESSION, ROLE, {"boundary": NOTHING}, False),
        (SESSION, ROLE, {"session": NOTHING}, False),
        (SESSION, ROLE, {"boundary": allow(), "session": allow()}, True),
    ],
)
def test_what_a_resource_policy_gives_is_limited_only_for_a_role(principal, name, limits, allowed):
    assert ask(principal, resource_policy=to(name), **limits).allowed is allowed


def test_across_accounts_nothing_passes_by_boundary_and_session_policy():
    across = {"resource": ELSEWHERE, "owner": THERE, "identity": allow(), "resource_policy": to(SESSION.arn)}
    assert ask(SESSION, **across).allowed
    assert ask(SESSION, boundary=NOTHING, **across).decided_by == "boundary"
    assert ask(SESSION, session=NOTHING, **across).decided_by == "session"


def test_a_service_is_allowed_by_the_resources_policy_alone():
    assert not ask(SNS, identity=allow()).allowed
    assert ask(SNS, resource_policy=to("sns.amazonaws.com", "Service")).allowed
    assert ask(SNS, resource_policy=to("*")).allowed
    assert not ask(SNS, resource_policy=to("s3.amazonaws.com", "Service")).allowed


def test_nobody_is_allowed_where_everybody_is():
    assert ask(NOBODY, resource_policy=to("*")).allowed
    assert ask(NOBODY, resource_policy=allow(Principal={"AWS": "*"})).allowed
    assert not ask(NOBODY, resource_policy=to(USER.arn)).allowed
    assert not ask(NOBODY).allowed


def test_the_root_user_may_do_all_at_home_unless_a_resource_policy_denies():
    assert ask(ROOT).decided_by == "root"
    assert ask(ROOT, resource_policy=deny(Principal="*")).effect == "explicitDeny"
    assert not ask(ROOT, owner=THERE).allowed
    assert ask(ROOT, owner=THERE, resource_policy=to(HERE)).allowed


# "IAM role trust policies and KMS key policies are exceptions to this logic, because they must explicitly allow".
@pytest.mark.parametrize(
    ("action", "resource"), [("sts:AssumeRole", ROLE), ("kms:Decrypt", f"arn:aws:kms:us-east-1:{HERE}:key/1")]
)
def test_trust_and_key_policies_must_allow_even_at_home(action, resource):
    asked = {"action": action, "resource": resource, "identity": allow(action=action)}
    element = None if action.startswith("sts") else "*"

    def trust(name):
        return allow(action=action, resource=element, Principal={"AWS": name})

    assert not ask(**asked).allowed
    assert not ask(**asked, resource_policy=trust(f"arn:aws:iam::{HERE}:user/bob")).allowed
    assert ask(**asked, resource_policy=trust(HERE)).allowed
    assert ask(**{**asked, "identity": []}, resource_policy=trust(USER.arn)).allowed
    assert not ask(**{**asked, "identity": []}, resource_policy=trust(HERE)).allowed


def test_a_trust_policy_is_called_so():
    asked = {"action": "sts:AssumeRole", "resource": ROLE}
    assert ask(**asked).reason == "because no role trust policy allows the sts:AssumeRole action"
    denied = ask(**asked, resource_policy=deny(action="*", resource=None, Principal="*"))
    assert denied.reason == "with an explicit deny in the role trust policy"


def test_a_service_assumes_a_role_that_trusts_it():
    trust = allow(action="sts:AssumeRole", resource=None, Principal={"Service": "sns.amazonaws.com"})
    assert ask(SNS, "sts:AssumeRole", ROLE, resource_policy=trust).allowed
    assert not ask(SNS, "sts:TagSession", ROLE, resource_policy=trust).allowed


def test_keys_can_be_listed_without_a_key_policy():
    assert ask(action="kms:ListKeys", resource="*", identity=allow(action="kms:*")).allowed


def test_everybody_may_ask_who_they_are_even_if_denied():
    assert ask(action="sts:GetCallerIdentity", resource="*", identity=deny(action="*")).allowed


def test_a_resource_policy_that_names_nobody_allows_nobody():
    assert not ask(resource_policy=allow()).allowed
    assert not ask(NOBODY, resource_policy=allow()).allowed


def test_not_principal_denies_whoever_has_a_permissions_boundary():
    spared = deny(NotPrincipal={"AWS": [USER.arn, HERE]})
    assert ask(identity=allow(), resource_policy=spared).allowed
    assert ask(identity=allow(), boundary=allow(), resource_policy=spared).effect == "explicitDeny"


def test_an_owner_that_is_not_known_counts_as_the_own_account():
    assert ask(owner=None, identity=allow()).allowed


def test_a_decision_names_the_action_as_it_was_asked():
    assert "LAMBDA:invokefunction" in ask(action="LAMBDA:invokefunction").reason
    assert ask(action="LAMBDA:invokefunction", identity=allow(action=INVOKE)).allowed
