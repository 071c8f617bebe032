"""CreateModel and UpdateModel refuse a model that is not a JSON schema: LocalStack 4.9.2 keeps any text, by any name.

"For application/json models, this should be JSON schema draft 4 model" (API Gateway API Reference, "CreateModel",
2026-11). Refused is what draft 4's own schema rules out, as people report of AWS: text that is not JSON, such as the
`str` of a Python dict (boto3, issue 435), an empty `required` (aws-cdk, issue 27433), an `enum` with the same value
twice (aws-cdk, issue 18715). The message is AWS's, from the same reports. AWS also refuses some keywords that draft 4
does not have ("Unsupported keyword(s)"; aws-cdk, issue 14585); no source lists them, so they pass here.
A name is letters and digits ("Model name must be alphanumeric: …": terra-money/fcd-classic, issue 36; edx/api-manager,
pull request 259).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from jsonschema import Draft4Validator, SchemaError
from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.constants import APPLICATION_JSON
from localstack.services.apigateway.legacy.provider import ApigatewayProvider
from localstack.services.apigateway.models import apigateway_stores

from ..iam import internal_calls

NAME = re.compile(r"[a-zA-Z0-9]*")  # LocalStack refuses none at all
REFUSAL = "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]"


def create_model(
    original: Callable[..., dict[str, Any]],
    self: ApigatewayProvider,
    context: RequestContext,
    rest_api_id: str,
    name: str,
    content_type: str,
    **more: Any,
) -> dict[str, Any]:
    """Create a model. Raises: BadRequestException if it is not a JSON schema, or has another name."""
    if rest_api_id in _rest_apis(context):
        # CloudFormation's own names have hyphens here (LocalStack makes them up).
        if not NAME.fullmatch(name or "") and not internal_calls.is_internal(context.request):
            raise BadRequestException(f"Model name must be alphanumeric: {name}")
        refuse_invalid_schema(more.get("schema"), content_type)
    return original(self, context, rest_api_id, name, content_type, **more)


def update_model(
    original: Callable[..., dict[str, Any]],
    self: ApigatewayProvider,
    context: RequestContext,
    rest_api_id: str,
    model_name: str,
    patch_operations: Sequence[dict[str, str]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Change a model. Raises: BadRequestException if it no longer is a JSON schema."""
    api = _rest_apis(context).get(rest_api_id)
    if api and (model := api.models.get(model_name)):
        for operation in patch_operations or ():
            if operation.get("path") == "/schema":
                refuse_invalid_schema(operation.get("value"), model.get("contentType"))
    return original(self, context, rest_api_id, model_name, patch_operations or [], **more)


def refuse_invalid_schema(schema: str | None, content_type: str | None) -> None:
    """Raise BadRequestException for text that is not a JSON schema, draft 4.

    A missing schema, and content types other than JSON, are left to LocalStack.
    """
    if not schema or content_type != APPLICATION_JSON:
        return
    try:
        Draft4Validator.check_schema(json.loads(schema))
    except (ValueError, SchemaError) as error:
        raise BadRequestException(REFUSAL) from error


def _rest_apis(context: RequestContext) -> dict[str, Any]:
    return apigateway_stores[context.account_id][context.region].rest_apis
