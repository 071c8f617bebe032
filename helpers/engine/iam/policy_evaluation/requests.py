"""Authorization requests: principal, action, resource, context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .principals import Principal


class Request:
    """One action on one resource.

    - `action` as policies name it: "lambda:InvokeFunction"; case does not matter
    - `resource`: its ARN, or "*" where the action has no resource (`lambda:ListFunctions`)
    - `resource_account`: the account that owns the resource; None if that is not known or makes no difference, which
      counts as the principal's own
    - `context`: the condition keys of the request and their values, a string or several. Case of keys does not
      matter. Nothing is added: `aws:PrincipalArn` and the like have to be given, too.
    """

    __slots__ = ("action", "context", "name", "principal", "resource", "resource_account", "service")

    def __init__(
        self,
        principal: Principal,
        action: str,
        resource: str,
        resource_account: str | None = None,
        context: Mapping[str, Sequence[str] | str] | None = None,
    ) -> None:
        self.principal = principal
        self.name = action
        self.action = action.lower()
        self.service = self.action.partition(":")[0]
        self.resource = resource
        self.resource_account = resource_account
        self.context = {
            key.lower(): (value,) if isinstance(value, str) else tuple(value) for key, value in (context or {}).items()
        }

    @property
    def same_account(self) -> bool:
        """Whether the resource belongs to the principal's account."""
        return self.resource_account is None or self.resource_account == self.principal.account
