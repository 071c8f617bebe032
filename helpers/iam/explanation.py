"""Explanations of AccessDenied: AWS's error, the policies that applied, and a statement that would allow it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html import escape
from typing import Any

from botocore.exceptions import ClientError

from helpers.backend.session import Connection
from helpers.errors import LabError
from helpers.iam import policies
from helpers.iam.policies import IdentityPolicy, listed
from helpers.table import Table

# AWS's form: IAM User Guide, "Troubleshoot access denied error messages", 2026-11.
MESSAGE = re.compile(
    r"User: (?P<who>\S+) is not authorized to perform: (?P<action>[\w-]+:\w+)"
    r"(?: on resource: \\?\"?(?P<resource>[^\s\"\\]+)\\?\"?)?"
    r"(?: (?P<reason>because no [\w -]+? allows|with an explicit deny in an? [\w -]+))?"
)
SESSION = re.compile(r"arn:aws[\w-]*:sts::(\d{12}):assumed-role/([^/]+)/")
LEFT = "text-align: left"  # JupyterLab would put it to the right
FIXED = "font-family: var(--jp-code-font-family, monospace)"  # it has none for what stands in an output
USER = re.compile(r"arn:aws[\w-]*:iam::(\d{12}):user/(?:.*/)?([^/]+)")


@dataclass(frozen=True)
class Explanation:
    """A refusal, taken apart.

    `who` asked for `action` on `resource`; `reason` in AWS's words; `asked` has a row for each policy and what it says;
    `statement` is the smallest that would allow it, None if none can; `advice` says where it goes.
    """

    who: str
    action: str
    resource: str
    reason: str
    asked: Table
    statement: dict[str, Any] | None
    advice: str

    def __repr__(self) -> str:
        facts = [("Who", self.who), ("Action", self.action), ("Resource", self.resource), ("Why not", self.reason)]
        lines = [f"{name + ':':9} {value}" for name, value in facts]
        lines += ["Asked:"] + [f"  {line}" for line in repr(self.asked).splitlines()]
        lines.append(self.advice)
        if self.statement:
            lines.append(json.dumps(self.statement, indent=2))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        facts = (("Who", self.who), ("Action", self.action), ("Resource", self.resource), ("Why not", self.reason))
        rows = "".join(
            f'<tr><th style="{LEFT}">{name}</th><td style="{LEFT}"><code>{escape(value)}</code></td></tr>'
            for name, value in facts
        )
        text = escape(json.dumps(self.statement, indent=2))
        statement = f'<pre style="{FIXED}">{text}</pre>' if self.statement else ""
        return f"<table>{rows}</table>{self.asked._repr_html_()}<p>{escape(self.advice)}</p>{statement}"


def explain(lab: Connection, error: object) -> Explanation:
    """Return who was refused what, what each policy says, and the smallest statement that would allow it.

    `error`: a botocore.exceptions.ClientError, or the payload of a function that raised one (text, or a dict with
    errorMessage). Policies are read through IAM and judged by SimulateCustomPolicy, on AWS as well.
    Raises: LabError if the error is not a refusal by AWS.
    """
    text = error if isinstance(error, str) else str(error) if isinstance(error, ClientError) else json.dumps(error)
    found = MESSAGE.search(text)
    if not found:
        raise LabError("This is not a refusal by IAM: explain an error that says 'is not authorized to perform'.")
    who = found["who"]
    action = _spelled(lab, found["action"])
    resource = found["resource"] or "*"
    reason = (found["reason"] or "the error gives no reason").removesuffix(" allows")
    if reason.startswith("because"):
        reason += " allows it"
    iam = lab.client("iam")
    found_policies = _policies(iam, who, lab.account)
    answers = [(policy.name, policy.kind, _answer(iam, policy, action, resource)) for policy in found_policies]
    if "resource-based" in reason or not found_policies:
        answers.append(
            (resource, "policy of the resource", "denies it" if "explicit" in reason else "does not allow it")
        )
    statement, advice = _remedy(who, action, resource, reason, answers)
    return Explanation(who, action, resource, reason, Table(("Policy", "Kind", "Answer"), answers), statement, advice)


def _policies(iam: Any, who: str, account: str) -> list[IdentityPolicy]:
    """The caller's policies that can be read: those of a role or a user of this account."""
    if (session := SESSION.match(who)) and session[1] == account:
        return policies.read(iam, "role", session[2])
    if (user := USER.match(who)) and user[1] == account:
        return policies.read(iam, "user", user[2])
    return []


def _answer(iam: Any, policy: IdentityPolicy, action: str, resource: str) -> str:
    """What one policy says about it."""
    (result,) = iam.simulate_custom_policy(
        PolicyInputList=[json.dumps(policy.document)], ActionNames=[action], ResourceArns=[resource]
    )["EvaluationResults"]
    if result["EvalDecision"] != "implicitDeny":
        return "allows it" if result["EvalDecision"] == "allowed" else "denies it"
    named = [statement for statement in policy.statements if _names(statement, action)]
    if not named:
        return f"does not mention {action}"
    if any(_matches(resource, statement.get("Resource", "*")) for statement in named):
        return "allows it only under a condition"
    resources = sorted({resource for statement in named for resource in listed(statement.get("Resource", []))})
    return f"allows it only on {', '.join(resources)}"


def _names(statement: Mapping[str, Any], action: str) -> bool:
    actions = [pattern.lower() for pattern in listed(statement.get("Action", []))]
    return statement["Effect"] == "Allow" and _matches(action.lower(), actions)


def _matches(text: str, patterns: object) -> bool:
    return any(fnmatchcase(text, pattern.replace("[", "[[]")) for pattern in listed(patterns))


def _spelled(lab: Connection, action: str) -> str:
    """The action as policies spell it: SQS's errors have "sqs:sendmessage", SNS's "SNS:Publish"."""
    service, _, name = action.partition(":")
    service = service.lower()
    if service not in ("sqs", "sns"):
        return action
    operations = lab.client(service).meta.service_model.operation_names
    return f"{service}:{next((known for known in operations if known.lower() == name.lower()), name)}"


def _remedy(
    who: str, action: str, resource: str, reason: str, answers: Sequence[tuple[str, str, str]]
) -> tuple[dict[str, Any] | None, str]:
    """The smallest statement, and where it goes."""
    # A log group's ARN in a policy ends with :*, which covers the group and its streams.
    covered = resource.partition(":log-stream:")[0] + ":*" if ":log-stream:" in resource else resource
    statement = {"Effect": "Allow", "Action": action, "Resource": covered}
    if "explicit deny" in reason:
        denying = [name for name, _, answer in answers if answer == "denies it"]
        return None, f"No statement helps against a deny: narrow or remove it in {', '.join(denying) or 'that policy'}."
    if action == "sts:AssumeRole":
        trust = {"Effect": "Allow", "Principal": {"AWS": who}, "Action": action}
        return trust, f"This statement, in the trust policy of {resource.rpartition('/')[2]}, would allow it:"
    if "resource-based" in reason:
        kind = "AWS" if who.startswith("arn:") else "Service"
        return {**statement, "Principal": {kind: who}}, "This statement, in the policy of the resource, would allow it:"
    if "boundary" in reason:
        return statement, "This statement, in the permissions boundary, would allow it:"
    if "session policy" in reason:
        return statement, "This statement, in the policy given to AssumeRole, would allow it:"
    owner = SESSION.match(who) or USER.match(who)
    where = f"of {owner[2]}" if owner else "of who asks"
    return statement, f"This statement, in a policy {where}, would allow it:"
