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

# HTTP and WebSocket APIs have the same actions; a resource's path is without the version, arn:…::/apis/ID/routes/ID.


def v2_targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """The path, without its version."""
    path = context.request.path.removeprefix("/v2")
    return [Target(action, f"arn:aws:apigateway:{context.region}::{path}", context.account_id)]


def at_the_connection(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Nothing here: `apigatewayv2.connection_management` knows whose a connection is, and decides."""
    return []


V2 = Service(
    "apigateway",
    actions=actions,
    targets=v2_targets,
    passed_roles={
        "CreateApi": ("CredentialsArn",),
        "UpdateApi": ("CredentialsArn",),
        "CreateIntegration": ("CredentialsArn",),
        "UpdateIntegration": ("CredentialsArn",),
        "CreateAuthorizer": ("AuthorizerCredentialsArn",),
        "UpdateAuthorizer": ("AuthorizerCredentialsArn",),
    },
)
CONNECTIONS = Service("execute-api", targets=at_the_connection)
