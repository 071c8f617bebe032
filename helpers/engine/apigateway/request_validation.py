"""The validation of a request: are its required parameters there, does its body satisfy the model for its content type?

"The required request parameters in the URI, query string, and headers of an incoming request are included and not
blank." "If no matching content type is found, request validation is not performed. To use the same model regardless of
the content type, set the content type for your data model to $default." (API Gateway Developer Guide, "Request
validation for REST APIs in API Gateway", 2026-11). LocalStack 4.9.2 takes the model of application/json for every body,
a blank parameter for one that is there, and a schema for one of JSON Schema's newest draft, where AWS reads draft 4.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from localstack.constants import APPLICATION_JSON
from localstack.services.apigateway.helpers import ModelResolver
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    BadRequestBodyError,
    BadRequestParametersError,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.method_request import MethodRequestHandler

from . import schema_errors


class InvalidBodyError(BadRequestBodyError):
    """400: `validation` is what `$context.error.validationErrorString` says."""

    def __init__(self, validation: str = "") -> None:
        super().__init__(message="Invalid request body")
        self.validation = validation


def validate_request(
    self: MethodRequestHandler, method: Mapping[str, Any], rest_api: Any, request: Mapping[str, Any]
) -> None:
    """Replace `MethodRequestHandler.validate_request`. Raises: BadRequestParametersError, InvalidBodyError."""
    validator = rest_api.validators.get((method.get("requestValidatorId") or "").strip()) or {}
    if validator.get("validateRequestParameters") and (missing := _missing(method, request)):
        raise BadRequestParametersError(message=f"Missing required request parameters: [{', '.join(missing)}]")
    if not validator.get("validateRequestBody"):
        return
    name = model_for(request["headers"].get("Content-Type"), method.get("requestModels") or {})
    if name is None:
        return
    schema = ModelResolver(rest_api_container=rest_api, model_name=name).get_resolved_model()
    try:
        body = json.loads(request.get("body") or "{}")
    except ValueError:
        raise InvalidBodyError from None
    if schema is None:
        raise InvalidBodyError
    if found := schema_errors.of(body, schema):
        raise InvalidBodyError(found)


def model_for(content_type: str | None, models: Mapping[str, str]) -> str | None:
    """Return the name of the model in {content type: model} for a body, None if there is none.

    A body that comes without a content type counts as JSON.
    """
    media_type = (content_type or APPLICATION_JSON).partition(";")[0].strip().lower()
    return models.get(media_type, models.get("$default"))


def _missing(method: Mapping[str, Any], request: Mapping[str, Any]) -> list[str]:
    """Required parameters that are not there, or blank; in LocalStack's order."""
    places = {
        "header": dict(request["headers"]),  # by their letters, large and small, as LocalStack has found on AWS
        "path": request.get("path_parameters") or {},
        "querystring": request.get("query_string_parameters") or {},
    }
    found = []
    for parameter, required in sorted((method.get("requestParameters") or {}).items()):
        place, _, name = parameter.removeprefix("method.request.").partition(".")
        if required and place in places and not str(places[place].get(name) or "").strip():
            found.append(name)
    return found
