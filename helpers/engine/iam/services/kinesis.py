"""Amazon Kinesis Data Streams."""

from __future__ import annotations

import base64
import binascii

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service, Tags, account_of

ON_NOTHING = frozenset({"kinesis:DescribeLimits", "kinesis:ListStreams"})


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """A stream, by name, ARN or shard iterator; or a consumer of one."""
    account, prefix = context.account_id, f"arn:aws:kinesis:{context.region}:{context.account_id}:stream/"
    if action in ON_NOTHING:
        return [Target(action, "*", account)]
    if consumer := request.get("ConsumerARN"):
        return [Target(action, consumer, account_of(consumer))]
    arn = request.get("StreamARN") or request.get("ResourceARN")
    name = request.get("StreamName") or _stream_of(request.get("ShardIterator"))
    arn = arn or prefix + (name or "*")
    if (consumer := request.get("ConsumerName")) and action != "kinesis:RegisterStreamConsumer":
        arn = f"{arn}/consumer/{consumer}:*"
    return [Target(action, arn, account_of(arn))]


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """The policy of a stream or of a consumer."""
    from moto.kinesis import kinesis_backends  # here: most engines never need it

    return kinesis_backends[account][region].resource_policies.get(f"arn:aws:kinesis:{region}:{account}:{resource}")


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """A stream's tags."""
    from moto.kinesis import kinesis_backends  # here: likewise

    stream = kinesis_backends[account][region].streams.get(resource.removeprefix("stream/"))
    return stream.tags if stream else None


def _stream_of(iterator: str | None) -> str:
    """The stream in a shard iterator, which is ours (`kinesis.shards`): "stream:shard:number"."""
    try:
        return base64.b64decode(iterator or "").decode().partition(":")[0]
    except (binascii.Error, ValueError):
        return ""


SERVICE = Service("kinesis", targets=targets, resource_policy=resource_policy, resource_tags=resource_tags)
