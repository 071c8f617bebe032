"""Everything that must be allowed for a request: each of its actions on each of its resources.

Services that are not here have actions called as their operations, on the resource "*".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from localstack.aws.api import RequestContext

from ..targets import Target
from . import (
    apigateway,
    cloudformation,
    cloudwatch,
    dynamodb,
    events,
    firehose,
    iam,
    kinesis,
    kms,
    lambda_,
    logs,
    s3,
    scheduler,
    secretsmanager,
    sns,
    sqs,
    ssm,
    stepfunctions,
    sts,
)
from .service import Service, account_of

# What API Gateway calls the caller's own credentials: no role that anybody could pass.
CALLER = "arn:aws:iam::*:user/*"

# By the name that boto3 uses.
SERVICES: dict[str, Service] = {
    "apigateway": apigateway.SERVICE,
    "apigatewaymanagementapi": apigateway.CONNECTIONS,
    "apigatewayv2": apigateway.V2,
    "cloudformation": cloudformation.SERVICE,
    "cloudwatch": cloudwatch.SERVICE,
    "dynamodb": dynamodb.SERVICE,
    "dynamodbstreams": dynamodb.SERVICE,
    "events": events.SERVICE,
    "firehose": firehose.SERVICE,
    "iam": iam.SERVICE,
    "kinesis": kinesis.SERVICE,
    "kms": kms.SERVICE,
    "lambda": lambda_.SERVICE,
    "logs": logs.SERVICE,
    "resourcegroupstaggingapi": Service("tag"),
    "s3": s3.SERVICE,
    "s3control": Service("s3"),
    "scheduler": scheduler.SERVICE,
    "secretsmanager": secretsmanager.SERVICE,
    "sesv2": Service("ses"),
    "sns": sns.SERVICE,
    "sqs": sqs.SERVICE,
    "ssm": ssm.SERVICE,
    "stepfunctions": stepfunctions.SERVICE,
    "sts": sts.SERVICE,
}


def service_of(context: RequestContext) -> Service:
    """The service that a request is to."""
    name = context.service.service_name
    return SERVICES.get(name) or Service(name)


def targets_of(context: RequestContext) -> list[Target]:
    """Everything that must be allowed for a request to go on."""
    service, request = service_of(context), context.service_request
    found = [target for action in actions_of(context) for target in service.targets(context, request, action)]
    tagging = service.tagged.get(context.operation.name)
    if tagging and found and (request.get("Tags") or request.get("tags")):
        found.append(replace(found[0], action=f"{service.prefix}:{tagging}"))
    if path := service.passed_roles.get(context.operation.name):
        found += _passed_roles(request, path, service)
    return found


def actions_of(context: RequestContext) -> list[str]:
    """The actions that an operation needs, as in `["lambda:InvokeFunction"]`: nearly always one."""
    service = service_of(context)
    if service.actions:
        names = service.actions(context, context.service_request)
    else:
        names = [service.names.get(context.operation.name, context.operation.name)]
    return [f"{service.prefix}:{name}" for name in names]


def needs_signature(context: RequestContext) -> bool:
    """Whether an operation is refused to who does not sign it, before any policy is asked."""
    return context.operation.name not in service_of(context).unsigned


def _passed_roles(request: Mapping[str, Any], path: tuple[str, ...], service: Service) -> list[Target]:
    """`iam:PassRole` on each role that the request hands to the service."""
    passed = {"iam:PassedToService": f"{service.prefix}.amazonaws.com"}
    roles = dict.fromkeys(_values(request, path))
    return [
        Target("iam:PassRole", arn, account_of(arn), context=passed)
        for arn in roles
        if arn.startswith("arn:") and arn != CALLER
    ]


def _values(where: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(where, list):
        for item in where:
            yield from _values(item, path)
    elif not path:
        if where:
            yield where
    elif isinstance(where, Mapping) and path[0] in where:
        yield from _values(where[path[0]], path[1:])
