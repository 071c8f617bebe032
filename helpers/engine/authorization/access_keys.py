"""Access keys and their secrets: accounts' own, users', and role sessions'.

An account's root user has the access key `test` (account 000000000000) or the account's id, twelve digits; the secret
is derived from the engine's own (`helpers.credentials`). Users' and sessions' keys are kept by IAM and STS (moto).
"""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from helpers import credentials

from .. import settings

ROOT_KEY = "test"
_ACCOUNT = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A `secret` access key, and for a role session its token and when it expires (naive UTC)."""

    secret: str
    token: str = ""
    expiration: datetime | None = None


def install() -> None:
    """Make secrets unpredictable: moto's random numbers can be told from those that everybody sees (request ids)."""
    from moto.iam import models

    models.random_alphanumeric = random_alphanumeric


def random_alphanumeric(length: int) -> str:
    """`moto.iam.utils.random_alphanumeric`, from the system's random numbers."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))


def find(key: str, account: str) -> AccessKey | None:
    """What is known of an access key; None if nobody has it. `account`: the one in whose name the key was made."""
    if is_root(key):
        return root(key)
    from moto.iam.models import iam_backends

    found = iam_backends[account]["aws"].access_keys.get(key)
    if found is None:
        return None
    if not found.role_arn:
        return AccessKey(found.secret_access_key)
    session = find_session(key, account)
    return session and AccessKey(found.secret_access_key, session.session_token, session.expiration)


def is_root(key: str) -> bool:
    """`test`, or an account id."""
    return key == ROOT_KEY or is_account(key)


def is_account(key: str) -> bool:
    """Twelve digits."""
    return _ACCOUNT.fullmatch(key) is not None


@lru_cache(maxsize=1024)
def root(key: str) -> AccessKey:
    """A root user's."""
    return AccessKey(credentials.secret_access_key(engine_secret(), key))


@lru_cache
def engine_secret() -> str:
    """The engine's own secret: who has it may be root in every account."""
    return credentials.ensure_secret(settings.current().home)


_sessions: dict[str, Any] = {}


def find_session(key: str, account: str) -> Any:
    """moto's record of a role session. It keeps a list of them; what is found is kept, for a session never changes."""
    if key not in _sessions:
        from moto.sts.models import sts_backends

        found = sts_backends[account]["aws"].get_assumed_role_from_access_key(key)
        if found is None:
            return None
        if len(_sessions) >= 10_000:
            _sessions.clear()
        _sessions[key] = found
    return _sessions[key]
