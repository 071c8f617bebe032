"""What a request is about: an action, a resource, the account that owns it, and condition keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ConditionKeys = dict[str, str | Sequence[str]]


ON_ROLES = ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")  # what a role's trust policy decides


@dataclass(frozen=True, slots=True)
class Target:
    """One action on one resource.

    `shown` is what messages call the resource where that is not its ARN; `context`: condition keys of this action.
    """

    action: str
    resource: str = "*"
    account: str | None = None
    shown: str = ""
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    @property
    def is_trust(self) -> bool:
        """Whether the resource is a role that is to be assumed."""
        return self.action.startswith(ON_ROLES)
