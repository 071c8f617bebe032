"""Amazon CloudWatch Logs."""

from __future__ import annotations

import json

from localstack.aws.api import RequestContext
from moto.logs.models import logs_backends

from ..targets import Target
from .service import Parameters, Service, Tags


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Log groups and streams, all in the form `log-group:GROUP:log-stream:STREAM`.

    That is why the ARN of a group must end with `:*` in a policy.
    """
    account = context.account_id
    prefix = f"arn:aws:logs:{context.region}:{account}:log-group:"
    if arn := request.get("resourceArn"):
        return [Target(action, arn, account)]
    identifiers = request.get("logGroupNames") or request.get("logGroupIdentifiers") or ()
    groups = [name.removeprefix(prefix).removesuffix(":*") for name in identifiers]
    if not groups:
        name = request.get("logGroupName") or request.get("logGroupIdentifier") or ""
        groups = [name.removeprefix(prefix).removesuffix(":*")]
    stream = request.get("logStreamName") or ""
    return [Target(action, f"{prefix}{group}:log-stream:{stream}", account) for group in groups]


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """All resource policies of the account and region together: they name log groups themselves."""
    documents = [
        json.loads(policy.policy_document) for policy in logs_backends[account][region].resource_policies.values()
    ]
    statements = [
        statement
        for document in documents
        for statement in (document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]])
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else None


def resource_tags(account: str, region: str, resource: str) -> Tags:
    """A log group's tags, also for its streams."""
    group = ":".join(resource.split(":")[:2])
    backend = logs_backends[account][region]
    return backend.tagger.get_tag_dict_for_resource(f"arn:aws:logs:{region}:{account}:{group}")


SERVICE = Service(
    "logs",
    targets=targets,
    resource_policy=resource_policy,
    resource_tags=resource_tags,
    tagged={"CreateLogGroup": "TagResource"},
    passed_roles={"PutSubscriptionFilter": ("roleArn",)},
)
