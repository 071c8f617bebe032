"""A function's new role has to be one that Lambda may assume: LocalStack 4.9.2 looks only when a function is created.

The sentence is CreateFunction's (snapshots of LocalStack's tests, 2025).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import FunctionConfiguration, InvalidParameterValueException

from . import versions


def update_function_configuration(
    original: Callable[..., FunctionConfiguration], self: Any, context: RequestContext, request: dict[str, Any]
) -> FunctionConfiguration:
    """Wrap `LambdaProvider.update_function_configuration`: refuse a role that cannot be assumed."""
    role = request.get("Role")
    if role and versions.find(context)[0] and not self.lambda_service.can_assume_role(role, context.region):
        raise InvalidParameterValueException(
            "The role defined for the function cannot be assumed by Lambda.", Type="User"
        )
    return original(self, context, request)
