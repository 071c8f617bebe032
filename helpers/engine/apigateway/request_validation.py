"""The validation of a request's body against the model for its content type.

"If no matching content type is found, request validation is not performed. To use the same model regardless of the
content type, set the content type for your data model to $default." (API Gateway Developer Guide, "Request validation
for REST APIs in API Gateway", 2026-11). LocalStack 4.9.2 takes the model of application/json for every body, and
so refuses requests that pass on AWS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.constants import APPLICATION_JSON


def is_body_valid(
    original: Callable[..., bool], method: dict[str, Any], rest_api: Any, request: dict[str, Any]
) -> bool:
    """Whether the body of `request` satisfies the model for its content type, or needs to satisfy none."""
    name = model_for(request["headers"].get("Content-Type"), method.get("requestModels") or {})
    return name is None or original({**method, "requestModels": {APPLICATION_JSON: name}}, rest_api, request)


def model_for(content_type: str | None, models: dict[str, str]) -> str | None:
    """Return the name of the model in {content type: model} for a body, None if there is none.

    A body that comes without a content type counts as JSON.
    """
    media_type = (content_type or APPLICATION_JSON).partition(";")[0].strip().lower()
    return models.get(media_type, models.get("$default"))
