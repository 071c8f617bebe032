"""`SimulatePrincipalPolicy` and `SimulateCustomPolicy`, answered by the evaluator that decides on real requests.

LocalStack 4.9.2 crashes on a role with an inline policy and calls every denial explicit.
IAM API Reference, "SimulatePrincipalPolicy" and "EvaluationResult" (2026-11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.aws.protocol.serializer import create_serializer
from localstack.http import Response
from moto.iam.models import iam_backends

from . import callers, condition_keys, identity_policies, role_sessions
from .policy_evaluation import MalformedPolicyError, Policy, PolicySet, Principal, Request, evaluate, parse

# Keys that every request has: the simulator fills them in by itself.
ALWAYS = ("aws:currenttime", "aws:epochtime")


def answer(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of both operations that answers for the IAM service."""
    try:
        result = simulate(context.service_request, context.account_id, context.operation.name)
    except MalformedPolicyError as error:
        raise CommonServiceException("InvalidInput", str(error), 400, True) from None
    serializer = create_serializer(context.service)
    response.update_from(
        serializer.serialize_to_response(result, context.operation, context.request.headers, context.request_id)
    )
    chain.stop()


def simulate(request: Mapping[str, Any], account: str, operation: str) -> dict[str, Any]:
    """The answer: a result for each action on each resource."""
    texts = list(request.get("PolicyInputList") or ())
    given = [parse(text, f"PolicyInputList.{index}") for index, text in enumerate(texts, 1)]
    caller, identity, boundary = None, given, None
    if operation == "SimulatePrincipalPolicy":
        caller = _principal(request["PolicySourceArn"])
        policies = identity_policies.collect(caller)
        identity, boundary = [*policies.identity, *given], policies.boundary
        texts += identity_policies.documents_of(caller)
    if limits := request.get("PermissionsBoundaryPolicyInputList"):
        boundary = [parse(text, f"PermissionsBoundaryPolicyInputList.{i}") for i, text in enumerate(limits, 1)]
        texts += limits
    text = request.get("ResourcePolicy")
    resource = parse(text, "ResourcePolicy") if text else None
    principal, keys = _who(request, account, caller)
    keys.update({entry["ContextKeyName"]: entry["ContextKeyValues"] for entry in request.get("ContextEntries") or ()})
    policies = PolicySet(identity, boundary, None, resource)
    results = [
        _result(Request(principal, action, arn, _owner(request, arn), keys), policies, texts)
        for action in request["ActionNames"]
        for arn in request.get("ResourceArns") or ["*"]
    ]
    first = int(request.get("Marker") or 0)
    last = first + int(request.get("MaxItems") or 1000)
    page = {"EvaluationResults": results[first:last], "IsTruncated": last < len(results)}
    return {**page, "Marker": str(last)} if last < len(results) else page


def _principal(arn: str) -> callers.Caller:
    """The user, group or role of `PolicySourceArn`."""
    kind, _, path = arn.rpartition(":")[2].partition("/")
    backend = iam_backends[arn.split(":")[4]]["aws"] if arn.count(":") >= 5 else None
    name = path.rpartition("/")[2]
    if backend and kind == "role" and (role := role_sessions.find_role(arn)):
        return callers.from_role(role, "simulation")
    if backend and kind == "user" and (user := backend.users.get(name)):
        return callers.from_user(user)
    if backend and kind == "group" and (group := backend.groups.get(name)):
        return callers.Caller(Principal("user", arn, arn.split(":")[4]), arn.split(":")[4], group)
    if kind not in ("role", "user", "group"):
        raise CommonServiceException(
            "InvalidInput", f"Invalid Entity Arn: {arn} does not clearly define entity type and name.", 400, True
        )
    raise CommonServiceException("NoSuchEntity", f"The {kind} with name {name} cannot be found.", 404, True)


def _who(request: Mapping[str, Any], account: str, caller: callers.Caller | None) -> tuple[Principal, dict[str, Any]]:
    """The principal that is simulated, and what is known of it."""
    if arn := request.get("CallerArn"):
        principal = Principal("user", arn, arn.split(":")[4])
        return principal, {"aws:PrincipalArn": arn, "aws:PrincipalAccount": principal.account}
    if caller is None:
        return Principal("user", f"arn:aws:iam::{account}:user/simulation", account), {}
    if getattr(caller.entity, "tags", None) is None and not hasattr(caller.entity, "access_keys"):
        return caller.principal, {}
    return caller.principal, dict(condition_keys.principal_keys(caller))


def _owner(request: Mapping[str, Any], arn: str) -> str | None:
    if owner := request.get("ResourceOwner"):
        return owner.split(":")[4] if owner.startswith("arn:") else owner
    parts = arn.split(":")
    return parts[4] or None if len(parts) > 5 else None


def _result(request: Request, policies: PolicySet, texts: Sequence[str]) -> dict[str, Any]:
    decision = evaluate(request, policies)
    result: dict[str, Any] = {
        "EvalActionName": request.name,
        "EvalResourceName": request.resource,
        "EvalDecision": decision.effect,
        "MatchedStatements": [
            {
                "SourcePolicyId": statement.policy,
                "SourcePolicyType": "Resource Policy" if decision.decided_by == "resource" else "IAM Policy",
            }
            for statement in decision.statements
        ],
        "MissingContextValues": [_spelled(key, texts) for key in _missing(request, policies)],
    }
    if policies.boundary is not None:
        allowed = evaluate(request, PolicySet(policies.boundary)).allowed
        result["PermissionsBoundaryDecisionDetail"] = {"AllowedByPermissionsBoundary": allowed}
    return result


def _missing(request: Request, policies: PolicySet) -> list[str]:
    """Keys that policies ask for and the request does not have."""
    kinds: list[Policy] = [
        *policies.identity,
        *(policies.boundary or ()),
        *([policies.resource] if policies.resource else ()),
    ]
    asked = {
        key
        for policy in kinds
        for statement in policy.about(request.service)
        if statement.mismatch(request) not in ("Action", "Resource")
        for key in statement.context_keys
    }
    return sorted(asked - set(request.context) - set(ALWAYS))


def _spelled(key: str, texts: Sequence[str]) -> str:
    """A key as a policy spells it: the evaluator has them in lower case."""
    for text in texts:
        if found := re.search(re.escape(key), text, re.IGNORECASE):
            return found[0]
    return key
