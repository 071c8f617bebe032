"""Policy explorer: the statement that decides on a principal's request, and the effect of an edited policy.

It asks SimulatePrincipalPolicy and SimulateCustomPolicy, on AWS as well: see `helpers.iam.simulation`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.errors import LabError
from helpers.iam import policies
from helpers.iam.policies import IdentityPolicy
from helpers.iam.simulation import Request, Verdict, simulate_policies, simulate_principal
from helpers.table import Table
from helpers.widgets.shared.base import Shown

# A resource to ask about (IAM User Guide, "Amazon Resource Names (ARNs)", 2026-11).
ARN = re.compile(r"\*|arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:.+")


@dataclass(frozen=True)
class Change:
    """An inline policy of `principal` as it would be, and (request, now, then) for each request asked so far."""

    principal: str
    policy: str
    document: dict[str, Any]
    decisions: list[tuple[Request, str, str]]

    @property
    def table(self) -> Table:
        """Each request with both decisions."""
        rows = [(str(r), now, f"{then}{'' if now == then else '  (changes)'}") for r, now, then in self.decisions]
        return Table(("Request", "now", f"with this {self.policy}"), rows)

    def __repr__(self) -> str:
        return repr(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


class PolicyExplorer(Shown):
    """Ask what a role or user of this account may do, and try an inline policy before applying it.

    `principal` and `verdict` are those of the last question, `change` is a preview that is not applied yet; None if
    there is none.
    """

    def __init__(self, lab: Connection):
        self._iam = lab.client("iam")
        self.verdict: Verdict | None = None
        self.change: Change | None = None
        self.principal: str | None = None
        self._asked: dict[str, list[Request]] = {}

    @property
    def principals(self) -> dict[str, str]:
        """The roles and users of the account: {"role/NAME": ARN}."""
        roles, users = pages.collect(self._iam, "list_roles", "Roles"), pages.collect(self._iam, "list_users", "Users")
        found = {f"role/{role['RoleName']}": role["Arn"] for role in roles}
        return dict(sorted(found.items())) | dict(sorted((f"user/{user['UserName']}", user["Arn"]) for user in users))

    def ask(
        self, principal: str, action: str, resource: str = "*", context: Mapping[str, str] | None = None
    ) -> Verdict:
        """Return the decision on `action` on `resource` (an ARN) for `principal` ("role/NAME" or "user/NAME").

        `context`: condition keys and values, such as {"s3:prefix": "public/"}.
        Raises: LabError if there is no such principal, or `resource` is not an ARN; what AWS answers if it refuses the
        question.
        """
        if not ARN.fullmatch(resource):
            raise LabError(
                f"{resource!r} is not an ARN, which has six parts (arn:aws:SERVICE:REGION:ACCOUNT:NAME; a part may be "
                "empty, as in arn:aws:s3:::BUCKET/KEY): copy one from an output, or ask about * for any resource."
            )
        arn, request = self._arn(principal), Request(action, resource, dict(context or {}))
        self.verdict = simulate_principal(self._iam, arn, self.policies(principal), request)
        self.principal, self.change = principal, None
        asked = self._asked.setdefault(principal, [])
        if request not in asked:
            asked.append(request)
        self._refresh()
        return self.verdict

    def policies(self, principal: str) -> list[IdentityPolicy]:
        """Return the policies of `principal`, its groups' and its permissions boundary included."""
        return policies.read(self._iam, *self._name(principal))

    def preview(self, policy: str, document: Mapping[str, Any]) -> Change:
        """Return what would change for the principal asked about, if its inline policy `policy` were `document`.

        Nothing is stored. Raises: LabError before the first question, or without a name; what AWS answers to a
        malformed document.
        """
        principal = self._asked_about()
        if not policy:
            raise LabError("Give the policy a name: the one of an inline policy replaces it, another is added.")
        kind = f"inline, {principal.replace('/', ' ')}"
        new = IdentityPolicy(policy, kind, dict(document))
        now = self.policies(principal)
        then = [new, *(old for old in now if (old.name, old.kind) != (policy, kind))]
        arn = self._arn(principal)
        decisions = [
            (
                request,
                simulate_principal(self._iam, arn, now, request).decision,
                simulate_policies(self._iam, then, request).decision,
            )
            for request in self._asked[principal]
        ]
        self.change = Change(principal, policy, new.document, decisions)
        self._refresh()
        return self.change

    def apply(self) -> Verdict:
        """Store what was previewed as an inline policy, and return the answer to the last question, asked again.

        Raises: LabError if nothing was previewed; what AWS answers if it refuses the policy.
        """
        if self.change is None or self.verdict is None:
            raise LabError("There is nothing to apply: preview a policy first.")
        kind, name = self._name(self.change.principal)
        put = getattr(self._iam, f"put_{kind}_policy")
        document = json.dumps(self.change.document)
        put(**{f"{kind.title()}Name": name}, PolicyName=self.change.policy, PolicyDocument=document)
        last = self.verdict.request
        return self.ask(self.change.principal, last.action, last.resource, last.context)

    def text(self) -> str:
        """Return the last answer, and what was previewed, as text."""
        if self.verdict is None:
            return "Policy explorer: nothing asked yet"
        preview = f"\nPreview of {self.change.policy}:\n{self.change}" if self.change else ""
        return f"{self.principal} asks for {self.verdict!r}{preview}"

    def html(self) -> str:
        """Return the last answer, and what was previewed, as HTML."""
        if self.verdict is None:
            return "<p>Policy explorer: nothing asked yet</p>"
        preview = f"<p>Preview of {escape(self.change.policy)}:</p>{self.change._repr_html_()}" if self.change else ""
        return f"<p><strong>{escape(self.principal or '')}</strong> asks for</p>{self.verdict._repr_html_()}{preview}"

    def view(self) -> Any:
        """Return the ipywidgets form."""
        from helpers.widgets.policy_explorer.form import PolicyForm

        self._form = PolicyForm(self)
        return self._form.box

    def _refresh(self) -> None:
        """Bring the form up to date, if there is one, after a method was called."""
        if self.is_shown:
            self._form.refresh()

    def _asked_about(self) -> str:
        if self.principal is None:
            raise LabError("No principal was asked about yet: ask a question first.")
        return self.principal

    def _arn(self, principal: str) -> str:
        known = self.principals
        if principal not in known:
            raise LabError(f"There is no {principal!r} in this account: choose one of {', '.join(known) or 'none'}.")
        return known[principal]

    def _name(self, principal: str) -> tuple[str, str]:
        kind, _, name = principal.partition("/")
        return kind, name
