"""Role sessions of execution environments: LocalStack opens one for each environment and closes none.

On AWS a session expires after hours, with nothing to clean up. moto keeps every session in a list that is searched
from its beginning, so an engine that had started many environments would become slower, and never smaller.
"""

from __future__ import annotations

from datetime import datetime

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends
from moto.utilities.utils import get_partition

from . import role_sessions


def begin(role_arn: str, name: str, region: str, seconds: int) -> dict[str, str]:
    """Open a session of a role and return its credentials, as AssumeRole does. The caller has asked whether it may."""
    backend = sts_backends[role_arn.split(":")[4]][get_partition(region)]
    session = backend.assume_role(region, name, role_arn, None, seconds, None)
    return {
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret_access_key,
        "SessionToken": session.session_token,
    }


def keep(account: str, access_key_id: str) -> None:
    """Keep the session with this access key valid for as long as its environment exists.

    LocalStack opens it for an hour, and an environment that is always busy, or provisioned, lives longer.
    """
    if session := role_sessions.find_session(access_key_id, account):
        session.expiration = datetime.max


def end(account: str, region: str, access_key_id: str) -> None:
    """Forget the session with this access key; its environment is gone, so nobody signs with it any more."""
    partition = get_partition(region)
    iam_backends[account][partition].access_keys.pop(access_key_id, None)
    role_sessions.forget(access_key_id)
    sessions = sts_backends[account][partition].assumed_roles
    for session in list(sessions):
        if session.access_key_id == access_key_id:
            sessions.remove(session)  # from the same list: another may just be added to it
