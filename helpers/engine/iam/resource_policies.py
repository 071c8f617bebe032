"""The policy of the resource itself: of functions, buckets, queues, topics, secrets, keys, log groups, roles (trust).

Read from the service's own store at each request; only the parsed document is kept, by its text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import role_sessions
from .policy_evaluation import Policy, parse
from .targets import Target

NAME = "resource-based policy"


def of(target: Target) -> Policy | None:
    """The policy of a target's resource; None if it has none."""
    if target.action.startswith("sts:AssumeRole"):
        return trust(target.resource)
    parts = target.resource.split(":", 5)
    if len(parts) < 6 or target.account is None:
        return None
    find = SERVICES.get(parts[2])
    text = find(target.account, parts[3], parts[5], target) if find else None
    return parse(text, NAME) if text else None


def trust(role_arn: str) -> Policy | None:
    """A role's trust policy."""
    role = role_sessions.find_role(role_arn)
    return role and parse(role.assume_role_policy_document, "trust policy")


def _lambda(account: str, region: str, rest: str, target: Target) -> str | None:
    from localstack.services.lambda_.invocation.models import lambda_stores

    kind, _, name = rest.partition(":")
    name, _, qualifier = name.partition(":")
    store = lambda_stores[account][region]
    if kind == "layer":
        layer = store.layers.get(name)
        version = layer and layer.layer_versions.get(qualifier)
        return _layer_policy(version) if version else None
    function = store.functions.get(name) if kind == "function" else None
    if function is None:
        return None
    # Each version and alias has a policy of its own; $LATEST's is for the ARN without a qualifier.
    policy = function.permissions.get(qualifier or "$LATEST")
    if policy is None:
        return None
    return json.dumps({"Version": policy.policy.Version, "Statement": policy.policy.Statement})


def _layer_policy(version: Any) -> str | None:
    statements = []
    for statement in version.policy.statements.values():
        principal = statement.principal
        statements.append(
            {
                "Sid": statement.sid,
                "Effect": "Allow",
                "Principal": principal if principal == "*" else {"AWS": principal},
                "Action": statement.action,
                "Resource": version.layer_version_arn,
            }
        )
    return json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else None


def _s3(account: str, region: str, rest: str, target: Target) -> str | None:
    from localstack.services.s3.models import s3_stores

    bucket = s3_stores[account]["us-east-1"].buckets.get(rest.partition("/")[0])
    return bucket.policy if bucket else None


def _sqs(account: str, region: str, rest: str, target: Target) -> str | None:
    from localstack.services.sqs.models import sqs_stores

    queue = sqs_stores[account][region].queues.get(rest)
    return queue.attributes.get("Policy") if queue else None


def _sns(account: str, region: str, rest: str, target: Target) -> str | None:
    from moto.sns import sns_backends

    topic = sns_backends[account][region].topics.get(target.resource)
    return topic.policy if topic else None


def _secretsmanager(account: str, region: str, rest: str, target: Target) -> str | None:
    from .services.data_resources import find_secret

    secret = find_secret(account, region, target.resource)
    return secret.policy if secret else None


def _kms(account: str, region: str, rest: str, target: Target) -> str | None:
    from localstack.services.kms.models import kms_stores

    key = kms_stores[account][region].keys.get(rest.removeprefix("key/"))
    return key.policy if key else None


def _logs(account: str, region: str, rest: str, target: Target) -> str | None:
    """All resource policies of the account and region together: they name log groups themselves."""
    from moto.logs.models import logs_backends

    documents = [json.loads(policy.policy) for policy in logs_backends[account][region].resource_policies.values()]
    statements = [
        statement
        for document in documents
        for statement in (document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]])
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else None


SERVICES: dict[str, Callable[[str, str, str, Target], str | None]] = {
    "kms": _kms,
    "lambda": _lambda,
    "logs": _logs,
    "s3": _s3,
    "secretsmanager": _secretsmanager,
    "sns": _sns,
    "sqs": _sqs,
}
