"""AWS's managed policies: read once, for all accounts, and nobody's to change.

moto 5.1 parses all 1,400 of them anew for each account that calls IAM, 60 ms of processor time and 4 MB; whoever made
a version of one, or deleted it, was let. NEWER are those that AWS has made since that release, of which labs speak.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend

CHANGES = "CreatePolicyVersion DeletePolicy DeletePolicyVersion SetDefaultPolicyVersion TagPolicy UntagPolicy"

# AWS Managed Policy Reference (2026-11).
NEWER: dict[str, Any] = {
    "AWSLambdaBasicDurableExecutionRolePolicy": {
        "Path": "/service-role/",
        "DefaultVersionId": "v3",
        "CreateDate": "2025-12-02T15:04:00+00:00",
        "UpdateDate": "2026-02-12T18:01:00+00:00",
        "Document": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": [
                        "logs:CreateLogGroup",
                        "logs:CreateLogStream",
                        "logs:PutLogEvents",
                        "lambda:CheckpointDurableExecution",
                        "lambda:GetDurableExecutionState",
                    ],
                    "Resource": "*",
                }
            ],
        },
    }
}


def refuse_change(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before the CHANGES. Raises: AccessDenied (403); its words are from memory."""
    if (context.service_request or {}).get("PolicyArn", "").startswith("arn:aws:iam::aws:"):
        raise CommonServiceException("AccessDenied", "Policy is outside your own account.", 403, True)


def init_aws_policies(self: IAMBackend) -> list[AWSManagedPolicy]:
    """Replace `IAMBackend._init_aws_policies`: an account's own, for it counts what each is attached to."""
    return [_of(policy, self.account_id) for policy in _read(self.region_name)]


@cache
def _read(region: str) -> tuple[AWSManagedPolicy, ...]:
    policies = json.loads(aws_managed_policies_data) | NEWER
    return tuple(AWSManagedPolicy.from_data(name, "aws", region, policy) for name, policy in policies.items())


def _of(policy: AWSManagedPolicy, account: str) -> AWSManagedPolicy:
    own = object.__new__(AWSManagedPolicy)  # `copy.copy` takes five times as long, and there are 1,400
    own.__dict__.update(policy.__dict__, account_id=account)
    return own
