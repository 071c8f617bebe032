"""Who calls: account root, an IAM user, a role session, an AWS service for somebody, or nobody.

| access key | caller |
|---|---|
| `test`, or twelve digits (an account id), not from a function | account root |
| of a user, active | that user |
| of a session that `AssumeRole` gave | that role |
| none at all | anonymous |
| any other, `test` from a function included | refused, as on AWS |

A call between services (`internal_calls`) with a role's key is judged as the role; with the engine's own key it is the
service named in the header; with neither it is bookkeeping of LocalStack's and allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from localstack.aws.api import RequestContext
from localstack.constants import INTERNAL_AWS_ACCESS_KEY_ID
from localstack.http import Request

from ..policy_evaluation import Principal
from . import messages, peers
from .targets import Target

ROOT_KEY = "test"
UNSIGNED = "injectedaccesskey"  # LocalStack puts it into requests without an Authorization header
TRUSTED_SERVICES = frozenset({"cloudformation"})  # deploys as whoever created the stack, who may do all here
_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/")
_ACCOUNT = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True)
class Caller:
    """A `principal` and what is known of it.

    `entity`: moto's user or role, None for others; `session`: moto's record of the role session; `source_arn`: the
    resource that a service calls for.
    """

    principal: Principal
    account: str | None
    entity: Any = None
    session: Any = None
    access_key: str = ""
    source_arn: str | None = None

    @property
    def is_root(self) -> bool:
        """Account root."""
        return self.principal.kind == "account"


ANONYMOUS = Caller(Principal("anonymous", "anonymous"), None)
_roots: dict[str, Caller] = {}


def of(context: RequestContext) -> Caller | None:
    """The caller; None for LocalStack's bookkeeping. Raises AWS's error for a key that nobody has."""
    key = access_key(context)
    internal = context.internal_request_params
    if is_root_key(key) or is_internal_key(key):
        if internal is not None:
            service = internal.get("service_principal")
            if not service or service in TRUSTED_SERVICES:
                return None
            return of_service(service, internal.get("source_arn"))
        if is_internal_key(key) or peers.is_function(context.request):
            raise messages.unknown_key(context)
        # The account of a presigned URL is its key's: LocalStack looks for it in the header alone.
        return root(key if _ACCOUNT.fullmatch(key) else context.account_id)
    if not key:
        return ANONYMOUS
    caller = of_key(key, context.account_id)
    if caller is None:
        raise messages.unknown_key(context)
    service = (internal or {}).get("service_principal")
    if service and caller.principal.role_arn:
        _check_trust(context, caller.principal.role_arn, service)
    return caller


def _check_trust(context: RequestContext, role_arn: str, service: str) -> None:
    """Services keep sessions for long, API Gateway for ever: what counts is whether the role trusts them now."""
    from . import roles

    decision = roles.trust_decision(role_arn, service, context.region)
    if not decision.allowed:
        raise messages.denied(context, f"{service}.amazonaws.com", Target("sts:AssumeRole", role_arn), decision)


def access_key(context: RequestContext) -> str:
    """The access key id that the request is signed with, also in a presigned URL or an S3 form; "" if unsigned."""
    key = key_in(context.request)
    if not key and context.operation.name == "PostObject":
        return context.request.form.get("x-amz-credential", "").partition("/")[0]
    return key


def key_in(request: Request) -> str:
    """The access key id in the header, or in the query; "" if there is none."""
    header = request.headers.get("Authorization", "")
    if (found := _CREDENTIAL.search(header)) and found[1] != UNSIGNED:
        return found[1]
    if header.startswith("AWS "):  # signature version 2
        return header[4:].partition(":")[0]
    return (request.args.get("X-Amz-Credential") or request.args.get("AWSAccessKeyId") or "").partition("/")[0]


def is_root_key(key: str) -> bool:
    """`test`, or an account id."""
    return key == ROOT_KEY or _ACCOUNT.fullmatch(key) is not None


def is_internal_key(key: str) -> bool:
    """LocalStack's own."""
    return key == INTERNAL_AWS_ACCESS_KEY_ID


def root(account: str) -> Caller:
    """The root user of an account."""
    if account not in _roots:
        _roots[account] = Caller(Principal("account", f"arn:aws:iam::{account}:root", account), account)
    return _roots[account]


def of_service(service: str, source_arn: str | None) -> Caller:
    """An AWS service ("sns") that calls for `source_arn`."""
    name = f"{service}.amazonaws.com"
    return Caller(Principal("service", name, service=name), None, source_arn=source_arn)


def of_key(key: str, account: str) -> Caller | None:
    """The user or the role session that has this access key; None if nobody has, or it was made inactive."""
    from moto.iam.models import iam_backends

    backend = iam_backends[account]["aws"]
    found = backend.access_keys.get(key)
    if found is None or found.status != "Active":
        return None
    if found.role_arn:
        return of_session(key, found.role_arn, account)
    user = backend.users.get(found.user_name)
    return user and of_user(user, key)


def of_user(user: Any, key: str = "") -> Caller:
    """An IAM user (moto's)."""
    return Caller(Principal("user", user.arn, user.account_id), user.account_id, user, access_key=key)


def of_session(key: str, role_arn: str, account: str) -> Caller | None:
    """A role session; None once the role is gone."""
    role = find_role(role_arn)
    if role is None:
        return None
    session = _session(key, account)
    return of_role(role, session.session_name if session else key, session, key)


def of_role(role: Any, session_name: str, session: Any = None, key: str = "") -> Caller:
    """A session of a role (moto's)."""
    account = role.account_id
    arn = f"arn:aws:sts::{account}:assumed-role/{role.name}/{session_name}"
    return Caller(Principal("role session", arn, account, role_arn=role.arn), account, role, session, key)


def find_role(arn: str) -> Any | None:
    """moto's role of this ARN, None if there is none."""
    from moto.iam.models import iam_backends

    parts = arn.split(":", 5)
    if len(parts) < 6 or not _ACCOUNT.fullmatch(parts[4]):
        return None
    name = arn.rpartition("/")[2]
    for role in list(iam_backends[parts[4]]["aws"].roles.values()):
        if role.name == name and role.arn == arn:
            return role
    return None


_sessions: dict[str, Any] = {}


def _session(key: str, account: str) -> Any:
    """moto keeps sessions in a list; what is found there is kept, for a session never changes."""
    if key not in _sessions:
        from moto.sts.models import sts_backends

        found = sts_backends[account]["aws"].get_assumed_role_from_access_key(key)
        if found is None:
            return None
        if len(_sessions) >= 10_000:
            _sessions.clear()
        _sessions[key] = found
    return _sessions[key]
