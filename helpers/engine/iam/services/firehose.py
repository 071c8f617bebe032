"""Amazon Data Firehose."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service, account_of


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """A delivery stream; whoever creates one hands it the roles of its source and destinations."""
    account = context.account_id
    if action == "firehose:ListDeliveryStreams":
        return [Target(action, "*", account)]
    name = request.get("DeliveryStreamName") or "*"
    stream = Target(action, f"arn:aws:firehose:{context.region}:{account}:deliverystream/{name}", account)
    parts = [part for part in request.values() if isinstance(part, dict)]
    roles = dict.fromkeys(part[key] for part in parts for key in ("RoleARN", "RoleArn") if part.get(key))
    passed = {"iam:PassedToService": "firehose.amazonaws.com"}
    return [stream, *(Target("iam:PassRole", role, account_of(role), context=passed) for role in roles)]


SERVICE = Service("firehose", targets=targets)
