"""The service role of a stack: with it, CloudFormation may do what the role may; without, all.

CloudFormation User Guide, "CloudFormation service role" (2026-11).
"""

from __future__ import annotations

from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.cloudformation.engine.validations import ValidationError

from ..iam import trust


def check(role_arn: str | None, region: str) -> None:
    """Check that CloudFormation may assume the role. Raises: ValidationError, as recorded by LocalStack 4.9.2's
    tests (api/test_update_stack, 2024).
    """
    if role_arn and not trust.trusts(role_arn, "cloudformation", region):
        raise ValidationError(f"Role {role_arn} is invalid or cannot be assumed")


def session(role_arn: str, stack: Any) -> dict[str, str]:
    """Return credentials of the role, for one resource of a stack."""
    check(role_arn, stack.region_name)
    sts = connect_to(aws_access_key_id=stack.account_id, region_name=stack.region_name).sts
    answer = sts.request_metadata(service_principal="cloudformation").assume_role(
        RoleArn=role_arn, RoleSessionName="AWSCloudFormation"
    )
    given = answer["Credentials"]
    return {
        "accessKeyId": given["AccessKeyId"],
        "secretAccessKey": given["SecretAccessKey"],
        "sessionToken": given["SessionToken"],
    }
