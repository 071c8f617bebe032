"""The class that describes a service to authorization."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target

Parameters = Mapping[str, Any]
ActionsOf = Callable[[RequestContext, Parameters], list[str]]
TargetsOf = Callable[[RequestContext, Parameters, str], list[Target]]
KeysOf = Callable[[RequestContext, Parameters], ConditionKeys]
PolicyOf = Callable[[str, str, str], str | None]
Tags = Mapping[str, str] | Iterable[Mapping[str, str]]
TagsOf = Callable[[str, str, str], Tags | None]


def no_resource(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """The resource "*": then only a policy with `"Resource": "*"` allows the action."""
    return [Target(action, "*", context.account_id)]


def account_of(arn: str) -> str | None:
    """The account in an ARN; None for what is no ARN: the service says so itself."""
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 else None


@dataclass(frozen=True)
class Service:
    """One service; functions take the request's context and its parameters.

    - `prefix`: its name in policies ("states")
    - `names`: actions that are not called as their operation is, {"Invoke": "InvokeFunction"}
    - `actions`: instead, for a service whose actions depend on more: gives them without the prefix
    - `targets`: what an action ("lambda:InvokeFunction") acts on
    - `condition_keys`: keys that only this service has
    - `resource_policy`: the JSON text of a resource's own policy, None if it has none, by account, region and the rest
      of the resource's ARN ("function:hello")
    - `resource_tags`: the tags of a resource, by the same; asked only where a policy speaks of them
    - `tag_key`: the service's own name of `aws:ResourceTag`, if it has one ("iam:ResourceTag")
    - `tagged`: the action that an operation takes beside its own if it makes a resource with tags: {"CreateQueue":
      "TagQueue"}
    - `passed_roles`: where an operation's parameters have the ARN of a role that the service is to use, which takes
      `iam:PassRole`: {"PutTargets": ("Targets", "RoleArn")}. "Dependent actions" of the Reference.
    - `unsigned`: operations that need no signature
    """

    prefix: str
    names: Mapping[str, str] = field(default_factory=dict)
    actions: ActionsOf | None = None
    targets: TargetsOf = no_resource
    condition_keys: KeysOf | None = None
    resource_policy: PolicyOf | None = None
    resource_tags: TagsOf | None = None
    tag_key: str = ""
    tagged: Mapping[str, str] = field(default_factory=dict)
    passed_roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsigned: frozenset[str] = frozenset()


def present(keys: Mapping[str, Any]) -> ConditionKeys:
    """The condition keys that have a value."""
    return {key: value for key, value in keys.items() if value}
