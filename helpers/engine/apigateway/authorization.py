"""May this request pass to the method's integration? Asked once the method is known, before API keys and validation.

| authorizationType | who decides |
|---|---|
| NONE | the API's resource policy, if it has one (`api_policies`) |
| AWS_IAM | the policies of who signed the request (`signed_callers`), and the resource policy |
| CUSTOM | the policy that a Lambda authorizer returns (`lambda_authorizers`), and the resource policy |

COGNITO_USER_POOLS is refused when an authorizer is created (`authorizers`); one that was imported lets nobody in, 401,
for no token can be of a user pool that is not there. LocalStack 4.9.2 asks nobody; AWS itself asks nobody for
TestInvokeMethod.

What is denied answers 403 with a reason, in which all but the account's last four digits are stars (public reports of
2025 and 2026): "User: anonymous is not authorized to perform: execute-api:Invoke on resource:
arn:aws:execute-api:us-east-1:********4690:id/prod/GET/ because no resource-based policy allows the execute-api:Invoke
action", and for an authorizer's policy "User is not authorized to access this resource because no identity-based policy
allows the execute-api:Invoke action".
"""

from __future__ import annotations

from dataclasses import replace

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    AccessDeniedError,
    UnauthorizedError,
)

from .. import settings
from ..iam import condition_keys, identity_policies, messages, request_contexts
from ..iam.callers import ANONYMOUS, Caller
from ..iam.policy_evaluation import (
    Decision,
    MalformedPolicyError,
    Policy,
    PolicySet,
    Principal,
    Request,
    evaluate,
    parse,
)
from ..iam.targets import ConditionKeys, Target
from . import api_policies, lambda_authorizers, signed_callers

ACTION = "execute-api:Invoke"


def authorize(chain: RestApiGatewayHandlerChain, context: RestApiInvocationContext, response: Response) -> None:
    """A handler of LocalStack's chain for REST APIs. Raises the gateway response for a request that may not pass."""
    kind = (context.resource_method.get("authorizationType") or "NONE").upper()
    policy = _resource_policy(context)
    if kind == "AWS_IAM":
        caller = signed_callers.identify(context)
        context.context_variables["identity"].update(signed_callers.identity(caller))
        if settings.current().iam:
            _require(context, caller, PolicySet(resource=policy))
    elif kind == "CUSTOM":
        _ask_authorizer(context, policy)
    elif kind != "NONE":  # COGNITO_USER_POOLS, or whatever an imported document says
        raise UnauthorizedError("Unauthorized")
    elif policy is not None:
        _require(context, ANONYMOUS, PolicySet(resource=policy))


def method_arn(context: RestApiInvocationContext) -> str:
    """The ARN of the request: arn:aws:execute-api:us-east-1:000000000000:id/stage/GET/its/path."""
    path = context.invocation_request["path"].rstrip("/") or "/"
    method = context.invocation_request["http_method"]
    return f"arn:aws:execute-api:{context.region}:{context.account_id}:{context.api_id}/{context.stage}/{method}{path}"


def _resource_policy(context: RestApiInvocationContext) -> Policy | None:
    if not settings.current().iam:
        return None
    try:
        return api_policies.policy_of(context)
    except MalformedPolicyError:  # nobody is let in by what cannot be read
        return parse({"Statement": []}, api_policies.NAME)


def _require(context: RestApiInvocationContext, caller: Caller, policies: PolicySet) -> None:
    if caller.entity is not None:
        policies = replace(identity_policies.collect(caller), resource=policies.resource)
    target = _target(context)
    request = Request(caller.principal, ACTION, target.resource, target.account, _keys(context, caller, target))
    decision = evaluate(request, policies)
    if not decision.allowed:
        who = caller.principal.arn
        raise AccessDeniedError(messages.sentence("execute-api", who, target, decision))


def _ask_authorizer(context: RestApiInvocationContext, resource: Policy | None) -> None:
    """ "Before calling the Lambda authorizer, API Gateway first evaluates the policy and checks for explicit denials"
    (the guide's page named in `api_policies`); then the authorizer's policy is evaluated in conjunction with it.
    """
    target = _target(context)
    keys = _keys(context, ANONYMOUS, target)
    if resource is not None:
        decision = evaluate(_request(ANONYMOUS.principal, target, keys), PolicySet(resource=resource))
        if decision.effect == "explicitDeny":
            raise AccessDeniedError(messages.sentence("execute-api", "anonymous", target, decision))
    answer = lambda_authorizers.answer_of(context, target.resource)
    context.context_variables["authorizer"] = answer.variables
    if answer.usage_key is not None:
        context.context_variables["identity"]["apiKey"] = answer.usage_key
    decision = _by_authorizer(answer.policy, target, keys, resource)
    if not decision.allowed:
        raise AccessDeniedError(f"User is not authorized to access this resource {decision.reason}")


def _by_authorizer(policy: Policy, target: Target, keys: ConditionKeys, resource: Policy | None) -> Decision:
    """The decision for whom the authorizer knows: a user of the API's account with the authorizer's policy."""
    user = Principal("user", f"arn:aws:iam::{target.account}:user/authorizer", target.account)
    return evaluate(_request(user, target, keys), PolicySet([policy], resource=resource))


def _request(principal: Principal, target: Target, keys: ConditionKeys) -> Request:
    return Request(principal, ACTION, target.resource, target.account, keys)


def _target(context: RestApiInvocationContext) -> Target:
    account = context.account_id
    arn = method_arn(context)
    return Target(ACTION, arn, account, shown=arn.replace(f":{account}:", f":********{account[-4:]}:", 1))


def _keys(context: RestApiInvocationContext, caller: Caller, target: Target) -> ConditionKeys:
    made = request_contexts.make_context(context.request, "execute-api", "Invoke", context.region)
    return condition_keys.collect(caller, made, target)
