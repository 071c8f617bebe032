"""The handler in front of every service."""

from __future__ import annotations

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from .. import settings
from . import (
    access_keys,
    actions,
    callers,
    decisions,
    execution_roles,
    function_urls,
    internal_calls,
    role_sessions,
    s3_signatures,
    side_doors,
    trust,
)
from .services import registry
from .targets import Target


def install() -> None:
    """Put authentication and authorization in front; with LAB_IAM=off whoever is known may do all."""
    internal_calls.install()
    access_keys.install()
    role_sessions.install()
    s3_signatures.install()
    side_doors.install()
    function_urls.install()


def check(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of LocalStack's request chain; raises the error that AWS would answer."""
    if context.service is None or context.operation is None:
        return
    if not settings.current().iam and callers.access_key(context):
        return
    caller = callers.of(context)
    if caller is None:
        return
    if caller is callers.ANONYMOUS and (context.service.service_name, context.operation.name) in actions.UNSIGNED:
        return
    targets = registry.targets(context)
    decisions.require(caller, context, targets)
    if not caller.is_root:
        _missing_object(caller, context, targets)
    trust.check(context)
    execution_roles.check(context)


def _missing_object(caller: callers.Caller, context: RequestContext, targets: list[Target]) -> None:
    """Only who may list a bucket is told that an object is not there; others are refused.

    Amazon S3 API Reference, "GetObject" (2026-11).
    """
    if context.service.service_name != "s3" or context.operation.name not in ("GetObject", "HeadObject"):
        return
    from localstack.services.s3.models import s3_stores

    name, key = context.service_request["Bucket"], context.service_request["Key"]
    bucket = s3_stores[targets[0].account]["us-east-1"].buckets.get(name)
    if bucket is None or key in bucket.objects:
        return
    decisions.require(caller, context, [Target("s3:ListBucket", f"arn:aws:s3:::{name}", targets[0].account)])
