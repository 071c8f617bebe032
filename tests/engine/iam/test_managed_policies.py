"""AWS's managed policies: the same in every account, attached in each by itself, and nobody's to change."""

import json

import pytest
from authorization_kit import refused
from kit import TRUST

BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
DENY = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}


def test_an_account_counts_what_it_has_attached_an_aws_managed_policy_to(client):
    one, other = (client("iam", account) for account in ("310000000016", "310000000017"))
    one.create_role(RoleName="counted", AssumeRolePolicyDocument=json.dumps(TRUST))
    one.attach_role_policy(RoleName="counted", PolicyArn=BASIC)
    assert [iam.get_policy(PolicyArn=BASIC)["Policy"]["AttachmentCount"] for iam in (one, other)] == [1, 0]


@pytest.mark.parametrize(
    ("operation", "request_"),
    [
        ("create_policy_version", {"PolicyDocument": json.dumps(DENY), "SetAsDefault": True}),
        ("set_default_policy_version", {"VersionId": "v1"}),
        ("delete_policy_version", {"VersionId": "v1"}),
        ("delete_policy", {}),
        ("tag_policy", {"Tags": [{"Key": "mine", "Value": "yes"}]}),
        ("untag_policy", {"TagKeys": ["mine"]}),
    ],
)
def test_nobody_changes_one(client, operation, request_):
    iam = client("iam", "310000000016")
    before = iam.get_policy(PolicyArn=BASIC)["Policy"]
    with refused("AccessDenied", "Policy is outside your own account."):
        getattr(iam, operation)(PolicyArn=BASIC, **request_)
    after = iam.get_policy(PolicyArn=BASIC)["Policy"]
    assert (after["DefaultVersionId"], after.get("Tags")) == (before["DefaultVersionId"], before.get("Tags"))
