"""Compiled statements: whether one applies to a request, and if not, because of which element.

Source: IAM User Guide, "IAM JSON policy elements reference" (2026-11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from . import wildcards
from .conditions import Condition, compile_conditions
from .errors import MalformedPolicyError
from .principals import PrincipalElement, Reach
from .requests import Request
from .variables import Template

ELEMENTS = frozenset(
    "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split()  # noqa: SIM905
)

Mismatch = Literal["Principal", "Action", "Resource", "Condition"]


class Statement:
    """One statement of a policy.

    `policy` is the policy's name, `sid` the statement's or "", `index` its place, from 0. `effect` is "Allow" or
    "Deny". `services` are those that its actions can belong to, in lower case; None for any. `context_keys` are the
    condition keys that it mentions, in lower case.
    """

    __slots__ = (
        "_actions", "_conditions", "_not_action", "_not_resource", "_principal", "_resources", "context_keys",
        "effect", "index", "policy", "services", "sid",
    )  # fmt: skip

    def __init__(self, statement: Mapping[str, Any], policy: str, index: int, *, variables: bool) -> None:
        self.policy, self.index, self.sid = policy, index, statement.get("Sid", "")
        self.effect = statement.get("Effect")
        if self.effect not in ("Allow", "Deny"):
            raise MalformedPolicyError(f"Effect must be Allow or Deny, not {self.effect!r}.")
        if unknown := sorted(set(statement) - ELEMENTS):
            raise MalformedPolicyError(f"There is no element {unknown[0]!r}.")
        principal, negated = _either(statement, "Principal")
        self._principal = None if principal is None else PrincipalElement(principal, negated=negated)
        actions, self._not_action = _either(statement, "Action")
        if actions is None:
            raise MalformedPolicyError("It must contain actions.")
        self._actions = [wildcards.whole(wildcards.pattern(text.lower())) for text in _texts(actions, "Action")]
        self.services = None if self._not_action else _services(_texts(actions, "Action"))
        resources, self._not_resource = _either(statement, "Resource")
        if resources is None and principal is None:
            # Trust policies have no resource, theirs is the role that they belong to; but they have a principal.
            raise MalformedPolicyError("It must contain resources.")
        self._resources = (
            None if resources is None else [_Resource(text, variables) for text in _texts(resources, "Resource")]
        )
        self._conditions: tuple[Condition, ...] = compile_conditions(
            statement.get("Condition", {}), variables=variables
        )
        self.context_keys = {key for condition in self._conditions for key in condition.keys}
        self.context_keys.update(key for resource in self._resources or () for key in resource.keys)

    def __repr__(self) -> str:
        return f"<{self.effect} {self.policy}[{self.index}]{self.sid and ' ' + self.sid}>"

    def mismatch(self, request: Request) -> Mismatch | None:
        """The first element that does not fit the request; None if the statement applies to it.

        `Principal` is for `reach` to judge.
        """
        action = request.action
        if any(pattern.fullmatch(action) for pattern in self._actions) is self._not_action:
            return "Action"
        if self._resources is not None and not self._resource_fits(request):
            return "Resource"
        context = request.context
        for condition in self._conditions:
            if not condition.holds(context):
                return "Condition"
        return None

    def reach(self, request: Request, bounded: bool = False) -> Reach:
        """How directly the statement, of a resource-based policy, names the request's principal; without a principal
        it names nobody.
        """
        return Reach.NONE if self._principal is None else self._principal.reach(request.principal, bounded)

    def _resource_fits(self, request: Request) -> bool:
        for resource in self._resources or ():
            fits = resource.fits(request)
            if fits is None and self._not_resource:
                return False  # a variable without a value makes the statement invalid
            if fits:
                return not self._not_resource
        return self._not_resource


class _Resource:
    __slots__ = ("_expression", "_head", "_template", "keys")

    def __init__(self, text: str, variables: bool) -> None:
        # Before the fifth colon variables have no meaning.
        parts = text.split(":", 5)
        in_arn = len(parts) == 6
        self._head = wildcards.pattern(":".join(parts[:5]) + ":") if in_arn else ""
        self._template = Template(parts[5] if in_arn else text, variables=variables)
        self.keys = self._template.keys
        fixed = self._template.fixed
        self._expression = None if fixed is None else wildcards.arn(self._head + fixed)

    def fits(self, request: Request) -> bool | None:
        """Whether the resource is meant; None if a variable has no value."""
        expression = self._expression
        if expression is None:
            tail = self._template.resolve(request.context)
            if tail is None:
                return None
            expression = wildcards.arn(self._head + tail)
        return expression.fullmatch(request.resource) is not None


def _either(statement: Mapping[str, Any], name: str) -> tuple[Any, bool]:
    """The element or its `Not...` twin, and whether it is the twin; None if there is neither."""
    if name in statement and f"Not{name}" in statement:
        raise MalformedPolicyError(f"{name} and Not{name} exclude each other.")
    negated = f"Not{name}" in statement
    return statement.get(f"Not{name}" if negated else name), negated


def _texts(value: Any, element: str) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise MalformedPolicyError(f"{element} must be a string or a list of strings.")
    return texts


def _services(actions: list[str]) -> frozenset[str] | None:
    services = [action.lower().partition(":")[0] for action in actions]
    return None if any("*" in service or "?" in service for service in services) else frozenset(services)
