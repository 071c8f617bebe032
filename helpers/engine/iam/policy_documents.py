"""Policies that IAM would not store are refused when they are given: moto looks at the grammar of identity-based ones
only, and at nothing in a trust policy.

A document that cannot be taken apart here is left to moto, which has AWS's words for that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from . import role_sessions
from .policy_evaluation import MalformedPolicyError, validate

# Operation: the parameter that holds the document.
TRUST = {"CreateRole": "AssumeRolePolicyDocument", "UpdateAssumeRolePolicy": "PolicyDocument"}
IDENTITY = ("CreatePolicy", "CreatePolicyVersion", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy")


def check(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of LocalStack's request chain; raises MalformedPolicyDocument."""
    if context.service is None or context.service.service_name != "iam" or context.operation is None:
        return
    operation = context.operation.name
    if operation not in TRUST and operation not in IDENTITY:
        return
    document = _parsed(context.service_request.get(TRUST.get(operation, "PolicyDocument")))
    if document is None:
        return
    try:
        validate(document, "trust" if operation in TRUST else "identity", lambda arn: _exists(arn, context.account_id))
    except MalformedPolicyError as error:
        raise CommonServiceException("MalformedPolicyDocument", str(error), 400, True) from None


def _parsed(text: object) -> Mapping | None:
    try:
        document = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    statements = document.get("Statement") if isinstance(document, dict) else None
    every = statements if isinstance(statements, list) else [statements]
    return document if all(isinstance(statement, dict) for statement in every) else None


def _exists(arn: str, account: str) -> bool:
    """Whether the user or role is there; of another account nothing is known here."""
    from moto.iam.models import iam_backends

    parts = arn.split(":")
    if parts[4] != account:
        return True
    if parts[5].startswith("role/"):
        return role_sessions.find_role(arn) is not None
    return any(user.arn == arn for user in iam_backends[account]["aws"].users.values())
