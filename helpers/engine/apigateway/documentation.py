"""Documentation parts: merged when they are imported, and found by what they document.

"Overwrite […] any existing DocumentationParts definition or […] merge the new definition into the existing one. The
default value is merge" (API Gateway API Reference, "ImportDocumentationParts"); a part is of one location.
`GetDocumentationParts` takes `type`, `path` and `nameQuery` (ibid., 2026-11). LocalStack 4.9.2 imports nothing unless
told to overwrite, and finds all parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import DocumentationPartIds, PutMode
from localstack.services.apigateway.helpers import get_rest_api_container

Location = frozenset[tuple[str, str]]


def import_documentation_parts(
    original: Callable[..., DocumentationPartIds],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    body: Any,
    mode: str | None = None,
    fail_on_warnings: bool | None = None,
    **more: Any,
) -> DocumentationPartIds:
    """`ImportDocumentationParts`."""
    parts = get_rest_api_container(context, rest_api_id=rest_api_id).documentation_parts
    before = {} if mode == PutMode.overwrite else dict(parts)
    answer = original(self, context, rest_api_id, body, PutMode.overwrite, fail_on_warnings, **more)
    known = {_location(part): name for name, part in before.items()}
    merged, ids = dict(before), []
    for imported in answer["ids"]:
        part = parts[imported]
        name = known.get(_location(part), imported)
        merged[name] = {**part, "id": name}
        ids.append(name)
    parts.clear()
    parts.update(merged)
    return DocumentationPartIds(ids=ids)


def get_documentation_parts(
    original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any], **more: Any
) -> Any:
    """`GetDocumentationParts`."""
    found = original(self, context, request, **more)
    found["items"] = [part for part in found["items"] if _is_asked_for(part["location"], request)]
    return found


def _is_asked_for(location: Mapping[str, str], request: Mapping[str, Any]) -> bool:
    kind, path, name = request.get("type"), request.get("path"), request.get("nameQuery")
    return (
        kind in (None, location.get("type"))
        and path in (None, location.get("path"))
        and (not name or name in (location.get("name") or ""))
    )


def _location(part: Mapping[str, Any]) -> Location:
    return frozenset(part["location"].items())
