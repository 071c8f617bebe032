"""ListLayers and ListLayerVersions: LocalStack 4.9.2 fails once a layer has no version, and filters nothing.

AWS: a layer without versions is not listed, and a runtime or architecture that is asked for leaves the versions that
are compatible with it (Lambda API Reference, "ListLayers" and "ListLayerVersions", 2026-11).
"""

from __future__ import annotations

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import LayersListItem, ListLayersResponse, ListLayerVersionsResponse
from localstack.services.lambda_ import api_utils
from localstack.services.lambda_.invocation.lambda_models import LayerVersion
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.provider import LambdaProvider, ValidationException
from localstack.utils.collections import PaginatedList


def list_layers(
    self: LambdaProvider,
    context: RequestContext,
    compatible_runtime: str | None = None,
    marker: str | None = None,
    max_items: int | None = None,
    compatible_architecture: str | None = None,
    **kwargs: object,
) -> ListLayersResponse:
    """Replace `LambdaProvider.list_layers`: the newest matching version of each layer."""
    _validate(compatible_runtime, compatible_architecture)
    layers = PaginatedList()
    for name, layer in lambda_stores[context.account_id][context.region].layers.items():
        versions = [v for v in layer.layer_versions.values() if _fits(v, compatible_runtime, compatible_architecture)]
        if versions:
            newest = api_utils.map_layer_out(max(versions, key=lambda version: version.version))
            layers.append(LayersListItem(LayerName=name, LayerArn=layer.arn, LatestMatchingVersion=newest))
    page, marker = layers.get_page(lambda item: item["LayerName"], marker, max_items)
    return ListLayersResponse(NextMarker=marker, Layers=page)


def list_layer_versions(
    self: LambdaProvider,
    context: RequestContext,
    layer_name: str,
    compatible_runtime: str | None = None,
    marker: str | None = None,
    max_items: int | None = None,
    compatible_architecture: str | None = None,
    **kwargs: object,
) -> ListLayerVersionsResponse:
    """Replace `LambdaProvider.list_layer_versions`: the matching versions, newest first."""
    _validate(compatible_runtime, compatible_architecture)
    region, account, name, _ = LambdaProvider._resolve_layer(layer_name, context)
    layer = lambda_stores[account][region].layers.get(name)
    found = layer.layer_versions.values() if layer else ()
    versions = sorted(
        (version for version in found if _fits(version, compatible_runtime, compatible_architecture)),
        key=lambda version: -version.version,
    )
    page, marker = PaginatedList(map(api_utils.map_layer_out, versions)).get_page(
        lambda version: version["LayerVersionArn"], marker, max_items
    )
    return ListLayerVersionsResponse(NextMarker=marker, LayerVersions=page)


def _fits(version: LayerVersion, runtime: str | None, architecture: str | None) -> bool:
    """Return whether the version declares compatibility with both; one that declares nothing matches no filter."""
    return (runtime is None or runtime in (version.compatible_runtimes or ())) and (
        architecture is None or architecture in (version.compatible_architectures or ())
    )


def _validate(runtime: str | None, architecture: str | None) -> None:
    errors = [api_utils.validate_layer_architecture(architecture), api_utils.validate_layer_runtime(runtime)]
    if errors := [error for error in errors if error]:
        plural = "s" if len(errors) > 1 else ""
        raise ValidationException(f"{len(errors)} validation error{plural} detected: {'; '.join(errors)}")
