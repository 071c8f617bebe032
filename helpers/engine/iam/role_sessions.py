"""Roles and role sessions: moto's records, and the role of each session, which moto does not keep.

A session ends with its role (IAM User Guide, "Deleting roles or instance profiles", 2026-11), also if another role is
made under the same name. moto knows a session's role by its ARN alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

from moto.iam.models import iam_backends
from moto.sts.models import STSBackend, sts_backends

MOST = 10_000  # sessions that are kept here; others are looked for again
_role_ids: dict[str, str] = {}  # by the session's access key
_sessions: dict[str, Any] = {}  # likewise
_roles: WeakValueDictionary[str, Any] = WeakValueDictionary()  # by ARN


def assume_role(original: Callable[..., Any], self: STSBackend, *arguments: Any, **options: Any) -> Any:
    """`STSBackend.assume_role`, which remembers the role's id."""
    session = original(self, *arguments, **options)
    if role := find_role(session.role_arn):
        _role_ids[session.access_key_id] = role.id
    return session


def forget(access_key_id: str) -> None:
    """Forget a session that is gone."""
    _role_ids.pop(access_key_id, None)
    _sessions.pop(access_key_id, None)


def is_orphan(session: Any) -> bool:
    """Whether the role that was assumed is gone."""
    role = find_role(session.role_arn)
    return role is None or _role_ids.get(session.access_key_id) != role.id


def find_session(key: str, account: str) -> Any:
    """moto's record of a role session, by its access key. moto keeps a list; what is found is kept, for it never
    changes.
    """
    if key not in _sessions:
        found = sts_backends[account]["aws"].get_assumed_role_from_access_key(key)
        if found is None:
            return None
        if len(_sessions) >= MOST:
            _sessions.clear()
        _sessions[key] = found
    return _sessions[key]


def find_role(arn: str) -> Any | None:
    """moto's role of this ARN, None if there is none. moto has roles by id; where one was found is remembered."""
    known = _roles.get(arn)
    if known is not None and iam_backends[known.account_id]["aws"].roles.get(known.id) is known:
        return known
    parts = arn.split(":", 5)
    if len(parts) < 6 or not (len(parts[4]) == 12 and parts[4].isdecimal()):
        return None
    name = arn.rpartition("/")[2]
    for role in list(iam_backends[parts[4]]["aws"].roles.values()):
        if role.name == name and role.arn == arn:
            _roles[arn] = role
            return role
    return None
