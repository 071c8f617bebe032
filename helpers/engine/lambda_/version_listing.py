"""ListVersionsByFunction, page by page.

LocalStack 4.9.2 answers with a whole version in `NextMarker`, which no client can send back.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import ListVersionsByFunctionResponse
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.provider import LambdaProvider
from localstack.utils.collections import PaginatedList


def list_versions_by_function(
    self: LambdaProvider,
    context: RequestContext,
    function_name: str,
    marker: str | None = None,
    max_items: int | None = None,
    **kwargs: Any,
) -> ListVersionsByFunctionResponse:
    """Replace `LambdaProvider.list_versions_by_function`: the marker is the ARN of the next version."""
    account, region = api_utils.get_account_and_region(function_name, context)
    name = api_utils.get_function_name(function_name, context)
    function = self._get_function(function_name=name, region=region, account_id=account)
    versions = PaginatedList(
        api_utils.map_to_list_response(api_utils.map_config_out(version=version, return_qualified_arn=True))
        for version in list(function.versions.values())
    )
    page, following = versions.get_page(lambda version: version["FunctionArn"], marker, max_items)
    return ListVersionsByFunctionResponse(Versions=page, NextMarker=following)
