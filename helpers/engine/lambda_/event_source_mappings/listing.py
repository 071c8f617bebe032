"""ListEventSourceMappings: those of a function are those of its name, or of the version or alias that is named.

LocalStack 4.9.2 looks for the name within ARNs: `f` finds the mappings of `fast`, and an ARN without its account none.
Lambda API Reference, "ListEventSourceMappings", `FunctionName` (2026-11): a name, a version's or alias's ARN, a
function's ARN, or a partial one.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import ListEventSourceMappingsResponse
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.provider import LambdaProvider
from localstack.utils.collections import PaginatedList


def list_event_source_mappings(
    self: LambdaProvider,
    context: RequestContext,
    event_source_arn: str | None = None,
    function_name: str | None = None,
    marker: str | None = None,
    max_items: int | None = None,
    **kwargs: Any,
) -> ListEventSourceMappingsResponse:
    """Replace `LambdaProvider.list_event_source_mappings`."""
    mappings = list(lambda_stores[context.account_id][context.region].event_source_mappings.values())
    if event_source_arn:
        mappings = [mapping for mapping in mappings if mapping.get("EventSourceArn") == event_source_arn]
    if function_name:
        name, qualifier, _, _ = api_utils.function_locators_from_arn(function_name)
        mappings = [mapping for mapping in mappings if calls(mapping["FunctionArn"], name, qualifier)]
    page, following = PaginatedList(mappings).get_page(lambda mapping: mapping["UUID"], marker, max_items)
    return ListEventSourceMappingsResponse(EventSourceMappings=page, NextMarker=following)


def calls(function_arn: str, name: str | None, qualifier: str | None) -> bool:
    """Whether a mapping's function is the one that is named; without a qualifier, any version and alias of it."""
    mapped, mapped_qualifier, _, _ = api_utils.function_locators_from_arn(function_arn)
    return mapped == name and qualifier in (None, mapped_qualifier)
