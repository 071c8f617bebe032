"""Random cases: a request and its policies, from a vocabulary so small that matches are frequent.

A case is a dict, as `oracle.mjs` reads it. What is left out on purpose is listed in `__init__.py`.
"""

from __future__ import annotations

from random import Random
from typing import Any

HERE, THERE = "111111111111", "222222222222"
USER = f"arn:aws:iam::{HERE}:user/ana"
ROLE = f"arn:aws:iam::{HERE}:role/app/worker"
SESSION = f"arn:aws:sts::{HERE}:assumed-role/worker/job"
SERVICE = "sns.amazonaws.com"

# Action -> resources that it can be asked for.
_FUNCTIONS = [
    f"arn:aws:lambda:us-east-1:{a}:function:{n}" for a in (HERE, THERE) for n in ("hello", "hello:live", "ana")
]
_OBJECTS = [f"arn:aws:s3:::{b}/{k}" for b in ("data", "logs") for k in ("ana/a.txt", "x/a+b", "team-x/b.csv")]
_QUEUES = [
    f"arn:aws:sqs:{r}:{a}:{n}" for r in ("us-east-1", "eu-west-1") for a in (HERE, THERE) for n in ("jobs", "ana")
]
_TABLES = [f"arn:aws:dynamodb:us-east-1:{HERE}:table/{n}" for n in ("orders", "ana", "team-x")]
_ROLES = [f"arn:aws:iam::{a}:role/{n}" for a in (HERE, THERE) for n in ("app/worker", "admin")]
ACTIONS: dict[str, list[str]] = {
    "lambda:InvokeFunction": _FUNCTIONS,
    "lambda:GetFunction": _FUNCTIONS,
    "lambda:ListFunctions": ["*"],
    "s3:GetObject": _OBJECTS,
    "s3:PutObject": _OBJECTS,
    "s3:ListBucket": ["arn:aws:s3:::data", "arn:aws:s3:::logs"],
    "sqs:SendMessage": _QUEUES,
    "sqs:ReceiveMessage": _QUEUES,
    "dynamodb:GetItem": _TABLES,
    "dynamodb:PutItem": _TABLES,
    "iam:PassRole": _ROLES,
    "sts:AssumeRole": _ROLES,
    "kms:Decrypt": [f"arn:aws:kms:us-east-1:{a}:key/1234" for a in (HERE, THERE)],
}

# Key -> values in requests, values in policies. Lists: keys with several values.
_TEXTS = {
    "aws:username": (["ana", "Ana", "bob"], ["ana", "ANA", "b?b", "${aws:PrincipalTag/team}", "*"]),
    "aws:PrincipalTag/team": (
        ["x", "y", "ana", "a*b"],
        ["x", "X", "${aws:username}", "${aws:username, 'y'}", "a${*}b", "?", "a*b"],
    ),
    "aws:RequestedRegion": (["us-east-1", "eu-west-1"], ["us-east-1", "us-*", "EU-WEST-1", "??-east-?"]),
    "aws:SourceAccount": ([HERE, THERE], [HERE, THERE, "1*"]),
    "aws:PrincipalOrgID": (["o-abc", "o-xyz"], ["o-abc", "o-*", "O-ABC", "o-${$}"]),
}
_SETS = {
    "aws:TagKeys": (["team", "cost", "Team", "env-1"], ["team", "cost", "env-*", "${aws:username}", "TEAM"]),
    "aws:CalledVia": (
        ["athena.amazonaws.com", "cloudformation.amazonaws.com"],
        ["athena.amazonaws.com", "*formation*"],
    ),
}
_ARNS = {
    "aws:SourceArn": (
        [f"arn:aws:sns:us-east-1:{HERE}:topic", "arn:aws:s3:::data", f"arn:aws:lambda:us-east-1:{THERE}:function:a:b"],
        [
            f"arn:aws:sns:*:{HERE}:topic",
            "arn:aws:s3:::d?ta",
            "arn:aws:*:*:*:*",
            "arn:aws:lambda:*:function:a:b",
            f"arn:aws:sns:us-east-1:{HERE}:${{aws:username}}",
            "arn:aws:lambda:us-east-1:*:function:*",
        ],
    ),
    "aws:PrincipalArn": (
        [USER, ROLE],
        [USER, f"arn:aws:iam::{HERE}:role/*", f"arn:aws:iam::{HERE}:user/${{aws:username}}"],
    ),
}
_NUMBERS = {"aws:MultiFactorAuthAge": (["0", "300", "300.5", "3600"], ["300", "300.0", "299", "3600", "3601"])}
_DATES = {
    "aws:CurrentTime": (
        ["2026-11-21T10:00:00Z", "2026-01-01T00:00:00Z"],
        ["2026-11-21T10:00:00Z", "2026-11-21", "2026-06-01T12:00:00Z", "2025-12-31T23:00:00-01:00", "2026-06", "2026"],
    )
}
_TRUTHS = {
    "aws:SecureTransport": (["true", "false"], ["true", "false", "TRUE"]),
    "aws:MultiFactorAuthPresent": (["true", "false"], ["true", "false"]),
}
_ADDRESSES = {
    "aws:SourceIp": (
        ["10.0.0.5", "203.0.113.7", "2001:db8::1"],
        ["10.0.0.0/8", "203.0.113.7/32", "203.0.113.0/32", "203.0.113.4/30", "2001:db8::/32", "2001:db8::2/127"],
    )
}
_COMPARISONS = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
_ON_TEXT = [f"String{n}{c}" for n in ("", "Not") for c in ("Equals", "EqualsIgnoreCase", "Like")]
_FAMILIES: list[tuple[list[str], dict[str, tuple[list[str], list[str]]]]] = [
    (_ON_TEXT, _TEXTS),
    (["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"], _ARNS),
    ([f"Numeric{c}" for c in _COMPARISONS], _NUMBERS),
    ([f"Date{c}" for c in _COMPARISONS], _DATES),
    (["Bool"], _TRUTHS),
    (["IpAddress", "NotIpAddress"], _ADDRESSES),
]  # fmt: skip
_KEYS = {**_TEXTS, **_ARNS, **_NUMBERS, **_DATES, **_TRUTHS, **_ADDRESSES}


def case(random: Random) -> dict[str, Any]:
    """One case."""
    action = random.choice(list(ACTIONS))
    resource = random.choice(ACTIONS[action])
    parts = resource.split(":")
    owner = parts[4] if len(parts) > 4 and parts[4] else random.choice([HERE, HERE, THERE]) if resource != "*" else HERE
    who = random.choices([USER, SESSION, SERVICE, None], [9, 9, 2, 1])[0]
    identified = who in (USER, SESSION)
    writer = _Writer(random, action, resource, _context(random))
    has_resource_policy = action.startswith(("sts:", "kms:")) or random.random() < 0.6
    session = writer.policy() if who == SESSION and random.random() < 0.3 else None
    writer.limited = session is not None
    return {
        "principal": who,
        "action": action if random.random() < 0.9 else action.upper(),
        "resource": resource,
        "resourceAccount": owner,
        "context": writer.context,
        "identity": [writer.policy() for _ in range(random.randint(0, 3))] if identified else [],
        "boundary": writer.policy() if identified and random.random() < 0.3 else None,
        "session": session,
        "resourcePolicy": writer.policy(principal=who or "") if has_resource_policy and resource != "*" else None,
    }


def _context(random: Random) -> dict[str, str | list[str]]:
    context: dict[str, str | list[str]] = {
        key: random.choice(values) for key, (values, _) in _KEYS.items() if random.random() < 0.6
    }
    for key, (values, _) in _SETS.items():
        if random.random() < 0.6:
            context[key] = random.sample(values, random.randint(1, min(3, len(values))))
    return context


class _Writer:
    """Writes policies that have something to do with the request."""

    def __init__(self, random: Random, action: str, resource: str, context: dict[str, str | list[str]]) -> None:
        self.random, self.action, self.resource, self.context = random, action, resource, context
        self.limited = False  # by a session policy: then no resource policy names the session (see __init__)

    def policy(self, principal: str | None = None) -> dict[str, Any]:
        statements = [self._statement(principal) for _ in range(self.random.randint(1, 3))]
        return {
            "Version": "2012-10-17",
            "Statement": statements if len(statements) > 1 or self._odds(0.5) else statements[0],
        }

    def _statement(self, principal: str | None) -> dict[str, Any]:
        statement: dict[str, Any] = {"Effect": "Deny" if self._odds(0.15) else "Allow"}
        if principal is not None:
            statement |= self._principal(principal, statement["Effect"])
        statement["NotAction" if self._odds(0.1) else "Action"] = self._some(self._actions())
        if not (principal is not None and self.action == "sts:AssumeRole"):
            statement["NotResource" if self._odds(0.1) else "Resource"] = self._some(self._resources())
        if self._odds(0.5):
            statement["Condition"] = self._conditions()
        return statement

    def _actions(self) -> list[str]:
        service, _, name = self.action.partition(":")
        return ["*", f"{service}:*", self.action, self.action.upper(), f"{service}:{name[:3]}*",
                f"{service}:?{name[1:]}", f"{service}:*{name[-4:]}", *self.random.sample(list(ACTIONS), 2)]  # fmt: skip

    def _resources(self) -> list[str]:
        own = [self.resource] * 3
        if self.resource != "*":
            head, _, tail = self.resource.rpartition(":")
            parts = self.resource.split(":")
            if ":function:" in self.resource:
                head, _, tail = self.resource.partition(":function:")
                head, tail = f"{head}:function", tail
            kind, slash, name = tail.partition("/")  # "table/", "data/"; variables and ? only in the name
            start, name = (f"{head}:{kind}/", name) if slash else (f"{head}:", tail)
            own += [f"{head}:*", f"{head}:{tail[:2]}*", f"{start}*{name[-1]}", ":".join(parts[:3]) + ":*",
                    ":".join([*parts[:3], "*", "*", *parts[5:]]), ":".join([*parts[:4], "*", parts[-1]])]  # fmt: skip
            if slash or ":function:" in self.resource:
                own += [f"{start}?{name[1:]}", f"{start}{name[:-1]}?", f"{start}${{aws:username}}*",
                        f"{start}*${{aws:PrincipalTag/team, 'ana'}}*",
                        f"{start}${{aws:PrincipalTag/team}}*"]  # fmt: skip
        others = [resource for several in ACTIONS.values() for resource in several]
        return [*own, "*", *self.random.sample(others, 3)]

    def _principal(self, who: str, effect: str) -> dict[str, Any]:
        if effect == "Deny" and self._odds(0.3):
            spared = {
                USER: [USER, HERE], SESSION: [SESSION, ROLE, HERE],
            }.get(who, [f"arn:aws:iam::{THERE}:user/eve", THERE])  # fmt: skip
            others = [f"arn:aws:iam::{THERE}:user/eve", THERE]
            element: Any = {"AWS": self.random.choice([spared, others])}
            if who == SERVICE and self._odds(0.5):
                element["Service"] = SERVICE
            return {"NotPrincipal": element}
        choices = [
            "*", {"AWS": "*"}, {"AWS": HERE}, {"AWS": f"arn:aws:iam::{HERE}:root"}, {"AWS": [THERE, USER]},
            {"AWS": ROLE}, {"AWS": SESSION}, {"AWS": f"arn:aws:iam::{THERE}:root"}, {"Service": SERVICE},
            {"Service": ["lambda.amazonaws.com", SERVICE], "AWS": USER}, {"Federated": "accounts.google.com"},
        ]  # fmt: skip
        if self.limited and effect == "Allow":
            return {"Principal": {"AWS": self.random.choice([ROLE, ROLE, HERE, THERE])}}
        own = {
            USER: {"AWS": USER},
            SESSION: {"AWS": self.random.choice([ROLE, SESSION])},
            SERVICE: {"Service": SERVICE},
        }
        return {"Principal": own.get(who, "*") if self._odds(0.3) else self.random.choice(choices)}

    def _conditions(self) -> dict[str, Any]:
        block: dict[str, dict[str, Any]] = {}
        for _ in range(self.random.choice([1, 1, 2])):
            name, key, values = self._condition()
            block.setdefault(name, {})[key] = self._some(values)
        return block

    def _condition(self) -> tuple[str, str, list[str]]:
        if self._odds(0.1):
            return "Null", self.random.choice([*_KEYS, *_SETS]), ["true", "false"]
        if self._odds(0.25):
            key = self.random.choice(list(_SETS))
            name = self.random.choice(["ForAllValues:", "ForAnyValue:"]) + self.random.choice(_ON_TEXT)
            return name, key, self._values(name, _SETS[key][1])
        names, keys = self.random.choice(_FAMILIES)
        name, key = self.random.choice(names), self.random.choice(list(keys))
        key_as_written = key.upper() if self._odds(0.1) and "/" not in key else key
        name += "IfExists" if self._odds(0.2) else ""
        return name, key_as_written, self._values(name, keys[key][1])

    def _values(self, operator: str, values: list[str]) -> list[str]:
        """Without what the oracle is known to take differently (see __init__)."""
        if "Like" not in operator:
            values = [v for v in values if "${*}" not in v and "${$}" not in v]
        if "Not" not in operator:
            return values
        return [v for v in values if "${aws:" not in v or ", '" in v or self._known(v)] or ["none"]

    def _known(self, text: str) -> bool:
        return text.partition("${")[2].partition("}")[0] in self.context

    def _some(self, values: list[str]) -> str | list[str]:
        if self._odds(0.5):
            return self.random.choice(values)
        return self.random.sample(values, min(len(values), self.random.randint(1, 3)))

    def _odds(self, chance: float) -> bool:
        return self.random.random() < chance
