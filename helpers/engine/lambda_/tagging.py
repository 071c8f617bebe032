"""Tags of code signing configurations, which LocalStack 4.9.2 drops, and refuses later; of functions that are no more.

"The resource's Amazon Resource Name (ARN)" may be that of a function, an event source mapping or a code signing
configuration (Lambda API Reference, "TagResource", 2026-11).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import ResourceNotFoundException
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.models import lambda_stores


def fetch_lambda_store_for_tagging(original: Callable[..., Any], self: Any, resource: str) -> Any:
    """Wrap `LambdaProvider.fetch_lambda_store_for_tagging`: the store of a code signing configuration, too."""
    parts = resource.split(":")
    if parts[5:6] != ["code-signing-config"] or len(parts) != 7:
        return original(self, resource)
    store = lambda_stores[parts[4]][parts[3]]
    if resource not in store.code_signing_configs:
        raise ResourceNotFoundException(
            f"The Lambda code signing configuration {resource} can not be found.", Type="User"
        )
    return store


def delete_function(
    original: Callable[..., None],
    self: Any,
    context: RequestContext,
    function_name: str,
    qualifier: str | None = None,
    **kwargs: Any,
) -> None:
    """Wrap `LambdaProvider.delete_function`: a later function of the name does not begin with the tags of this one."""
    original(self, context, function_name, qualifier, **kwargs)
    account, region = api_utils.get_account_and_region(function_name, context)
    name, _ = api_utils.get_name_and_qualifier(function_name, qualifier, context)
    store = lambda_stores[account][region]
    if name not in store.functions:
        store.TAGS.del_resource(api_utils.unqualified_lambda_arn(name, account, region))


def create_code_signing_config(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    allowed_publishers: Any,
    description: str | None = None,
    code_signing_policies: Any = None,
    tags: dict[str, str] | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Wrap `LambdaProvider.create_code_signing_config`: keep its tags."""
    answer: dict[str, Any] = original(self, context, allowed_publishers, description, code_signing_policies, **kwargs)
    if tags:
        self._store_tags(answer["CodeSigningConfig"]["CodeSigningConfigArn"], tags)
    return answer
