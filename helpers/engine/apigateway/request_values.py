"""Values of a request by the names that identity sources and gateway responses use.

`method.request.header.X`, `method.request.querystring.X`, `method.request.path.X`, `stageVariables.X` and `context.X.Y`
(API Gateway Developer Guide, "Mapping template transformations" and "Configure an API Gateway Lambda authorizer",
2026-11). Of a parameter that is given more than once, the last one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

METHOD = "method.request."


def value_of(context: RestApiInvocationContext, source: str) -> Any:
    """The value; None if the request has none."""
    if source.startswith(METHOD):
        place, _, name = source.removeprefix(METHOD).partition(".")
        request = context.invocation_request or {}
        places: dict[str, Any] = {
            "header": request.get("headers"),
            "querystring": request.get("query_string_parameters"),
            "path": request.get("path_parameters"),
        }
        return (places.get(place) or {}).get(name)
    kind, _, name = source.partition(".")
    if kind == "stageVariables":
        return (context.stage_variables or {}).get(name)
    found: Any = context.context_variables if kind == "context" else None
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
