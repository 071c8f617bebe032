"""GetExport: of a stage that is there, and of the two kinds of definitions.

`exportType` is "oas30" or "swagger" (API Gateway API Reference, "GetExport", 2026-11). LocalStack 4.9.2 exports from
any stage, and fails at any other kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException, NotFoundException
from localstack.services.apigateway.helpers import get_moto_rest_api


def get_export(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    stage_name: str,
    export_type: str,
    **more: Any,
) -> Any:
    """`GetExport`. Raises: NotFoundException, BadRequestException."""
    if stage_name not in get_moto_rest_api(context, rest_api_id).stages:
        raise NotFoundException("Invalid stage identifier specified")
    if export_type not in ("oas30", "swagger"):
        raise BadRequestException(f"No API exporter for type '{export_type}'")
    return original(self, context, rest_api_id, stage_name, export_type, **more)


def get_rest_api(
    original: Callable[..., Any], self: Any, context: RequestContext, rest_api_id: str, **more: Any
) -> Any:
    """`GetRestApi`. Raises: NotFoundException in AWS's words, which LocalStack has in other operations."""
    get_moto_rest_api(context, rest_api_id)
    return original(self, context, rest_api_id, **more)
