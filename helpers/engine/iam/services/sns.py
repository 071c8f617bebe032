"""Amazon Simple Notification Service."""

from __future__ import annotations

from localstack.aws.api import RequestContext
from moto.utilities.utils import get_partition

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, Tags, account_of, present


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """A topic; a phone number is shown as it is."""
    prefix = f"arn:aws:sns:{context.region}:{context.account_id}:"
    if phone := request.get("PhoneNumber"):
        return [Target(action, "*", context.account_id, shown=phone)]
    arn = next((request[key] for key in ("TopicArn", "TargetArn", "ResourceArn") if request.get(key)), None)
    if arn is None and (subscription := request.get("SubscriptionArn")):
        arn = subscription.rpartition(":")[0]
    arn = arn or prefix + (request.get("Name") or "*")
    return [Target(action, arn, account_of(arn))]


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """Protocol and endpoint of a subscription."""
    return present({"sns:Protocol": request.get("Protocol"), "sns:Endpoint": request.get("Endpoint")})


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """A topic's policy."""
    from moto.sns import sns_backends  # here: it takes 10 ms to load

    topic = sns_backends[account][region].topics.get(f"arn:{get_partition(region)}:sns:{region}:{account}:{resource}")
    return topic.policy if topic else None


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """A topic's tags."""
    from localstack.services.sns.models import sns_stores  # here: likewise

    return sns_stores[account][region].sns_tags.get(f"arn:aws:sns:{region}:{account}:{resource}")


SERVICE = Service(
    "sns",
    names={"PublishBatch": "Publish"},
    targets=targets,
    condition_keys=condition_keys,
    resource_policy=resource_policy,
    resource_tags=resource_tags,
    tagged={"CreateTopic": "TagResource"},
    # Who has the token in the link may follow it (SNS API Reference, 2026-11).
    unsigned=frozenset({"ConfirmSubscription", "Unsubscribe"}),
)
