"""The caller: account root, an IAM user, a role session, an AWS service on somebody's behalf, or nobody.

| access key | caller |
|---|---|
| `test`, or twelve digits (an account id) | account root |
| of a user, active | that user |
| of a session that `AssumeRole` gave | that role |
| none at all | anonymous |
| any other | refused, as on AWS |

`authentication` has verified before that the caller has the key's secret. A call between services
(`internal_calls`) with a role's key is judged as the role; with the engine's own key it is the service named in the
header; with neither it is that of a forward access session, or bookkeeping of LocalStack's and allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from localstack.aws.api import RequestContext
from localstack.constants import INTERNAL_AWS_ACCESS_KEY_ID
from localstack.http import Request
from moto.iam.models import iam_backends

from . import access_keys, internal_calls, messages, role_sessions, signatures
from .policy_evaluation import Principal

UNSIGNED = "injectedaccesskey"  # LocalStack puts it into requests without an Authorization header
TRUSTED_SERVICES = frozenset({"cloudformation"})  # acts as its caller or as a stack's role, never as itself


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
        """Whether it is account root."""
        return self.principal.kind == "account"

    @property
    def user_id(self) -> str:
        """The unique id, `aws:userid`: a user's, a role's with the session's name (AROA…:name), the account's."""
        if self.entity is None:
            return self.account or ""
        if self.principal.kind == "role session":
            return f"{self.entity.id}:{self.principal.arn.rpartition('/')[2]}"
        return str(self.entity.id)


ANONYMOUS = Caller(Principal("anonymous", "anonymous"), None)
_roots: dict[str, Caller] = {}


def identify(context: RequestContext) -> Caller | None:
    """The caller; None for LocalStack's bookkeeping. Raises: AWS's error for a key that nobody has."""
    key = access_key(context)
    internal = internal_calls.parameters(context)
    if internal is not None and (access_keys.is_root(key) or is_internal_key(key)):
        service = internal.get("service_principal")
        if not service or service in TRUSTED_SERVICES:
            session = internal_calls.forwarded(context)
            return session.caller if session else None
        return from_service(service, internal.get("source_arn"))
    if access_keys.is_root(key):
        return root(key if access_keys.is_account(key) else context.account_id)
    if not key:
        return ANONYMOUS
    caller = from_key(key, context.account_id)
    if caller is None:
        raise messages.unknown_key(context.service.service_name)
    return caller


def access_key(context: RequestContext) -> str:
    """The access key id that the request is signed with, also in a presigned URL or an S3 form; "" if unsigned."""
    key = key_in(context.request)
    if not key and context.operation.name == "PostObject":
        return key_in_form(context.request.form)
    return key


def key_in(request: Request) -> str:
    """The access key id in the header, or in the query; "" if there is none."""
    return key_in_header(request) or key_in_query(request)


def key_in_header(request: Request) -> str:
    """The access key id of a signature, version 4, in the Authorization header; "" if there is none."""
    key = signatures.read_header(request.headers.get("Authorization", "")).access_key
    return "" if key == UNSIGNED else key


def key_in_query(request: Request) -> str:
    """The access key id of a presigned URL, version 4 or (S3) 2; "" if there is none."""
    return (request.args.get("AWSAccessKeyId") or request.args.get("X-Amz-Credential") or "").partition("/")[0]


def key_in_form(form: Mapping[str, str]) -> str:
    """The access key id of an S3 form, version 4 or 2; "" if there is none."""
    fields = {name.lower(): value for name, value in form.items()}
    return (fields.get("x-amz-credential") or fields.get("awsaccesskeyid") or "").partition("/")[0]


def is_internal_key(key: str) -> bool:
    """Whether it is LocalStack's own key."""
    return key == INTERNAL_AWS_ACCESS_KEY_ID


def root(account: str) -> Caller:
    """The root user of an account."""
    if account not in _roots:
        _roots[account] = Caller(Principal("account", f"arn:aws:iam::{account}:root", account), account)
    return _roots[account]


def from_service(service: str, source_arn: str | None) -> Caller:
    """An AWS service ("sns") that calls for `source_arn`."""
    name = f"{service}.amazonaws.com"
    return Caller(Principal("service", name, service=name), None, source_arn=source_arn)


def from_key(key: str, account: str) -> Caller | None:
    """The user or the role session that has this access key; None if nobody has, or it was made inactive."""
    backend = iam_backends[account]["aws"]
    found = backend.access_keys.get(key)
    if found is None or found.status != "Active":
        return None
    if found.role_arn:
        return from_session(key, found.role_arn, account)
    user = backend.users.get(found.user_name)
    return user and from_user(user, key)


def from_user(user: Any, key: str = "") -> Caller:
    """An IAM user (moto's)."""
    return Caller(Principal("user", user.arn, user.account_id), user.account_id, user, access_key=key)


def from_session(key: str, role_arn: str, account: str) -> Caller | None:
    """A role session; None once the role is gone."""
    role = role_sessions.find_role(role_arn)
    if role is None:
        return None
    session = role_sessions.find_session(key, account)
    return from_role(role, session.session_name if session else key, session, key)


def from_role(role: Any, session_name: str, session: Any = None, key: str = "") -> Caller:
    """A session of a role (moto's)."""
    account = role.account_id
    arn = f"arn:aws:sts::{account}:assumed-role/{role.name}/{session_name}"
    return Caller(Principal("role session", arn, account, role_arn=role.arn), account, role, session, key)


def iam_authorizer(caller: Caller, access_key: str) -> dict[str, str | None]:
    """`requestContext.authorizer.iam` of payload format 2.0: who signed a request to a function URL or an HTTP API."""
    return {
        "accessKey": access_key,
        "accountId": caller.account,
        "callerId": caller.user_id,
        "cognitoIdentity": None,
        "principalOrgId": None,
        "userArn": caller.principal.arn,
        "userId": caller.user_id,
    }
