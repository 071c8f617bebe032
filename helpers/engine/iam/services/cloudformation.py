"""AWS CloudFormation."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import Target
from .service import Parameters, Service, no_resource

ROLE = ("RoleARN",)


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """A stack."""
    name = request.get("StackName")
    if not name:
        return no_resource(context, request, action)
    prefix = f"arn:aws:cloudformation:{context.region}:{context.account_id}:stack/"
    return [Target(action, name if name.startswith("arn:") else f"{prefix}{name}/*", context.account_id)]


SERVICE = Service(
    "cloudformation",
    targets=targets,
    passed_roles={"CreateChangeSet": ROLE, "CreateStack": ROLE, "DeleteStack": ROLE, "UpdateStack": ROLE},
)
