"""Roles and their sessions, as moto keeps them, and what it does not keep: which role it was that was assumed.

A session ends with its role (IAM User Guide, "Deleting roles or instance profiles", 2026-11), also if another role is
made under the same name. moto knows a session's role by its ARN alone.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from moto.iam.models import iam_backends
from moto.sts.models import STSBackend, sts_backends

_assume_role = STSBackend.assume_role
_role_ids: dict[str, str] = {}  # by the session's access key
_sessions: dict[str, Any] = {}
MOST = 10_000  # that are kept here; others are looked for again


def install() -> None:
    """Take notice of each role that is assumed."""
    STSBackend.assume_role = assume_role


@wraps(_assume_role)
def assume_role(self: STSBackend, *arguments: Any, **options: Any) -> Any:
    """`STSBackend.assume_role`."""
    session = _assume_role(self, *arguments, **options)
    if role := find_role(session.role_arn):
        _role_ids[session.access_key_id] = role.id
    return session


def forget(access_key_id: str) -> None:
    """The session is gone."""
    _role_ids.pop(access_key_id, None)
    _sessions.pop(access_key_id, None)


def is_orphan(session: Any) -> bool:
    """Whether the role that was assumed is gone."""
    role = find_role(session.role_arn)
    return role is None or _role_ids.get(session.access_key_id) != role.id


def find(key: str, account: str) -> Any:
    """moto's record of a role session. It keeps a list of them; what is found is kept, for a session never changes."""
    if key not in _sessions:
        found = sts_backends[account]["aws"].get_assumed_role_from_access_key(key)
        if found is None:
            return None
        if len(_sessions) >= MOST:
            _sessions.clear()
        _sessions[key] = found
    return _sessions[key]


def find_role(arn: str) -> Any | None:
    """moto's role of this ARN, None if there is none."""
    parts = arn.split(":", 5)
    if len(parts) < 6 or not (len(parts[4]) == 12 and parts[4].isdecimal()):
        return None
    name = arn.rpartition("/")[2]
    for role in list(iam_backends[parts[4]]["aws"].roles.values()):
        if role.name == name and role.arn == arn:
            return role
    return None
