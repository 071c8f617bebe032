"""Policies that IAM would not store, refused when they are given.

moto looks at the grammar of identity-based policies only, and at nothing in a trust policy. An identity-based policy
that cannot be taken apart here is left to moto, which has AWS's words for that; a trust policy is refused here, such as
a JSON text within a JSON text ("This policy contains invalid Json": AWS, recorded in LocalStack's
tests/aws/services/iam/test_iam.snapshot.json; for an identity-based policy "Syntax errors in policy.",
aws/bedrock-agentcore-starter-toolkit#402, 2026-11).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from moto.iam.models import iam_backends

from . import role_sessions
from .policy_evaluation import MalformedPolicyError, validate

_NO_OBJECT, _SYNTAX = "This policy contains invalid Json", "Syntax errors in policy."


def check_trust_policy(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler for CreateRole and UpdateAssumeRolePolicy; raises MalformedPolicyDocument."""
    request = context.service_request
    _check(request.get("AssumeRolePolicyDocument") or request.get("PolicyDocument"), "trust", context.account_id)


def check_identity_policy(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler for operations that store an identity-based policy; raises MalformedPolicyDocument."""
    _check(context.service_request.get("PolicyDocument"), "identity", context.account_id)


def _check(text: object, kind: Literal["trust", "identity"], account: str) -> None:
    document = _parsed(text)
    if document is None and kind == "identity":
        return
    try:
        if document is None:
            raise MalformedPolicyError(_NO_OBJECT if not _is_object(text) else _SYNTAX)
        validate(document, kind, lambda arn: _exists(arn, account))
    except MalformedPolicyError as error:
        raise CommonServiceException("MalformedPolicyDocument", str(error), 400, True) from None


def _is_object(text: object) -> bool:
    try:
        return isinstance(json.loads(text), dict) if isinstance(text, str) else False
    except ValueError:
        return False


def _parsed(text: object) -> Mapping[str, Any] | None:
    try:
        document = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    statements = document.get("Statement") if isinstance(document, dict) else None
    every = statements if isinstance(statements, list) else [statements]
    return document if all(isinstance(statement, dict) for statement in every) else None


def _exists(arn: str, account: str) -> bool:
    """Whether the user or role is there; of another account nothing is known here."""
    parts = arn.split(":")
    if parts[4] != account:
        return True
    if parts[5].startswith("role/"):
        return role_sessions.find_role(arn) is not None
    return any(user.arn == arn for user in iam_backends[account]["aws"].users.values())
