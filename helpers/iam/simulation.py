"""The statements that decide on a request, by SimulatePrincipalPolicy and SimulateCustomPolicy.

All policies are simulated first, then each statement alone. One that neither allows nor denies is simulated again
without its condition and for every resource, which shows why it does not apply. Source: IAM API Reference,
"SimulateCustomPolicy" (2026-11).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from helpers.iam.policies import BOUNDARY, IdentityPolicy
from helpers.table import Table

COLOURS = {"allowed": "success", "explicitDeny": "error", "implicitDeny": "warn"}


@dataclass(frozen=True)
class Request:
    """A request: an action ("s3:GetObject") on a resource (an ARN), and context keys with their values."""

    action: str
    resource: str = "*"
    context: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        keys = "".join(f", {key} = {value}" for key, value in self.context.items())
        return f"{self.action} on {self.resource}{keys}"

    def arguments(self) -> dict[str, Any]:
        """Return the request as parameters of both operations."""
        entries = [
            {"ContextKeyName": key, "ContextKeyType": "string", "ContextKeyValues": [value]}
            for key, value in self.context.items()
        ]
        return {"ActionNames": [self.action], "ResourceArns": [self.resource], "ContextEntries": entries}


@dataclass(frozen=True)
class Answer:
    """What statement `number` of the policy `policy` says about a request; `decides`: whether that is the decision."""

    policy: str
    kind: str
    number: int
    says: str
    decides: bool

    @property
    def row(self) -> tuple[str, ...]:
        """The answer as a row of a table."""
        return self.policy, self.kind, f"{self.number}", self.says, "decides" if self.decides else ""


@dataclass(frozen=True)
class Verdict:
    """The decision: "allowed", "explicitDeny" or "implicitDeny", `why` in a sentence, and each statement's answer."""

    request: Request
    decision: str
    why: str
    answers: Sequence[Answer]

    @property
    def table(self) -> Table:
        """The statements' answers."""
        return Table(("Policy", "Kind", "Statement", "Says", ""), [answer.row for answer in self.answers])

    def __repr__(self) -> str:
        head = f"{self.request}\n{self.decision}: {self.why}"
        return f"{head}\n{self.table}" if self.answers else head

    def _repr_html_(self) -> str:
        # JupyterLab's own variables: right in light and dark themes.
        style = f"border-left: 4px solid var(--jp-{COLOURS[self.decision]}-color1); padding-left: 8px"
        table = self.table._repr_html_() if self.answers else ""
        said = f"<strong>{self.decision}</strong>: {escape(self.why)}"
        return f'<div style="{style}"><code>{escape(str(self.request))}</code><br>{said}{table}</div>'


def simulate_principal(iam: Any, principal: str, policies: Sequence[IdentityPolicy], request: Request) -> Verdict:
    """Return IAM's decision on `request` of the role or user with the ARN `principal`, which has these policies."""
    asked = iam.simulate_principal_policy(PolicySourceArn=principal, **request.arguments())
    return _verdict(iam, policies, request, asked["EvaluationResults"][0]["EvalDecision"])


def simulate_policies(iam: Any, policies: Sequence[IdentityPolicy], request: Request) -> Verdict:
    """Return IAM's decision on `request` of a principal that would have these policies."""
    return _verdict(iam, policies, request, _ask(iam, policies, request)["EvalDecision"])


def _verdict(iam: Any, policies: Sequence[IdentityPolicy], request: Request, decision: str) -> Verdict:
    answers = [answer for policy in policies for answer in _answers(iam, policy, request, decision)]
    return Verdict(request, decision, _why(decision, answers), answers)


def _answers(iam: Any, policy: IdentityPolicy, request: Request, decision: str) -> Iterator[Answer]:
    wanted = {"allowed": "allows it", "explicitDeny": "denies it"}.get(decision)
    for number, statement in enumerate(policy.statements, 1):
        says = _says(iam, policy, statement, request)
        yield Answer(policy.name, policy.kind, number, says, says == wanted)


def _says(iam: Any, policy: IdentityPolicy, statement: Mapping[str, Any], request: Request) -> str:
    def ask(**changed: Any) -> dict[str, Any]:
        alone = {key: value for key, value in {**statement, **changed}.items() if value is not None}
        document = {"Version": policy.document.get("Version", "2008-10-17"), "Statement": [alone]}
        return _ask(iam, [IdentityPolicy(policy.name, "", document)], request)

    def silent(**changed: Any) -> bool:
        return bool(ask(**changed)["EvalDecision"] == "implicitDeny")

    result = ask()
    if result["EvalDecision"] != "implicitDeny":
        return "allows it" if result["EvalDecision"] == "allowed" else "denies it"
    if silent(Condition=None, Resource="*", NotResource=None):
        return "is about other actions"
    if silent(Condition=None):
        return "is about other resources"
    missing = ", ".join(result.get("MissingContextValues", []))
    return f"has a condition about {missing}, which was not given" if missing else "has a condition that does not hold"


def _ask(iam: Any, policies: Sequence[IdentityPolicy], request: Request) -> dict[str, Any]:
    identity = [json.dumps(policy.document) for policy in policies if policy.kind != BOUNDARY]
    boundary = [json.dumps(policy.document) for policy in policies if policy.kind == BOUNDARY]
    if not identity:
        return {"EvalDecision": "implicitDeny"}
    limits = {"PermissionsBoundaryPolicyInputList": boundary} if boundary else {}
    (result,) = iam.simulate_custom_policy(PolicyInputList=identity, **limits, **request.arguments())[
        "EvaluationResults"
    ]
    found: dict[str, Any] = result
    return found


def _why(decision: str, answers: Sequence[Answer]) -> str:
    deciding = [f"statement {answer.number} of {answer.policy}" for answer in answers if answer.decides]
    these, one = " and ".join(deciding), len(deciding) == 1
    if decision == "allowed":
        return f"{these} {'allows' if one else 'allow'} it, and none denies it."
    if decision == "explicitDeny":
        return f"{these} {'denies' if one else 'deny'} it; a deny beats every allow."
    limits = [answer for answer in answers if answer.kind == BOUNDARY]
    allowed = [answer for answer in answers if answer.says == "allows it" and answer.kind != BOUNDARY]
    if allowed and limits:
        return f"statement {allowed[0].number} of {allowed[0].policy} allows it, but the permissions boundary does not."
    return "no statement allows it, and what nobody allows is refused."
