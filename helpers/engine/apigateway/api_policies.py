"""The resource policy of a REST API: who may call which of its methods. LocalStack 4.9.2 stores it, and asks nobody.

"If you update the resource policy after the API is created, you'll need to deploy the API" (API Gateway Developer
Guide, "Create and attach an API Gateway resource policy to an API", 2026-11): what counts is the deployment's policy.
It decides alone for a method without authorization, and together with the caller's policies (AWS_IAM) or with the
authorizer's (CUSTOM): one of them must allow, none may deny ("How API Gateway resource policies affect authorization
workflow", table A; another account's callers need both, table B). With `LAB_IAM=off` no policy is asked.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from localstack.aws.api.apigateway import BadRequestException
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

from ..iam.policy_evaluation import MalformedPolicyError, Policy, parse

NAME = "resource-based policy"
INVALID = "Invalid policy document. Please check the policy syntax and ensure that Principals are valid."
SHORT = "execute-api:/"
RESOURCES = ("Resource", "NotResource")


def policy_of(context: RestApiInvocationContext) -> Policy | None:
    """The policy of the deployment that a request is to; None without."""
    text = context.deployment.rest_api.rest_api.get("policy")
    if not text:
        return None
    return _parsed(text, f"arn:aws:execute-api:{context.region}:{context.account_id}:{context.api_id}/")


@lru_cache(maxsize=256)
def _parsed(text: str, arn: str) -> Policy:
    """A policy as moto keeps it: in JSON, with the escapes of a JSON string.

    Raises: MalformedPolicyError.
    """
    try:
        document = json.loads(json.loads(f'"{text}"'))
    except ValueError as error:
        raise MalformedPolicyError(f"The policy of {arn} is not JSON: {error}.") from None
    return parse(expanded(document, arn), NAME)


def expanded(document: dict[str, Any], arn: str) -> dict[str, Any]:
    """The document with whole ARNs: "execute-api:/stage/*" is short for the API's own ("Access policy language overview
    for Amazon API Gateway", the same guide).
    """
    statements = document.get("Statement")
    every = [statements] if isinstance(statements, dict) else statements
    if not isinstance(every, list):
        return document
    return {**document, "Statement": [_expanded(statement, arn) for statement in every]}


def _expanded(statement: Any, arn: str) -> Any:
    if not isinstance(statement, dict):
        return statement
    return {key: _whole(value, arn) if key in RESOURCES else value for key, value in statement.items()}


def _whole(resources: Any, arn: str) -> Any:
    if isinstance(resources, list):
        return [_whole(resource, arn) for resource in resources]
    if isinstance(resources, str) and resources.startswith(SHORT):
        return arn + resources.removeprefix(SHORT)
    return resources


def check(text: str | None) -> None:
    """Raise BadRequestException for a policy that AWS does not store (public reports of Terraform and the CDK)."""
    if not text:
        return
    try:
        document = json.loads(text)
        parse(document, NAME)
        statements = document["Statement"]
        every = [statements] if isinstance(statements, dict) else statements
        named = all("Principal" in statement for statement in every)
    except (ValueError, MalformedPolicyError, TypeError, AttributeError):
        named = False
    if not named:
        raise BadRequestException(INVALID)
