"""Lambda authorizers of HTTP APIs: a function says who may call a route.

Every identity source has to be there, or the answer is 401 and nobody is asked; the function's answer is a policy, or
with `EnableSimpleResponses` {"isAuthorized": true, "context": {…}}; what is neither is a 500, a no is a 403. An answer
is kept for `AuthorizerResultTtlInSeconds` under the values of the identity sources, whichever route they came to (API
Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers", 2026-11).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..apigateway.kept_answers import KeptAnswers
from ..iam.policy_evaluation import MalformedPolicyError, PolicySet, Principal, Request, evaluate, parse
from . import functions, proxy_events
from .apis import Api, Fields
from .errors import forbidden, internal, unauthorized
from .http_calls import Call

SECONDS = 10.0  # that AWS waits for an authorizer (Quotas, 2026-11)

_kept: KeptAnswers[Mapping[str, Any]] = KeptAnswers()


def authorize(call: Call, authorizer: Fields) -> dict[str, Any]:
    """`requestContext.authorizer` for who may call. Raises: ApiError (401, 403, 500)."""
    sources = authorizer.get("IdentitySource") or []
    values = [call.lookup(source.removeprefix("$")) for source in sources]
    if not all(values):
        raise unauthorized()
    seconds = authorizer.get("AuthorizerResultTtlInSeconds", 0)
    key = (call.api.id, call.stage_name, authorizer["AuthorizerId"], *values)
    said = _kept.get(key) if seconds and sources else None
    if said is None:
        said = ask(call.api, authorizer, event_of(call, authorizer, values), call.stage["StageVariables"])
        if seconds and sources:
            _kept.keep(key, said, seconds)
    if not permitted(said, call.execute_arn, bool(authorizer.get("EnableSimpleResponses"))):
        raise forbidden()
    context = said.get("context")
    return {"lambda": context if context else None}


def forget(api_id: str, stage: str) -> None:
    """Ask again from now on: ResetAuthorizersCache."""
    _kept.forget(api_id, stage)


def ask(api: Api, authorizer: Fields, event: Mapping[str, Any], variables: Mapping[str, str]) -> Mapping[str, Any]:
    """What an authorizer's function says. Raises: ApiError (500)."""
    arn = functions.function_arn(authorizer["AuthorizerUri"], variables)
    source = api.execute_arn(f"authorizers/{authorizer['AuthorizerId']}")
    try:
        said = json.loads(functions.invoke(arn, authorizer.get("AuthorizerCredentialsArn"), source, event, SECONDS))
    except functions.FunctionError as error:
        # As for REST APIs, which authorizers of WebSocket APIs are like.
        says_so = not api.is_http and '"errorMessage": "Unauthorized"' in str(error)
        raise (unauthorized() if says_so else internal()) from None
    except ValueError:
        raise internal() from None
    if not isinstance(said, dict) or not isinstance(said.get("context") or {}, dict):
        raise internal()
    return said


def permitted(said: Mapping[str, Any], arn: str, simple: bool) -> bool:
    """Whether an answer lets a request through. Raises: ApiError (500) for one that says nothing."""
    if simple:
        if not isinstance(said.get("isAuthorized"), bool):
            raise internal()
        return said["isAuthorized"]
    document = said.get("policyDocument")
    if not isinstance(document, dict) or not said.get("principalId"):
        raise internal()
    try:
        policy = parse({"Version": "2012-10-17", **document}, "authorizer's policy")
    except MalformedPolicyError:
        raise internal() from None
    account = arn.split(":")[4]
    who = Principal("user", f"arn:aws:iam::{account}:user/{said['principalId']}", account)
    return evaluate(Request(who, "execute-api:Invoke", arn, account), PolicySet([policy])).allowed


def event_of(call: Call, authorizer: Fields, values: list[str]) -> dict[str, Any]:
    """The function's event, in the authorizer's format."""
    kept = ("rawPath", "rawQueryString", "cookies", "headers", "queryStringParameters", "pathParameters")
    if authorizer["AuthorizerPayloadFormatVersion"] == "2.0":
        event = proxy_events.event_2_0(call)
        return {
            "version": "2.0",
            "type": "REQUEST",
            "routeArn": call.execute_arn,
            "identitySource": values,
            "routeKey": call.route["RouteKey"],
            **{name: event[name] for name in kept if name in event},
            "requestContext": event["requestContext"],
            "stageVariables": call.stage["StageVariables"] or None,
        }
    event = proxy_events.event_1_0(call)
    return {
        "version": "1.0",
        "type": "REQUEST",
        "methodArn": call.execute_arn,
        "identitySource": ",".join(values),
        "authorizationToken": ",".join(values),
        **{
            name: event[name]
            for name in event
            if name
            not in ("version", "body", "isBase64Encoded", "multiValueHeaders", "multiValueQueryStringParameters")
        },
    }
