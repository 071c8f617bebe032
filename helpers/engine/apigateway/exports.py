"""GetExport: of a stage that is there, and of the two kinds of definitions.

`exportType` is "oas30" or "swagger" (API Gateway API Reference, "GetExport", 2026-11). LocalStack 4.9.2 exports from
any stage, fails at any other kind, and leaves out what `exported_documents` adds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml
from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException, NotFoundException
from localstack.constants import APPLICATION_JSON
from localstack.services.apigateway.helpers import get_apigateway_store, get_moto_rest_api

from . import exported_documents

YAML = "application/yaml"
# `extensions` in the query that ask for authorizers.
WITH_AUTHORIZERS = {"apigateway", "authorizers"}


def get_export(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    stage_name: str,
    export_type: str,
    accepts: str | None = None,
    **more: Any,
) -> Any:
    """`GetExport`. Raises: NotFoundException, BadRequestException."""
    rest_api = get_moto_rest_api(context, rest_api_id)
    if stage_name not in rest_api.stages:
        raise NotFoundException("Invalid stage identifier specified")
    if export_type not in ("oas30", "swagger"):
        raise BadRequestException(f"No API exporter for type '{export_type}'")
    answer = original(self, context, rest_api_id, stage_name, export_type, accepts=APPLICATION_JSON, **more)
    document = json.loads(answer["body"])
    asked = set(context.request.args.get("extensions", "").split(","))
    exported_documents.complete(
        document,
        rest_api,
        f"{rest_api_id}.execute-api.{context.region}.amazonaws.com",
        get_apigateway_store(context=context).rest_apis[rest_api_id].authorizers,
        extended=bool(asked & WITH_AUTHORIZERS),
    )
    if accepts == YAML:
        name = answer["contentDisposition"].replace(".json", ".yaml")
        return {**answer, "contentDisposition": name, "body": yaml.safe_dump(document, sort_keys=False).encode()}
    return {**answer, "body": json.dumps(document, indent=2).encode()}


def get_rest_api(
    original: Callable[..., Any], self: Any, context: RequestContext, rest_api_id: str, **more: Any
) -> Any:
    """`GetRestApi`. Raises: NotFoundException in AWS's words, which LocalStack has in other operations."""
    get_moto_rest_api(context, rest_api_id)
    return original(self, context, rest_api_id, **more)
