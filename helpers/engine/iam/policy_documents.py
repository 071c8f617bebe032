"""Policies that IAM would not store, refused when they are given.

moto looks at the grammar of identity-based policies only, and at nothing in a trust policy. A document that cannot be
taken apart here is left to moto, which has AWS's words for that.
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


def check_trust_policy(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler for CreateRole and UpdateAssumeRolePolicy; raises MalformedPolicyDocument."""
    request = context.service_request
    _check(request.get("AssumeRolePolicyDocument") or request.get("PolicyDocument"), "trust", context.account_id)


def check_identity_policy(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler for operations that store an identity-based policy; raises MalformedPolicyDocument."""
    _check(context.service_request.get("PolicyDocument"), "identity", context.account_id)


def _check(text: object, kind: Literal["trust", "identity"], account: str) -> None:
    document = _parsed(text)
    if document is None:
        return
    try:
        validate(document, kind, lambda arn: _exists(arn, account))
    except MalformedPolicyError as error:
        raise CommonServiceException("MalformedPolicyDocument", str(error), 400, True) from None


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
