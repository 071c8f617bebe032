"""May a service assume the role it is given? Asked when the role is given, as AWS does.

`CreateFunction` asks by itself: LocalStack assumes the role, and is refused if the trust policy says no.
"""

from __future__ import annotations

from localstack.aws.api import CommonServiceException, RequestContext

from . import callers, decisions
from .policy_evaluation import Decision
from .targets import Target

CANNOT_ASSUME = "The role defined for the function cannot be assumed by Lambda."
NOR_THE_REGIONAL = (
    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the "
    "provided role."
)


def check(context: RequestContext) -> None:
    """Raises AWS's error if the service cannot assume the role in the request."""
    match context.service.service_name, context.operation.name:
        case "lambda", "UpdateFunctionConfiguration":
            role = context.service_request.get("Role")
            if role and not trusts(role, "lambda", context.region):
                raise CommonServiceException("InvalidParameterValueException", CANNOT_ASSUME, 400, True)
        case "stepfunctions", "CreateStateMachine" | "UpdateStateMachine":
            role = context.service_request.get("roleArn")
            if role and not trusts(role, "states", context.region):
                raise CommonServiceException("AccessDeniedException", NOR_THE_REGIONAL, 400, True)


def trusts(role_arn: str, service: str, region: str) -> bool:
    """Whether the role exists and lets `service` ("lambda") assume it, by its global or its regional name."""
    return trust_decision(role_arn, service, region).allowed


def trust_decision(role_arn: str, service: str, region: str) -> Decision:
    """Why."""
    target = Target("sts:AssumeRole", role_arn, role_arn.split(":")[4])
    return decisions.decide(callers.of_service(service, None), target, {"aws:RequestedRegion": region})
