"""Which version of a function a name and a qualifier mean."""

from __future__ import annotations

import random

from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.services.lambda_.invocation.models import lambda_stores

# serverless/serverless, pull request 13589 (2026-05)
UNQUALIFIED = "You cannot invoke a durable function using an unqualified ARN."


def version_of(account: str, region: str, name: str, qualifier: str | None) -> FunctionVersion | None:
    """The version; None if there is none. An alias with weights takes one of its two, as an invocation does."""
    function = lambda_stores[account][region].functions.get(name)
    if function is None:
        return None
    number = qualifier or "$LATEST"
    if alias := function.aliases.get(number):
        number = alias.function_version
        weights = alias.routing_configuration.version_weights if alias.routing_configuration else {}
        for other, weight in weights.items():
            if random.random() < weight:
                number = other
    return function.versions.get(number)
