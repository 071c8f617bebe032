"""What LocalStack 4.9.2 does not delete, or stumbles over once it is deleted.

AWS Lambda API Reference, "DeleteEventSourceMapping" and "ListLayers" (2026-11).
"""

from __future__ import annotations

from functools import partialmethod

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import LayersListItem, ListLayersResponse
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.event_source_mapping.esm_worker import EsmWorker
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.provider import LambdaProvider, ValidationException
from localstack.utils.collections import PaginatedList


def install() -> None:
    """Take the place of both methods."""
    EsmWorker.delete = partialmethod(delete, EsmWorker.delete)
    LambdaProvider.list_layers = list_layers


def delete(self: EsmWorker, original) -> None:
    """`EsmWorker.delete`, also of a mapping that is disabled: no thread runs that would take it from the list."""
    original(self)
    if not self.enabled:
        self.delete_esm_in_store()


def list_layers(
    self: LambdaProvider,
    context: RequestContext,
    compatible_runtime: str | None = None,
    marker: str | None = None,
    max_items: int | None = None,
    compatible_architecture: str | None = None,
    **_,
) -> ListLayersResponse:
    """`LambdaProvider.list_layers`, less the layers of which every version is deleted.

    LocalStack keeps such a layer, for its version numbers are never given out again, and fails to list it.
    """
    for problem in (
        api_utils.validate_layer_architecture(compatible_architecture),
        api_utils.validate_layer_runtime(compatible_runtime),
    ):
        if problem:
            raise ValidationException(f"1 validation error detected: {problem}")
    items = PaginatedList()
    for name, layer in lambda_stores[context.account_id][context.region].layers.items():
        versions = [
            version
            for version in layer.layer_versions.values()
            if compatible_runtime in (None, *(version.compatible_runtimes or []))
            and compatible_architecture in (None, *(version.compatible_architectures or []))
        ]
        if versions:
            newest = api_utils.map_layer_out(max(versions, key=lambda version: version.version))
            items.append(LayersListItem(LayerName=name, LayerArn=layer.arn, LatestMatchingVersion=newest))
    page, following = items.get_page(lambda item: item["LayerArn"], marker, max_items)
    return ListLayersResponse(Layers=page, NextMarker=following)
