"""ListProvisionedConcurrencyConfigs, page by page.

LocalStack 4.9.2 answers with a whole configuration in `NextMarker`, which no client can send back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import ListProvisionedConcurrencyConfigsResponse
from localstack.services.lambda_.provider import LambdaProvider
from localstack.utils.collections import PaginatedList

MOST = 1_000_000  # of one function: all of them


def list_provisioned_concurrency_configs(
    original: Callable[..., ListProvisionedConcurrencyConfigsResponse],
    self: LambdaProvider,
    context: RequestContext,
    function_name: str,
    marker: str | None = None,
    max_items: int | None = None,
    **kwargs: Any,
) -> ListProvisionedConcurrencyConfigsResponse:
    """Wrap `LambdaProvider.list_provisioned_concurrency_configs`: the marker is the ARN of the next configuration."""
    configs = PaginatedList(
        original(self, context, function_name, max_items=MOST, **kwargs)["ProvisionedConcurrencyConfigs"]
    )
    page, following = configs.get_page(lambda config: config["FunctionArn"], marker, max_items)
    return ListProvisionedConcurrencyConfigsResponse(ProvisionedConcurrencyConfigs=page, NextMarker=following)
