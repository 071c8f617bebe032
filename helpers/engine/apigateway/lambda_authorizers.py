"""Lambda authorizers: a function says who calls and what they may call, and its answer is kept for a while.

- It is called as the role `authorizerCredentials`, or as API Gateway, which its policy must allow: with the source ARN
  arn:aws:execute-api:region:account:api/authorizers/id (API Gateway Developer Guide, "Arn format reference").
- It answers {"principalId", "policyDocument", "context", "usageIdentifierKey"}. An exception "Unauthorized" is 401.
  Every other exception, a call that is refused and an answer that is no answer are 500 {"message": null},
  AUTHORIZER_CONFIGURATION_ERROR. "You can't set a JSON object or array as a valid value of any key in the context map",
  and all values become text ("Output from an API Gateway Lambda authorizer").
- "When caching is enabled, the policy is cached for the identity sources' values, for all methods that use the
  authorizer": a policy for one method's ARN denies the others. Default 300 s, at most 3,600 ("Configure an API Gateway
  Lambda authorizer"; 2026-11). That a new deployment asks anew is ours: AWS does not say.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    AuthorizerConfigurationError,
    UnauthorizedError,
)
from localstack.services.apigateway.next_gen.execute_api.helpers import (
    get_lambda_function_arn_from_invocation_uri,
    render_uri_with_stage_variables,
)
from localstack.utils.aws.client_types import ServicePrincipal

from ..iam.policy_evaluation import MalformedPolicyError, Policy, parse
from . import assumed_roles, authorizer_events
from .kept_answers import KeptAnswers

DEFAULT, LONGEST = 300, 3600  # seconds that an answer is kept


@dataclass(frozen=True, slots=True)
class Answer:
    """What an authorizer said: its `policy`, as text in `document`, too; `variables`, the event's
    requestContext.authorizer; `usage_key`, the API key for the usage plan, None without.
    """

    policy: Policy
    document: str
    variables: dict[str, Any]
    usage_key: str | None


_kept: KeptAnswers[Answer] = KeptAnswers()


def answer_of(context: RestApiInvocationContext, method_arn: str) -> Answer:
    """The answer of the method's authorizer to a request, perhaps one that was given before.

    Raises: UnauthorizedError, AuthorizerConfigurationError.
    """
    authorizer = context.deployment.rest_api.authorizers.get(context.resource_method.get("authorizerId"))
    if authorizer is None or authorizer["type"] not in ("TOKEN", "REQUEST"):
        raise AuthorizerConfigurationError
    identity = authorizer_events.identity_of(context, authorizer)
    given = authorizer.get("authorizerResultTtlInSeconds")  # None in an API that was imported without one
    seconds = min(DEFAULT if given is None else int(given), LONGEST)
    if not (seconds and identity):
        return ask(context, authorizer, method_arn, identity)
    key = (context.api_id, context.stage, context.deployment_id, authorizer["id"], *identity)
    answer = _kept.get(key)
    if answer is None:
        answer = ask(context, authorizer, method_arn, identity)
        _kept.keep(key, answer, seconds)
    return answer


def forget(api_id: str, stage: str) -> None:
    """Drop what is kept for a stage (FlushStageAuthorizersCache)."""
    _kept.forget(api_id.lower(), stage)


def ask(
    context: RestApiInvocationContext, authorizer: Mapping[str, Any], method_arn: str, identity: tuple[str, ...]
) -> Answer:
    """Call the authorizer's function. Raises: UnauthorizedError, AuthorizerConfigurationError."""
    event = authorizer_events.event_for(context, authorizer, method_arn, identity)
    started = time.monotonic()
    try:
        called = _call(context, authorizer, event)
        payload = json.loads(called["Payload"].read())
    except (ClientError, BotoCoreError, ValueError, IndexError) as error:
        raise AuthorizerConfigurationError from error
    if called.get("FunctionError"):
        if isinstance(payload, dict) and payload.get("errorMessage") == "Unauthorized":
            raise UnauthorizedError("Unauthorized")
        raise AuthorizerConfigurationError
    return read(payload, latency=round((time.monotonic() - started) * 1000))


def _call(context: RestApiInvocationContext, authorizer: Mapping[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    uri = render_uri_with_stage_variables(authorizer.get("authorizerUri"), context.stage_variables)
    arn = get_lambda_function_arn_from_invocation_uri(uri or "")
    role = render_uri_with_stage_variables(authorizer.get("authorizerCredentials"), context.stage_variables)
    region = arn.split(":")[3]
    api = f"arn:aws:execute-api:{context.region}:{context.account_id}:{context.api_id}"
    client = assumed_roles.clients(region, role or None).lambda_
    as_gateway = client.request_metadata(
        service_principal=ServicePrincipal.apigateway, source_arn=f"{api}/authorizers/{authorizer['id']}"
    )
    return as_gateway.invoke(FunctionName=arn, Payload=json.dumps(event).encode())


def read(payload: Any, latency: int) -> Answer:
    """Take an answer apart. Raises: AuthorizerConfigurationError if it is none."""
    try:
        document = json.dumps(payload["policyDocument"])
        policy = parse(document, "identity-based policy")
        variables = {name: _text(value) for name, value in (payload.get("context") or {}).items() if value is not None}
        principal = payload["principalId"]
        if not isinstance(principal, str) or not principal or not isinstance(payload["policyDocument"], dict):
            raise TypeError("principalId must be text, policyDocument an object")
    except (MalformedPolicyError, KeyError, TypeError, AttributeError) as error:
        raise AuthorizerConfigurationError from error
    usage_key = payload.get("usageIdentifierKey")
    known = {"principalId": principal, "integrationLatency": latency}
    return Answer(policy, document, {**variables, **known}, usage_key)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise TypeError(f"{value!r} is no value of a context")
