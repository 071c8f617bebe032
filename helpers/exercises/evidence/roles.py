"""Who calls whom, and may: the function that a caller names, and what its role's own policies allow."""

import re
from dataclasses import dataclass

from helpers.exercises.evidence.answers import allowing_statements
from helpers.iam.policies import listed

FUNCTION = re.compile(r"arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:([\w-]+)(?::([\w$*-]+))?")
NAMED = re.compile(r"^arn:\S+?:function:(?=.)")  # what stands before a function's name
INVOKE = "lambda:invokefunction"


@dataclass(frozen=True, order=True)
class Grant:
    """An action that is allowed, as it is written, on a resource. What NotAction and NotResource allow is "all but"."""

    action: str
    resource: str

    @property
    def callee(self) -> str | None:
        """The one function that it lets be called, whatever its version; None if it is another grant than that."""
        named = FUNCTION.fullmatch(self.resource)
        return named[1] if named and self.action.lower() == INVOKE else None

    @property
    def whole(self) -> bool:
        """Whether it is for the function as it is called by its name alone, and not for a version of it."""
        named = FUNCTION.fullmatch(self.resource)
        return bool(named) and named[2] is None

    def __str__(self) -> str:
        """Return it in words: a function by its name and, if there is one, its version."""
        return f"{self.action} on {NAMED.sub('', self.resource)}"


def grants(lab, role: str) -> list[Grant]:
    """Return what the policies of `role` allow, each action on each resource, except writing logs."""
    found = {
        Grant(action, resource)
        for statement in allowing_statements(lab, role)
        for action in _listed(statement, "Action")
        for resource in _listed(statement, "Resource")
    }
    return sorted(grant for grant in found if not grant.action.lower().startswith("logs:"))


def _listed(statement: dict, key: str) -> list[str]:
    if key in statement:
        return listed(statement[key])
    return [f"all but {' and '.join(listed(statement.get(f'Not{key}', 'nothing')))}"]


def may_call(found: list[Grant], wanted: set[str]) -> tuple[bool, str]:
    """Tell whether grants let the functions `wanted` be called and nothing else; and in words, what they allow."""
    if beyond := [grant for grant in found if grant.callee not in wanted]:
        return False, f"a role that allows too much: {', '.join(map(str, beyond))}"
    called = {grant.callee for grant in found if grant.whole}
    return called == wanted, f"a role that may call {' and '.join(sorted(called)) or 'no function'}"
