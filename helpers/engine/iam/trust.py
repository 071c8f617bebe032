"""Whether a service may assume a role: asked when it is given the role, and each time that it uses a session of it.

`CreateFunction` asks by itself: LocalStack assumes the role, and is refused if the trust policy says no.
"""

from __future__ import annotations

from localstack.aws.api import CommonServiceException, RequestContext

from . import callers, decisions, internal_calls, messages, role_sessions
from .policy_evaluation import Decision
from .targets import Target

HOUR = 3600  # seconds
CANNOT_ASSUME = "The role defined for the function cannot be assumed by Lambda."
NOR_THE_REGIONAL = (
    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the "
    "provided role."
)


def check_session(caller: callers.Caller, context: RequestContext) -> None:
    """Refuse a service that calls with a session of a role that does not trust it any more.

    Services keep sessions for long, API Gateway for ever: what counts is whether the role trusts them now.
    """
    role_arn = caller.principal.role_arn
    service = (internal_calls.parameters(context) or {}).get("service_principal")
    if not service or not role_arn or internal_calls.forwarded(context):  # it has no session, but acts for somebody
        return
    decision = trust_decision(role_arn, service, context.region)
    if not decision.allowed:
        raise messages.denied(context, f"{service}.amazonaws.com", Target("sts:AssumeRole", role_arn), decision)


def check_given_role(context: RequestContext) -> None:
    """Refuse a request that gives a service a role that it cannot assume, with the service's error."""
    match context.service.service_name, context.operation.name:
        case "lambda", "UpdateFunctionConfiguration":
            role = context.service_request.get("Role")
            if role and not trusts(role, "lambda", context.region):
                raise CommonServiceException("InvalidParameterValueException", CANNOT_ASSUME, 400, True)
        case "stepfunctions", "CreateStateMachine" | "UpdateStateMachine":
            role = context.service_request.get("roleArn")
            if role and not trusts(role, "states", context.region):
                raise CommonServiceException("AccessDeniedException", NOR_THE_REGIONAL, 400, True)


def check_duration(caller: callers.Caller, context: RequestContext) -> None:
    """Refuse AssumeRole for longer than the role admits, or than an hour to whoever is a role already.

    Both texts: as users report them (IAM User Guide, "Roles terms and concepts", of role chaining, 2026-11).
    """
    if context.service.service_name != "sts" or context.operation.name != "AssumeRole":
        return
    seconds = context.service_request.get("DurationSeconds") or 0
    role = role_sessions.find_role(context.service_request.get("RoleArn") or "")
    if caller.principal.kind == "role session" and seconds > HOUR:
        limit = "the 1 hour session limit for roles assumed by role chaining."
    elif role is not None and seconds > int(role.max_session_duration or HOUR):
        limit = "the MaxSessionDuration set for this role."
    else:
        return
    raise CommonServiceException("ValidationError", f"The requested DurationSeconds exceeds {limit}", 400, True)


def trusts(role_arn: str, service: str, region: str, source_arn: str | None = None) -> bool:
    """Whether the role exists and lets `service` ("lambda") assume it, by its global or its regional name, for the
    resource `source_arn`.
    """
    return trust_decision(role_arn, service, region, source_arn).allowed


def trust_decision(role_arn: str, service: str, region: str, source_arn: str | None = None) -> Decision:
    """The decision of the role's trust policy on `service`."""
    target = Target("sts:AssumeRole", role_arn, role_arn.split(":")[4] if role_arn.count(":") > 4 else "")
    keys = {"aws:RequestedRegion": region}
    if source_arn:
        keys |= {"aws:SourceArn": source_arn, "aws:SourceAccount": source_arn.split(":")[4]}
    return decisions.decide(callers.from_service(service, source_arn), target, keys)
