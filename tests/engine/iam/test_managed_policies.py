"""AWS's managed policies: the same in every account, and attached in each by itself."""

import json

from kit import TRUST

BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
DENY = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}


def test_an_account_counts_what_it_has_attached_an_aws_managed_policy_to(client):
    one, other = (client("iam", account) for account in ("310000000016", "310000000017"))
    one.create_role(RoleName="counted", AssumeRolePolicyDocument=json.dumps(TRUST))
    one.attach_role_policy(RoleName="counted", PolicyArn=BASIC)
    assert [iam.get_policy(PolicyArn=BASIC)["Policy"]["AttachmentCount"] for iam in (one, other)] == [1, 0]


def test_tags_of_one_account_are_on_no_policy_of_another(client):
    one, other = (client("iam", account) for account in ("310000000016", "310000000017"))
    one.tag_policy(PolicyArn=BASIC, Tags=[{"Key": "mine", "Value": "yes"}])
    assert other.get_policy(PolicyArn=BASIC)["Policy"].get("Tags", []) == []


def test_what_one_account_makes_the_default_is_not_that_of_another(client):
    one, other = (client("iam", account) for account in ("310000000018", "310000000019"))
    one.create_policy_version(PolicyArn=BASIC, PolicyDocument=json.dumps(DENY), SetAsDefault=True)
    assert [version["IsDefaultVersion"] for version in other.list_policy_versions(PolicyArn=BASIC)["Versions"]] == [
        True
    ]
