"""Amazon Simple Queue Service."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from localstack.aws.api import RequestContext
from localstack.services.sqs.models import sqs_stores

from ..targets import Target
from .service import Parameters, Service, Tags, account_of

NAMES = {
    "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
    "DeleteMessageBatch": "DeleteMessage",
    "SendMessageBatch": "SendMessage",
}
_ACCOUNT = re.compile(r"\d{12}")


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """A queue, by URL, name or ARN; `ListQueues` asks for all of them."""
    account = context.account_id
    if arn := request.get("SourceArn"):
        return [Target(action, arn, account_of(arn))]
    name = request.get("QueueName", "")
    if url := request.get("QueueUrl"):
        parts = urlsplit(url).path.strip("/").split("/")
        name = parts[-1]
        account = next((part for part in parts[:-1] if _ACCOUNT.fullmatch(part)), account)
    owner = request.get("QueueOwnerAWSAccountId") or account
    return [Target(action, f"arn:aws:sqs:{context.region}:{owner}:{name}", owner)]


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """A queue's policy."""
    queue = sqs_stores[account][region].queues.get(resource)
    return queue.attributes.get("Policy") if queue else None


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """A queue's tags."""
    queue = sqs_stores[account][region].queues.get(resource)
    return queue.tags if queue else None


SERVICE = Service(
    "sqs",
    names=NAMES,
    targets=targets,
    resource_policy=resource_policy,
    resource_tags=resource_tags,
    tagged={"CreateQueue": "TagQueue"},
)
