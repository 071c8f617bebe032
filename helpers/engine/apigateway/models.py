"""A model of API Gateway is a valid JSON schema, or it is refused: LocalStack 4.9.2 keeps any text.

"For application/json models, this should be JSON schema draft 4 model" (API Gateway API Reference, "CreateModel",
2026-11). Refused is what draft 4's own schema rules out, as people report of AWS: what is no JSON, such as the `str` of
a Python dict (boto3, issue 435), an empty `required` (aws-cdk, issue 27433), an `enum` with the same value twice
(aws-cdk, issue 18715). The words are AWS's, from the same reports. AWS refuses some keywords that draft 4 does not
have, too ("Unsupported keyword(s)"; aws-cdk, issue 14585); which ones, no source lists, so that they pass here.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any

from jsonschema import Draft4Validator, SchemaError
from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.constants import APPLICATION_JSON
from localstack.services.apigateway.legacy.provider import ApigatewayProvider
from localstack.services.apigateway.models import apigateway_stores

REFUSAL = "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]"


def install() -> None:
    """Take the place of the two methods that keep a schema."""
    ApigatewayProvider.create_model = _checked_when_created(ApigatewayProvider.create_model)
    ApigatewayProvider.update_model = _checked_when_updated(ApigatewayProvider.update_model)


def check(schema: str | None, content_type: str | None) -> None:
    """Refuse a schema that cannot be one. None at all, and other content types than JSON, are LocalStack's to judge."""
    if not schema or content_type != APPLICATION_JSON:
        return
    try:
        Draft4Validator.check_schema(json.loads(schema))
    except (ValueError, SchemaError) as error:
        raise BadRequestException(REFUSAL) from error


def _checked_when_created(stock):
    @functools.wraps(stock)  # LocalStack finds operations by attributes of the function
    def create_model(
        self: Any, context: RequestContext, rest_api_id: str, name: str, content_type: str, **more: Any
    ) -> dict[str, Any]:
        if rest_api_id in _rest_apis(context):
            check(more.get("schema"), content_type)
        return stock(self, context, rest_api_id, name, content_type, **more)

    return create_model


def _checked_when_updated(stock):
    @functools.wraps(stock)
    def update_model(
        self: Any,
        context: RequestContext,
        rest_api_id: str,
        model_name: str,
        patch_operations: Sequence[dict[str, str]] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        api = _rest_apis(context).get(rest_api_id)
        model = api and api.models.get(model_name)
        for operation in (patch_operations or ()) if model else ():
            if operation.get("path") == "/schema":
                check(operation.get("value"), model.get("contentType"))
        return stock(self, context, rest_api_id, model_name, patch_operations or [], **more)

    return update_model


def _rest_apis(context: RequestContext) -> dict[str, Any]:
    return apigateway_stores[context.account_id][context.region].rest_apis
