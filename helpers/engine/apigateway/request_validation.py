"""API Gateway validates a body against the model for the content type it comes with, as AWS does.

"If no matching content type is found, request validation is not performed. To use the same model regardless of the
content type, set the content type for your data model to $default." (API Gateway Developer Guide, "Request validation
for REST APIs in API Gateway", 2026-11). LocalStack 4.9.2 takes the model of application/json for every body, so a lab
would show a door closed that is open on AWS.
"""

from __future__ import annotations

from localstack.constants import APPLICATION_JSON
from localstack.services.apigateway.next_gen.execute_api.handlers.method_request import MethodRequestHandler


def install() -> None:
    """Replace how LocalStack finds the model."""
    stock = MethodRequestHandler._is_body_valid

    def _is_body_valid(method, rest_api, request) -> bool:
        name = model_for(request["headers"].get("Content-Type"), method.get("requestModels") or {})
        return name is None or stock({**method, "requestModels": {APPLICATION_JSON: name}}, rest_api, request)

    MethodRequestHandler._is_body_valid = staticmethod(_is_body_valid)


def model_for(content_type: str | None, models: dict[str, str]) -> str | None:
    """Return the name of the model in {content type: model} for a body, None if there is none.

    A body that comes without a content type counts as JSON.
    """
    media_type = (content_type or APPLICATION_JSON).partition(";")[0].strip().lower()
    return models.get(media_type, models.get("$default"))
