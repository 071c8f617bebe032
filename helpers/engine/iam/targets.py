"""What a request is about: an action, a resource, and the account that owns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """One action on one resource.

    `shown` is what messages call the resource where that is not its ARN; `context`: condition keys of this action.
    """

    action: str
    resource: str = "*"
    account: str | None = None
    shown: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
