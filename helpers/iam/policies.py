"""The identity-based policies of a role or a user, as they can be read through IAM."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class IdentityPolicy:
    """`kind` is "inline, role NAME", "attached, group NAME" and so on, or "permissions boundary"."""

    name: str
    kind: str
    document: dict[str, Any]

    @property
    def statements(self) -> list[dict[str, Any]]:
        """The statements; a single one need not stand in a list."""
        return listed(self.document["Statement"])


def listed(value: Any) -> list[Any]:
    """Return `value` as a list: wherever a policy may have a list, a single value may stand without brackets."""
    return value if isinstance(value, list) else [value]


def allowing(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the statements of a policy document that allow."""
    return [statement for statement in listed(document["Statement"]) if statement["Effect"] == "Allow"]


BOUNDARY = "permissions boundary"


def read(iam: Any, kind: str, name: str) -> list[IdentityPolicy]:
    """Return the policies of the "role" or "user" `name`: its own, those of a user's groups, the boundary.

    Raises: what AWS answers, NoSuchEntity if there is no such role or user.
    """
    found = list(_policies_of(iam, kind, name))
    if kind == "user":
        for group in iam.list_groups_for_user(UserName=name)["Groups"]:
            found += _policies_of(iam, "group", group["GroupName"])
    entity = getattr(iam, f"get_{kind}")(**{f"{kind.title()}Name": name})[kind.title()]
    if "PermissionsBoundary" in entity:
        arn = entity["PermissionsBoundary"]["PermissionsBoundaryArn"]
        found.append(IdentityPolicy(arn.rpartition("/")[2], BOUNDARY, _managed(iam, arn)))
    return found


def _policies_of(iam: Any, kind: str, name: str) -> Iterator[IdentityPolicy]:
    key, where = {f"{kind.title()}Name": name}, f"{kind} {name}"
    for policy in sorted(getattr(iam, f"list_{kind}_policies")(**key)["PolicyNames"]):
        document = getattr(iam, f"get_{kind}_policy")(**key, PolicyName=policy)["PolicyDocument"]
        yield IdentityPolicy(policy, f"inline, {where}", document)
    attached = getattr(iam, f"list_attached_{kind}_policies")(**key)["AttachedPolicies"]
    for policy in sorted(attached, key=lambda policy: policy["PolicyName"]):
        yield IdentityPolicy(policy["PolicyName"], f"attached, {where}", _managed(iam, policy["PolicyArn"]))


def _managed(iam: Any, arn: str) -> dict[str, Any]:
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document: dict[str, Any] = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    return document
