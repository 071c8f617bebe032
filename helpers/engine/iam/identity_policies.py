"""A caller's policies: its own and its groups', its permissions boundary, its session's.

Nothing is remembered between requests but parsed documents, by their text: a change counts from the next call on.
"""

from __future__ import annotations

import json
from typing import Any

from moto.iam.models import iam_backends

from .callers import Caller
from .policy_evaluation import Policy, PolicySet, parse

# The root user's, where its permissions are asked for at all: to assume a role.
ALL = parse('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', "root")


def collect(caller: Caller, resource: Policy | None = None) -> PolicySet:
    """All policies of a decision: the caller's, and the resource's."""
    entity = caller.entity
    if entity is None:
        return PolicySet(resource=resource)
    identity = attached_policies(entity)
    if hasattr(entity, "access_keys"):  # a user
        for group in groups_of(entity):
            identity += attached_policies(group)
    return PolicySet(identity, permissions_boundary(entity), session_policies(caller), resource)


def attached_policies(entity: Any) -> list[Policy]:
    """Inline and managed policies of a user, group or role (moto's)."""
    found = [parse(text, name) for name, text in list(entity.policies.items())]
    found += [parse(default_document(policy), arn) for arn, policy in list(entity.managed_policies.items())]
    return found


def documents_of(caller: Caller) -> list[str]:
    """The documents of all policies of a user or role, a user's groups included."""
    entities = [caller.entity, *(groups_of(caller.entity) if hasattr(caller.entity, "access_keys") else ())]
    inline = [text for entity in entities for text in entity.policies.values()]
    return inline + [default_document(policy) for entity in entities for policy in entity.managed_policies.values()]


def default_document(policy: Any) -> str:
    """The text of a managed policy's default version."""
    versions = policy.versions
    for version in versions:
        if version.version_id == policy.default_version_id:
            return version.document
    raise LookupError(f"{policy.arn} has no default version {policy.default_version_id}.")


def groups_of(user: Any) -> list[Any]:
    """The groups of a user."""
    return [group for group in list(iam_backends[user.account_id]["aws"].groups.values()) if user in group.users]


def permissions_boundary(entity: Any) -> list[Policy] | None:
    """The permissions boundary; None if there is none."""
    arn = _boundary_arn(entity)
    if not arn:
        return None
    policy = _managed_policy(arn, entity.account_id)
    return [parse(default_document(policy), arn)] if policy else []


def _boundary_arn(entity: Any) -> str | None:
    """Where moto keeps it for roles, or LocalStack for users."""
    if found := getattr(entity, "permissions_boundary_arn", None):
        return found
    found = getattr(entity, "permissions_boundary", None)
    return found.get("PermissionsBoundaryArn") if isinstance(found, dict) else found


def _managed_policy(arn: str, account: str) -> Any | None:
    """moto's managed policy, AWS's or the account's."""
    return iam_backends[account]["aws"].managed_policies.get(arn)


def session_policies(caller: Caller) -> list[Policy] | None:
    """The policy that was passed to AssumeRole; None if none was."""
    text = getattr(caller.session, "policy", None)
    if not text:
        return None
    return [parse(text if isinstance(text, str) else json.dumps(text), "session policy")]
