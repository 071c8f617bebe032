"""Deciding on a request by all policies that apply to it.

In AWS's order: an explicit deny in any policy ends it. In the principal's own account the identity-based policies *or*
the resource-based policy must allow; across accounts both must. A permissions boundary and session policies limit what
the identity-based policies give, and what a resource-based policy gives to a *role*; what it gives to the user or to
the session itself (or to everybody) they do not limit, in the same account. Role trust policies and KMS key policies
must allow in any case.

Source: IAM User Guide, "Policy evaluation for requests within a single account", "Cross-account policy evaluation
logic" and "How AWS enforcement code logic evaluates requests"; the reasons' words from "Troubleshoot access denied
error messages" (2026-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .documents import Policy
from .principals import Reach
from .requests import Request
from .statements import Statement

Effect = Literal["allowed", "explicitDeny", "implicitDeny"]
PolicyType = Literal["identity", "resource", "boundary", "session", "root", "none"]

# "No permissions are required to perform this operation. If an administrator attaches a policy that explicitly denies
# access to the sts:GetCallerIdentity action, you can still perform this operation." (STS API Reference, 2026-11)
UNRESTRICTED = frozenset({"sts:getcalleridentity"})

_CALLED = {
    "identity": "identity-based policy",
    "resource": "resource-based policy",
    "boundary": "permissions boundary",
    "session": "session policy",
}


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies that apply to a request.

    `identity`: the principal's own and its groups'; `boundary`: the permissions boundary, None if there is none;
    `session`: the session's policies, None if there are none; `resource`: the resource's (a role's trust policy for
    sts:AssumeRole).
    """

    identity: Sequence[Policy] = field(default=())
    boundary: Sequence[Policy] | None = None
    session: Sequence[Policy] | None = None
    resource: Policy | None = None

    @property
    def about_tags(self) -> bool:
        """Whether one of them speaks of the tags of a resource."""
        kinds = (self.identity, self.boundary or (), self.session or (), (self.resource,) if self.resource else ())
        return any(policy.about_tags for kind in kinds for policy in kind)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. `effect` in the words of SimulatePrincipalPolicy.

    `decided_by` is the type of policy that allowed or that was in the way; "root" for the root user, "none" for what
    needs no permission. `statements` are those that decided: the denying or the allowing ones, none for an implicit
    deny. `policy_kind` is what AWS's messages call the policy ("identity-based policy"), `action` what was asked for.
    """

    effect: Effect
    decided_by: PolicyType
    statements: tuple[Statement, ...] = ()
    policy_kind: str = ""
    action: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the request may go on."""
        return self.effect == "allowed"

    @property
    def reason(self) -> str:
        """The end of AWS's message "User: … is not authorized to perform: … on resource: … "; "" if allowed."""
        return self.reason_with(self.action)

    def reason_with(self, action: str) -> str:
        """The reason, with the action as a service's messages spell it ("sqs:sendmessage")."""
        match self.effect:
            case "explicitDeny":
                article = "the" if self.policy_kind.startswith("role") else "an" if self.policy_kind[0] == "i" else "a"
                return f"with an explicit deny in {article} {self.policy_kind}"
            case "implicitDeny":
                return f"because no {self.policy_kind} allows the {action} action"
        return ""


def evaluate(request: Request, policies: PolicySet) -> Decision:
    """Decide on a request as AWS does."""
    if request.action in UNRESTRICTED and request.principal.kind != "anonymous":
        return Decision("allowed", "none")
    identity = _applying(request, policies.identity)
    boundary = None if policies.boundary is None else _applying(request, policies.boundary)
    session = None if policies.session is None else _applying(request, policies.session)
    reaches = _reaches(request, policies.resource, boundary is not None)
    resource = [statement for statement, _ in reaches]

    kinds: tuple[tuple[PolicyType, list[Statement]], ...] = (
        ("identity", identity), ("boundary", boundary or []), ("session", session or []), ("resource", resource),
    )  # fmt: skip
    for kind, statements in kinds:
        if denying := _with("Deny", statements):
            return Decision("explicitDeny", kind, denying, _called(kind, request), request.name)

    granted = {
        least: tuple(s for s, reach in reaches if reach >= least and s.effect == "Allow")
        for least in (Reach.ACCOUNT, Reach.ROLE, Reach.DIRECT)
    }
    caller = request.principal.kind
    if caller == "account" and request.same_account:
        return Decision("allowed", "root")
    if caller not in ("user", "role session"):
        # Nobody but the resource's policy speaks for these.
        return _allowed("resource", granted[Reach.ACCOUNT], request)
    given = _with("Allow", identity)
    if request.same_account:
        if granted[Reach.DIRECT]:
            return _allowed("resource", granted[Reach.DIRECT], request)
        if granted[Reach.ROLE]:
            decision = _allowed("resource", granted[Reach.ROLE], request)
        elif _must_trust(request, policies.resource) and not granted[Reach.ACCOUNT]:
            return _allowed("resource", (), request)
        else:
            decision = _allowed("identity", given, request)
    else:
        decision = _allowed("identity", given, request)
        if decision.allowed and not granted[Reach.ACCOUNT]:
            return _allowed("resource", (), request)
    if not decision.allowed:
        return decision
    if boundary is not None and not _with("Allow", boundary):
        return _allowed("boundary", (), request)
    if session is not None and not _with("Allow", session):
        return _allowed("session", (), request)
    return decision


def _applying(request: Request, policies: Iterable[Policy]) -> list[Statement]:
    service = request.service
    return [
        statement for policy in policies for statement in policy.about(service) if statement.mismatch(request) is None
    ]


def _reaches(request: Request, policy: Policy | None, bounded: bool) -> list[tuple[Statement, Reach]]:
    found = []
    for statement in policy.about(request.service) if policy else ():
        if (reach := statement.reach(request, bounded)) and statement.mismatch(request) is None:
            found.append((statement, reach))
    return found


def _with(effect: str, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements if statement.effect == effect)


def _allowed(kind: PolicyType, statements: tuple[Statement, ...], request: Request) -> Decision:
    """Allowed by these statements, or implicitly denied for want of any."""
    if statements:
        return Decision("allowed", kind, statements)
    return Decision("implicitDeny", kind, (), _called(kind, request), request.name)


def _assumes_role(request: Request) -> bool:
    return request.action.startswith("sts:assumerole")


def _must_trust(request: Request, policy: Policy | None) -> bool:
    """Whether even the own account's policies count only if the resource's policy trusts the account: "IAM role trust
    policies and KMS key policies are exceptions to this logic, because they must explicitly allow access".
    """
    if request.service == "sts":  # sts:TagSession is judged by the trust policy, too
        return policy is not None or _assumes_role(request)
    return request.service == "kms" and ":key/" in request.resource


def _called(kind: PolicyType, request: Request) -> str:
    return "role trust policy" if kind == "resource" and _assumes_role(request) else _CALLED[kind]
