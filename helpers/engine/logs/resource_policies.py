"""PutResourcePolicy: a policy that is none is refused. (moto keeps any text.)"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.logs import InvalidParameterException
from localstack.services.moto import call_moto


def put_resource_policy(
    original: Callable[..., Any], self: Any, context: RequestContext, policy_document: str | None = None, **_: Any
) -> Any:
    """Wrap `LogsProvider.put_resource_policy`."""
    try:
        is_policy = "Statement" in json.loads(policy_document or "")
    except (ValueError, TypeError, RecursionError):
        is_policy = False
    if not is_policy:
        raise InvalidParameterException(
            "Invalid policy document. Please check the policy syntax and ensure that Principals are valid."
        )
    return call_moto(context)
