"""A stand-in for IAM: a role `clerk`, a user `ada` of the group `readers`, a simulator that knows StringLike."""

import json
from fnmatch import fnmatchcase
from types import SimpleNamespace

from botocore.exceptions import ClientError

ACCOUNT = "000000000000"
CLERK, ADA = f"arn:aws:iam::{ACCOUNT}:role/clerk", f"arn:aws:iam::{ACCOUNT}:user/ada"
NOTES = "arn:aws:s3:::notes"
MANAGED = "arn:aws:iam::aws:policy/Everything"


def statement(action, resource="*", effect="Allow", **more) -> dict:
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def document(*statements) -> dict:
    return {"Version": "2012-10-17", "Statement": list(statements)}


class FakeIam:
    """`inline`: {("role", "clerk"): {policy: document}}; `attached`: names of principals that have MANAGED.

    `asked`: the operations called.
    """

    def __init__(self):
        self.inline = {("role", "clerk"): {}, ("user", "ada"): {}, ("group", "readers"): {}}
        self.attached: set[str] = set()
        self.boundary: dict | None = None
        self.managed = {MANAGED: document(statement("*"))}
        self.asked: list[str] = []

    def client(self, service):
        return self

    def get_paginator(self, operation):
        pages = {
            "list_roles": {"Roles": [{"RoleName": "clerk", "Arn": CLERK}]},
            "list_users": {"Users": [{"UserName": "ada", "Arn": ADA}]},
        }
        return SimpleNamespace(paginate=lambda: [pages[operation]])

    def list_groups_for_user(self, UserName):  # noqa: N803
        return {"Groups": [{"GroupName": "readers"}]}

    def get_policy(self, PolicyArn):  # noqa: N803
        return {"Policy": {"DefaultVersionId": "v1"}}

    def get_policy_version(self, PolicyArn, VersionId):  # noqa: N803
        return {
            "PolicyVersion": {"Document": self.boundary if PolicyArn.endswith("/Limit") else self.managed[PolicyArn]}
        }

    def __getattr__(self, operation):
        """Operations of a role, a user or a group."""
        verb, _, what = operation.partition("_")
        kind = next((kind for kind in ("role", "user", "group") if kind in what), None)
        if kind is None:
            raise AttributeError(operation)

        def call(**arguments):
            name = arguments[f"{kind.title()}Name"]
            if verb == "list" and "attached" in what:
                policies = [{"PolicyName": "Everything", "PolicyArn": MANAGED}] if name in self.attached else []
                return {"AttachedPolicies": policies}
            if verb == "list":
                return {"PolicyNames": list(self.inline[kind, name])}
            if verb == "put":
                self.inline[kind, name][arguments["PolicyName"]] = json.loads(arguments["PolicyDocument"])
                return {}
            if what == kind:
                limit = {"PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::aws:policy/Limit"}}
                return {kind.title(): limit if self.boundary else {}}
            return {"PolicyDocument": self.inline[kind, name][arguments["PolicyName"]]}

        return call

    def simulate_principal_policy(self, PolicySourceArn, **request):  # noqa: N803
        self.asked.append("principal")
        kind, _, name = PolicySourceArn.rpartition(":")[2].partition("/")
        owners = [(kind, name), *([("group", "readers")] if kind == "user" else [])]
        policies = [policy for owner in owners for policy in self.inline[owner].values()]
        policies += [self.managed[MANAGED] for owner in owners if owner[1] in self.attached]
        return self._simulate(policies, [self.boundary] if self.boundary else [], request)

    def simulate_custom_policy(self, PolicyInputList, PermissionsBoundaryPolicyInputList=(), **request):  # noqa: N803
        self.asked.append("custom")
        texts = (PolicyInputList, PermissionsBoundaryPolicyInputList)
        policies, boundary = ([json.loads(text) for text in some] for some in texts)
        if not all("Statement" in policy for policy in policies):
            raise ClientError({"Error": {"Code": "InvalidInput", "Message": "Syntax errors in policy."}}, "Simulate")
        return self._simulate(policies, boundary, request)

    def _simulate(self, policies, boundary, request):
        keys = {entry["ContextKeyName"]: entry["ContextKeyValues"][0] for entry in request["ContextEntries"]}
        (action,), (resource,) = request["ActionNames"], request["ResourceArns"]
        missing = set()

        def effects(documents):
            for one in (s for policy in documents for s in _list(policy["Statement"])):
                if _like(action, one["Action"]) and _like(resource, one["Resource"]):
                    wanted = one.get("Condition", {}).get("StringLike", {})
                    missing.update(set(wanted) - set(keys))
                    if all(_like(keys.get(key, ""), pattern) for key, pattern in wanted.items()):
                        yield one["Effect"]

        found, limit = set(effects(policies)), set(effects(boundary))
        decision = "explicitDeny" if "Deny" in found | limit else "implicitDeny"
        if decision != "explicitDeny" and "Allow" in found and (not boundary or "Allow" in limit):
            decision = "allowed"
        return {"EvaluationResults": [{"EvalDecision": decision, "MissingContextValues": sorted(missing)}]}


def _list(value):
    return value if isinstance(value, list) else [value]


def _like(text, patterns):
    return any(fnmatchcase(text, pattern) for pattern in _list(patterns))
