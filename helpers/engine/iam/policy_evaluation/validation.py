"""Policies that IAM refuses with MalformedPolicyDocument and moto accepts; moto's own checks are not repeated.

The messages are IAM's, as users report them (hashicorp/terraform#13449 and #34231; tmaiaroto/aegis#33;
terraform-aws-modules/terraform-aws-iam#47; hashicorp/terraform-provider-aws#8905). What a Sid may have: IAM User
Guide, "Sid" (2026-11); resource-based policies have other rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from .errors import MalformedPolicyError
from .principals import entries

_IDENTITY = re.compile(r"arn:[^:]+:iam::\d{12}:(?:user|role)/.+")
_ACCOUNT = re.compile(r"\*|\d{12}|arn:[^:]+:(?:iam|sts)::\d{12}:.+|A[A-Z0-9]{15,}")
# IAM has a list of all services; what does not look like one is on no list.
_SERVICE = re.compile(r"[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)")
_SID = re.compile(r"[0-9A-Za-z]*")
_SIDS = "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
_ASSUMING = re.compile(r"(?:sts:.*|\*)", re.IGNORECASE)


def validate(
    document: str | Mapping[str, Any],
    kind: Literal["identity", "trust"],
    exists: Callable[[str], bool] = lambda arn: True,
) -> None:
    """Check a document before it is stored: for put_role_policy and create_policy "identity", for create_role and
    update_assume_role_policy "trust". `exists(arn)` says whether a user or a role is there.

    Raises MalformedPolicyError with IAM's message.
    """
    document = json.loads(document) if isinstance(document, str) else document
    statements = document["Statement"]
    for statement in [statements] if isinstance(statements, Mapping) else statements:
        has_principal = "Principal" in statement or "NotPrincipal" in statement
        if kind == "identity":
            if not _SID.fullmatch(str(statement.get("Sid", ""))):
                raise MalformedPolicyError(_SIDS)
            if has_principal:
                raise MalformedPolicyError("Policy document should not specify a principal.")
            continue
        if not has_principal:
            raise MalformedPolicyError(
                "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: "
                "The passed in policy has a statement with no principals!"
            )
        _trust(statement)
        for name in _invalid(statement.get("Principal", statement.get("NotPrincipal")), exists):
            raise MalformedPolicyError(f"Invalid principal in policy: {name}")


def _trust(statement: Mapping[str, Any]) -> None:
    """What holds for a statement of a trust policy and for no other."""
    if statement.get("Effect") not in ("Allow", "Deny"):
        raise MalformedPolicyError("The policy failed legacy parsing")
    for field in ("Resource", "NotResource"):
        if field in statement:
            raise MalformedPolicyError(f"Has prohibited field {field}")
    actions = statement.get("Action", [])
    if not all(_ASSUMING.fullmatch(action) for action in ([actions] if isinstance(actions, str) else actions)):
        raise MalformedPolicyError("AssumeRole policy may only specify STS AssumeRole actions.")


def _invalid(element: Any, exists: Callable[[str], bool]) -> Iterator[str]:
    for kind, name in entries(element):
        if kind == "AWS" and (not _ACCOUNT.fullmatch(name) or (_IDENTITY.fullmatch(name) and not exists(name))):
            yield f'"{kind}":"{name}"'
        elif kind == "Service" and not _SERVICE.fullmatch(name):
            yield f'"SERVICE":"{name}"'
