"""SimulatePrincipalPolicy and SimulateCustomPolicy say what really happens."""

import pytest
from authorization_kit import ACCOUNT, allow, document, refused, statement, unique

from helpers.iam.policies import read
from helpers.iam.simulation import Request, simulate_policies, simulate_principal

DENY = "explicitDeny"
OBJECT = "arn:aws:s3:::bucket/key"


@pytest.fixture
def simulate(actors):
    """`simulate(role, action, resource)`: the one result."""

    def ask(principal, action, *resources, **more):
        options = {"ResourceArns": list(resources)} if resources else {}
        return actors.iam.simulate_principal_policy(
            PolicySourceArn=principal.arn, ActionNames=[action], **options, **more
        )["EvaluationResults"][0]

    return ask


@pytest.mark.parametrize(
    ("policy", "decision"),
    [
        (allow("sqs:*"), "implicitDeny"),
        (allow("s3:GetObject", OBJECT), "allowed"),
        (allow("s3:GetObject", "arn:aws:s3:::other/*"), "implicitDeny"),
        (document(statement("s3:*"), statement("s3:GetObject", effect="Deny")), DENY),
    ],
)
def test_it_decides_as_the_engine_does(actors, simulate, policy, decision):
    role = actors.role(policy)
    result = simulate(role, "s3:GetObject", OBJECT)
    assert (result["EvalActionName"], result["EvalResourceName"]) == ("s3:GetObject", OBJECT)
    assert result["EvalDecision"] == decision
    assert [found["SourcePolicyId"] for found in result["MatchedStatements"]] == ["policy"] * (
        decision != "implicitDeny"
    )
    code = "NoSuchBucket" if decision == "allowed" else "AccessDenied"
    with refused(code):
        role.session()("s3").get_object(Bucket="bucket", Key="key")


def test_attached_policies_groups_and_boundaries_count(actors, simulate):
    user, group = actors.user(), unique("group")
    actors.iam.create_group(GroupName=group)
    actors.iam.add_user_to_group(GroupName=group, UserName=user.name)
    read = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    actors.iam.attach_group_policy(GroupName=group, PolicyArn=read)
    assert simulate(user, "s3:GetObject", OBJECT)["MatchedStatements"][0]["SourcePolicyId"] == read
    actors.iam.put_user_permissions_boundary(
        UserName=user.name, PermissionsBoundary="arn:aws:iam::aws:policy/AmazonSQSFullAccess"
    )
    bounded = simulate(user, "s3:GetObject", OBJECT)
    assert bounded["EvalDecision"] == "implicitDeny"
    assert bounded["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    actors.iam.remove_user_from_group(GroupName=group, UserName=user.name)
    actors.iam.detach_group_policy(GroupName=group, PolicyArn=read)
    actors.iam.delete_group(GroupName=group)


def test_a_key_that_a_policy_asks_for_is_missing_until_it_is_given(actors, simulate):
    role = actors.role(allow("s3:GetObject", Condition={"StringEquals": {"s3:ExistingObjectTag/team": "blue"}}))
    result = simulate(role, "s3:GetObject", OBJECT)
    assert (result["EvalDecision"], result["MissingContextValues"]) == ("implicitDeny", ["s3:ExistingObjectTag/team"])
    entry = {"ContextKeyName": "s3:ExistingObjectTag/team", "ContextKeyType": "string", "ContextKeyValues": ["blue"]}
    result = simulate(role, "s3:GetObject", OBJECT, ContextEntries=[entry])
    assert (result["EvalDecision"], result["MissingContextValues"]) == ("allowed", [])


def test_without_resources_it_asks_about_all_of_them(actors, simulate):
    assert simulate(actors.role(allow("s3:*")), "s3:GetObject")["EvalDecision"] == "allowed"
    assert simulate(actors.role(allow("s3:*", OBJECT)), "s3:GetObject")["EvalDecision"] == "implicitDeny"


def test_custom_policies_need_no_identity(actors):
    results = actors.iam.simulate_custom_policy(
        PolicyInputList=[allow("s3:GetObject", OBJECT), allow("sqs:*")],
        ActionNames=["s3:GetObject", "s3:PutObject"],
        ResourceArns=[OBJECT],
    )["EvaluationResults"]
    assert [result["EvalDecision"] for result in results] == ["allowed", "implicitDeny"]
    assert results[0]["MatchedStatements"][0]["SourcePolicyId"] == "PolicyInputList.1"


def test_what_is_not_there_cannot_be_simulated(actors):
    with refused("NoSuchEntity"):
        actors.iam.simulate_principal_policy(
            PolicySourceArn=f"arn:aws:iam::{ACCOUNT}:role/nobody", ActionNames=["s3:GetObject"]
        )


def test_each_statement_can_be_asked_alone(actors):
    """What the policy explorer of lab 02 shows, and what then really happens."""
    role = actors.role(document(statement("s3:*", OBJECT), statement("sqs:*")))
    vault = statement("s3:Get*", effect="Deny", Condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}})
    role.put(document(vault), "vault")

    def ask(**context):
        request = Request("s3:GetObject", OBJECT, {key.replace("_", ":"): value for key, value in context.items()})
        policies = read(actors.iam, "role", role.name)
        verdict = simulate_principal(actors.iam, role.arn, policies, request)
        assert simulate_policies(actors.iam, policies, request) == verdict
        return verdict.decision, {f"{answer.policy}.{answer.number}": answer.says for answer in verdict.answers}

    other = {"policy.1": "allows it", "policy.2": "is about other actions"}
    missing = "has a condition about aws:RequestedRegion, which was not given"
    assert ask() == ("allowed", {**other, "vault.1": missing})
    assert ask(aws_RequestedRegion="eu-west-1") == (DENY, {**other, "vault.1": "denies it"})
    assert ask(aws_RequestedRegion="us-east-1")[1]["vault.1"] == "has a condition that does not hold"
    with refused("NoSuchBucket"):
        role.session()("s3").get_object(Bucket="bucket", Key="key")
