"""ListEventSourceMappings of a function, or of one of its versions or aliases.

A name, a partial ARN or an ARN names the function; with a qualifier the mappings of that version or alias, without one
those of the function (Lambda API Reference, "ListEventSourceMappings", FunctionName, 2026-11). LocalStack 4.9.2 answers
with every mapping whose function's ARN contains the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import ListEventSourceMappingsResponse
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.provider import LambdaProvider
from localstack.utils.collections import PaginatedList


def list_event_source_mappings(
    original: Callable[..., Any],
    self: LambdaProvider,
    context: RequestContext,
    event_source_arn: str | None = None,
    function_name: str | None = None,
    marker: str | None = None,
    max_items: int | None = None,
    **more: Any,
) -> Any:
    """`LambdaProvider.list_event_source_mappings`."""
    if not function_name:
        return original(self, context, event_source_arn, function_name, marker, max_items, **more)
    name, qualifier, account, region = api_utils.function_locators_from_arn(function_name)
    asked = api_utils.lambda_arn(name or "", qualifier, account or context.account_id, region or context.region)
    mappings = PaginatedList(
        mapping
        for mapping in list(lambda_stores[context.account_id][context.region].event_source_mappings.values())
        if mapping["FunctionArn"] == asked and event_source_arn in (None, mapping.get("EventSourceArn"))
    )
    page, following = mappings.get_page(lambda mapping: mapping["UUID"], marker, max_items)
    return ListEventSourceMappingsResponse(EventSourceMappings=page, NextMarker=following)
