"""A function URL's CORS configuration.

With one, the service answers preflight requests itself, and adds its headers to every other response, beside those of
the function (Developer Guide, "Creating and managing Lambda function URLs", "Cross-origin resource sharing (CORS)",
2026-11; "duplicates included": aws-powertools/powertools-lambda-python#4163, where the origin is echoed for `*`).
Without one, preflight requests go to the function.

LocalStack 4.9.2 keeps the configuration and does nothing with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.http import Request, Response


def is_preflight(request: Request, cors: Mapping[str, Any] | None) -> bool:
    """Whether the service answers it."""
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    return bool(cors) and asks and "Origin" in request.headers


def preflight(request: Request, cors: Mapping[str, Any]) -> Response:
    """What the configuration says of it; nothing, if its origin or its method is not allowed."""
    response = Response(status=200)
    methods = cors.get("AllowMethods") or []
    asked = request.headers["Access-Control-Request-Method"]
    if not _allows(request, cors) or not {"*", asked} & set(methods):
        return response
    add(response, request, cors)
    response.headers["Access-Control-Allow-Methods"] = ",".join(methods)
    if headers := cors.get("AllowHeaders"):
        response.headers["Access-Control-Allow-Headers"] = ",".join(headers)
    if cors.get("MaxAge") is not None:
        response.headers["Access-Control-Max-Age"] = str(cors["MaxAge"])
    return response


def add(response: Response, request: Request, cors: Mapping[str, Any] | None) -> None:
    """Add the headers for a request of an origin that is allowed, beside those that the function has set."""
    if not cors or not _allows(request, cors):
        return
    response.headers.add("Access-Control-Allow-Origin", request.headers["Origin"])
    response.headers.add("Vary", "Origin")
    if cors.get("AllowCredentials"):
        response.headers.add("Access-Control-Allow-Credentials", "true")
    if exposed := cors.get("ExposeHeaders"):
        response.headers.add("Access-Control-Expose-Headers", ",".join(exposed))


def _allows(request: Request, cors: Mapping[str, Any]) -> bool:
    origin = request.headers.get("Origin")
    return bool(origin) and bool({"*", origin} & set(cors.get("AllowOrigins") or []))
