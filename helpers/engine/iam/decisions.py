"""Decisions: the evaluator, asked with a caller's policies, a resource's policy and the condition keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from localstack.aws.api import CommonServiceException, RequestContext

from . import condition_keys, identity_policies, messages, resource_policies, resource_tags
from .callers import Caller
from .policy_evaluation import Decision, Policy, PolicySet, Principal, Request, evaluate
from .targets import Target


def require(caller: Caller, context: RequestContext, targets: Sequence[Target]) -> None:
    """Raise AWS's error for the first target that the caller may not touch."""
    for target in targets:
        if is_free(caller, target):
            continue
        decision = decide(caller, target, condition_keys.collect(caller, context, target))
        if not decision.allowed:
            raise refusal(caller, context, target, decision)


def permits(caller: Caller, context: RequestContext, target: Target) -> bool:
    """Whether the caller may touch a target."""
    return is_free(caller, target) or decide(caller, target, condition_keys.collect(caller, context, target)).allowed


def is_free(caller: Caller, target: Target) -> bool:
    """Whether no policy is asked: account root may do all in its account, except to assume a role."""
    return caller.is_root and target.account in (None, caller.account) and not target.is_trust


def decide(caller: Caller, target: Target, keys: Mapping[str, str | Sequence[str]]) -> Decision:
    """The decision on one target, with these condition keys."""
    resource = resource_policies.find_policy(target)
    if caller.is_root and target.is_trust:
        return _root_assumes(caller, target, keys, resource)
    policies = identity_policies.collect(caller, resource)
    if policies.about_tags:
        keys = {**keys, **resource_tags.keys_of(target)}
    request = Request(caller.principal, target.action, target.resource, target.account, keys)
    decision = evaluate(request, policies)
    if caller.principal.kind == "service" and decision.effect == "implicitDeny":
        return _regional(caller, target, keys, resource) or decision
    return decision


def _regional(
    caller: Caller, target: Target, keys: Mapping[str, str | Sequence[str]], resource: Policy | None
) -> Decision | None:
    """The decision for the service's name in this region, states.us-east-1.amazonaws.com, if that is let in."""
    region = keys.get("aws:RequestedRegion")
    name = f"{(caller.principal.service or '').removesuffix('.amazonaws.com')}.{region}.amazonaws.com"
    request = Request(Principal("service", name, service=name), target.action, target.resource, target.account, keys)
    decision = evaluate(request, PolicySet(resource=resource))
    return decision if decision.allowed else None


def _root_assumes(
    caller: Caller, target: Target, keys: Mapping[str, str | Sequence[str]], trust: Policy | None
) -> Decision:
    """AWS lets a root user assume no role at all. Ours stands for an administrator: one who may do all, but whom the
    role must trust.
    """
    administrator = Principal("user", caller.principal.arn, caller.account)
    if trust and trust.about_tags:
        keys = {**keys, **resource_tags.keys_of(target)}
    request = Request(administrator, target.action, target.resource, target.account, keys)
    return evaluate(request, PolicySet([identity_policies.ALL], resource=trust))


def refusal(caller: Caller, context: RequestContext, target: Target, decision: Decision) -> CommonServiceException:
    """The error for a denial."""
    if caller.principal.kind == "anonymous" and context.service.service_name != "s3":
        return messages.unsigned(context)
    return messages.denied(context, caller.principal.arn, target, decision)
