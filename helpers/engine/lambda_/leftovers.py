"""What belongs to a function, a version or an alias goes with it.

LocalStack 4.9.2 keeps the tags of a function that was deleted, and the policy and the EventInvokeConfig of a version or
an alias: the next of that name begins with them, and GetPolicy of one that is no more fails. On AWS the answer is that
"the resource you requested does not exist" (LocalStack's snapshot `test_lambda_permission_fn_versioning`, 2024).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.lambda_models import Function
from localstack.services.lambda_.invocation.models import lambda_stores

from . import versions


def delete_function(
    original: Callable[..., None],
    self: Any,
    context: RequestContext,
    function_name: str,
    qualifier: str | None = None,
    **kwargs: Any,
) -> None:
    """Wrap `LambdaProvider.delete_function`, of a version, too."""
    original(self, context, function_name, qualifier, **kwargs)
    account, region = api_utils.get_account_and_region(function_name, context)
    name, of = api_utils.get_name_and_qualifier(function_name, qualifier, context)
    store = lambda_stores[account][region]
    if name not in store.functions:
        store.TAGS.del_resource(api_utils.unqualified_lambda_arn(name, account, region))
    elif of:
        forget(store.functions[name], of)


def delete_alias(
    original: Callable[..., None], self: Any, context: RequestContext, function_name: str, name: str, **kwargs: Any
) -> None:
    """Wrap `LambdaProvider.delete_alias`."""
    original(self, context, function_name, name, **kwargs)
    function, _, _ = versions.find(context)
    if function:
        forget(function, name)


def forget(function: Function, qualifier: str) -> None:
    """Remove what is kept for a version or an alias."""
    function.permissions.pop(qualifier, None)
    function.event_invoke_configs.pop(qualifier, None)
