"""Principals, and whom a `Principal` element names.

Source: IAM User Guide, "AWS JSON policy elements: Principal" and "... NotPrincipal", and "Policy evaluation for
requests within a single account" (2026-11).
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from .errors import MalformedPolicyError

KINDS = ("account", "user", "role session", "federated", "service", "anonymous")
TYPES = ("AWS", "Service", "Federated", "CanonicalUser")

_ACCOUNT = re.compile(r"(?:arn:[^:]+:iam::)?(\d{12})(?::root)?")


@dataclass(frozen=True, slots=True)
class Principal:
    """The one who makes a request.

    - "account": the root user; `arn` is arn:aws:iam::ACCOUNT:root
    - "user": an IAM user; `arn` is the user's
    - "role session": `arn` is arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION, `role_arn` the role's, with its path;
      for a role that nobody has assumed, as SimulatePrincipalPolicy asks about, both are the role's
    - "federated": who comes with a token of an identity provider to assume a role; `arn` is the provider, as
      `Principal` names it: an ARN, or a name such as cognito-identity.amazonaws.com
    - "service": `service` is the service principal, such as apigateway.amazonaws.com
    - "anonymous": nobody
    """

    kind: Literal["account", "user", "role session", "federated", "service", "anonymous"]
    arn: str = ""
    account: str | None = None
    role_arn: str | None = None
    service: str | None = None
    canonical_user: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no principal of kind {self.kind!r}; use one of {', '.join(KINDS)}.")
        if self.kind == "role session" and not self.role_arn:
            raise ValueError("A role session needs role_arn, the ARN of its role.")


class Reach(enum.IntEnum):
    """How directly a `Principal` element names a principal; more is more direct.

    ACCOUNT delegates: the account's own policies must allow, too. ROLE is limited by permissions boundaries and
    session policies. DIRECT (the user, the session, the service, or everybody) is not.
    """

    NONE = 0
    ACCOUNT = 1
    ROLE = 2
    DIRECT = 3


class PrincipalElement:
    """A compiled `Principal` or `NotPrincipal` element."""

    __slots__ = ("_accounts", "_everybody", "_named", "_negated")

    def __init__(self, element: str | Mapping[str, str | list[str]], *, negated: bool) -> None:
        self._negated = negated
        self._everybody = False
        self._accounts: set[str] = set()
        self._named: set[tuple[str, str]] = set()
        for kind, name in entries(element):
            if kind == "AWS" and name == "*":
                self._everybody = True
            elif kind == "AWS" and (account := _ACCOUNT.fullmatch(name)):
                self._accounts.add(account[1])
            else:
                self._named.add((kind, name))

    def reach(self, principal: Principal, bounded: bool) -> Reach:
        """How the element applies to `principal`, who has a permissions boundary if `bounded`."""
        if not self._negated:
            return self._reach(principal)
        # "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions
        # boundary policy attached, regardless of the values specified."
        return Reach.NONE if self._excepts(principal) and not bounded else Reach.DIRECT

    def _excepts(self, principal: Principal) -> bool:
        """Whether NotPrincipal spares the principal. Its account "must also" be named, and a session's role: "AWS
        might validate the account first, then the role, and then the assumed-role user". Naming the account alone
        spares its root user only.
        """
        if self._everybody:
            return True
        match principal.kind:
            case "user":
                levels = [principal.arn]
            case "role session":
                levels = [principal.arn, principal.role_arn or ""]
            case _:
                return self._reach(principal) is not Reach.NONE
        return principal.account in self._accounts and all(("AWS", arn) in self._named for arn in levels)

    def _reach(self, principal: Principal) -> Reach:
        named = self._named
        match principal.kind:
            case "service":
                direct = ("Service", principal.service) in named
            case "federated":
                direct = ("Federated", principal.arn) in named
            case "anonymous":
                direct = False
            case "account":
                direct = principal.account in self._accounts
            case _:
                direct = ("AWS", principal.arn) in named and principal.arn != principal.role_arn
        if direct or self._everybody:
            return Reach.DIRECT
        if principal.role_arn and ("AWS", principal.role_arn) in named:
            return Reach.ROLE
        if principal.kind in ("account", "user", "role session") and (
            principal.account in self._accounts or ("CanonicalUser", principal.canonical_user) in named
        ):
            return Reach.ACCOUNT
        return Reach.NONE


def entries(element: str | Mapping[str, str | list[str]]) -> Iterable[tuple[str, str]]:
    """The type and the name of each principal of an element; "*" is ("AWS", "*"). Raises MalformedPolicyError."""
    if element == "*":
        yield "AWS", "*"
        return
    if not isinstance(element, Mapping):
        raise MalformedPolicyError(f'Principal must be "*" or an object of {", ".join(TYPES)}, not {element!r}.')
    for kind, names in element.items():
        if kind not in TYPES:
            raise MalformedPolicyError(f"Principal has no type {kind!r}; use one of {', '.join(TYPES)}.")
        for name in names if isinstance(names, list) else [names]:
            if not isinstance(name, str):
                raise MalformedPolicyError(f"Principal's {kind} holds {name!r}, which is not a string.")
            yield kind, name
