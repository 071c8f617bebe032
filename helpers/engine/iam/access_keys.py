"""Access keys and their secrets: accounts' own, users', and role sessions'.

An account's root user has the access key `test` (account 000000000000) or the account's id, twelve digits; the secret
is derived from the engine's own (`backend.credentials`). Users' and sessions' keys are kept by IAM and STS (moto).
"""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from moto.iam.models import iam_backends

from helpers.backend import credentials

from .. import settings
from . import role_sessions

ROOT_KEY = "test"
_ACCOUNT = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A `secret` access key, and for a role session its token and when it expires (naive UTC)."""

    secret: str
    token: str = ""
    expiration: datetime | None = None


def random_alphanumeric(length: int) -> str:
    """`moto.iam.utils.random_alphanumeric`, from the system's random numbers."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))


def find_access_key(key: str, account: str) -> AccessKey | None:
    """The secret of an access key id; None if nobody has it. `account`: the one in whose name the key was made."""
    if is_root(key):
        return root_key(key)
    found = iam_backends[account]["aws"].access_keys.get(key)
    if found is None:
        return None
    if not found.role_arn:
        return AccessKey(found.secret_access_key)
    session = role_sessions.find_session(key, account)
    if session is None or role_sessions.is_orphan(session):
        return None
    return AccessKey(found.secret_access_key, session.session_token, session.expiration)


def is_root(key: str) -> bool:
    """Whether it is `test` or an account id."""
    return key == ROOT_KEY or is_account(key)


def is_account(key: str) -> bool:
    """Whether it is twelve digits."""
    return _ACCOUNT.fullmatch(key) is not None


@lru_cache(maxsize=1024)
def root_key(key: str) -> AccessKey:
    """The access key of a root user."""
    return AccessKey(credentials.secret_access_key(engine_secret(), key))


@lru_cache
def engine_secret() -> str:
    """The engine's own secret: who has it may be root in every account."""
    return credentials.ensure_secret(settings.current().home)
