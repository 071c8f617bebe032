"""Headers of an answer that come under another name: `WWW-Authenticate` as `x-amzn-Remapped-WWW-Authenticate`.

So that no browser asks for a password (public reports: dherault/serverless-offline/issues/236 of a Lambda proxy,
modelix/modelix.core/pull/1658, 2026-11). LocalStack 4.9.2 does it where an integration has no proxy, with the other
headers that AWS renames.
"""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.datastructures import Headers

NAME = "WWW-Authenticate"


def transform(original: Callable[..., None], headers: Headers, integration_type: str) -> None:
    """`MethodResponseHandler._transform_headers`, which changes `headers`."""
    original(headers, integration_type)
    if NAME in headers:
        headers[f"x-amzn-Remapped-{NAME}"] = headers.pop(NAME)
