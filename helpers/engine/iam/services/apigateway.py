"""Amazon API Gateway: actions are named after HTTP methods, resources are paths."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service


def actions(context: RequestContext, request: Parameters) -> list[str]:
    """The HTTP method."""
    return [context.request.method]


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """The path."""
    return [Target(action, f"arn:aws:apigateway:{context.region}::{context.request.path}", context.account_id)]


SERVICE = Service("apigateway", actions=actions, targets=targets, passed_roles={"PutIntegration": ("credentials",)})
