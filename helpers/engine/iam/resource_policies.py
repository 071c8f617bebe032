"""Policies of resources: of functions, buckets, queues, topics, secrets, keys, log groups, and roles (trust policies).

Read from the service's own store at each request; only the parsed document is kept, by its text.
"""

from __future__ import annotations

from . import role_sessions
from .policy_evaluation import Policy, parse
from .services.registry import SERVICES
from .targets import Target

NAME = "resource-based policy"


def find_policy(target: Target) -> Policy | None:
    """The policy of a target's resource; None if it has none."""
    if target.is_trust:
        return trust_policy(target.resource)
    parts = target.resource.split(":", 5)
    if len(parts) < 6 or target.account is None:
        return None
    service = SERVICES.get(parts[2])
    if service is None or service.resource_policy is None:
        return None
    text = service.resource_policy(target.account, parts[3], parts[5])
    return parse(text, NAME) if text else None


def trust_policy(role_arn: str) -> Policy | None:
    """A role's trust policy."""
    role = role_sessions.find_role(role_arn)
    return role and parse(role.assume_role_policy_document, "trust policy")
