"""What a role's own policies allow, and which functions it may call."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpers.backend.session import Connection
from helpers.exercises.evidence.answers import allowing_statements
from helpers.iam.policies import listed

FUNCTION = re.compile(r"arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:([\w-]+)(?::([\w$*-]+))?")
NAMED = re.compile(r"^arn:\S+?:function:(?=.)")  # what stands before a function's name
INVOKE = "lambda:invokefunction"


@dataclass(frozen=True, order=True)
class Grant:
    """An allowed action on a resource, as the policy writes them; "all but …" for NotAction and NotResource."""

    action: str
    resource: str

    @property
    def callee(self) -> str | None:
        """The one function that it allows to be called, whatever the version; None if it allows anything else."""
        named = FUNCTION.fullmatch(self.resource)
        return named[1] if named and self.action.lower() == INVOKE else None

    @property
    def unqualified(self) -> bool:
        """Whether it is for the unqualified function, and not for a version or alias."""
        named = FUNCTION.fullmatch(self.resource)
        return named is not None and named[2] is None

    def __str__(self) -> str:
        """Return it in words: a function by its name and, if there is one, its version."""
        return f"{self.action} on {NAMED.sub('', self.resource)}"


def grants(lab: Connection, role: str) -> list[Grant]:
    """Return what the policies of `role` allow, each action on each resource, except writing logs."""
    found = {
        Grant(action, resource)
        for statement in allowing_statements(lab, role)
        for action in _listed(statement, "Action")
        for resource in _listed(statement, "Resource")
    }
    return sorted(grant for grant in found if not grant.action.lower().startswith("logs:"))


def _listed(statement: Mapping[str, Any], key: str) -> list[str]:
    if key in statement:
        return listed(statement[key])
    return [f"all but {' and '.join(listed(statement.get(f'Not{key}', 'nothing')))}"]


def may_call(found: list[Grant], wanted: set[str]) -> tuple[bool, str]:
    """Tell whether grants let the functions `wanted` be called and nothing else; and in words, what they allow."""
    if beyond := [grant for grant in found if grant.callee not in wanted]:
        return False, f"a role that allows too much: {', '.join(map(str, beyond))}"
    called = {grant.callee for grant in found if grant.callee and grant.unqualified}
    return called == wanted, f"a role that may call {' and '.join(sorted(called)) or 'no function'}"
