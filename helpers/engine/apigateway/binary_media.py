"""Which bodies are binary: those whose content type is among the API's `binaryMediaTypes`.

- A proxy's function gets a binary body in base64 (`isBase64Encoded` true), every other as text: bytes that are no UTF-8
  are lost there, as on AWS, until the API says that they are binary.
- An answer in base64 is decoded if the first type of the request's Accept is among them (recorded on AWS: LocalStack's
  test_aws_proxy_binary_response, 2025); `*/*` makes everything binary ("Enabling binary support using the API Gateway
  console", API Gateway Developer Guide; "Content type conversions in API Gateway", 2026-11).

LocalStack 4.9.2 does not know `*/*`, and guesses from the bytes what a function gets.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.helpers import mime_type_matches_binary_media_types
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import RestApiAwsProxyIntegration

from . import proxied, tried_methods

EVERYTHING = "*/*"


def matches(original: Callable[..., bool], mime_type: str | None, binary_media_types: list[str]) -> bool:
    """Whether a content type, or an Accept, is of a binary body."""
    return EVERYTHING in (binary_media_types or ()) or original(mime_type, binary_media_types)


def event_with_body(
    original: Callable[..., dict[str, Any]], self: RestApiAwsProxyIntegration, context: RestApiInvocationContext
) -> dict[str, Any]:
    """A proxy's event, with the body as its content type has it."""
    event = original(self, context)
    if body := context.integration_request["body"]:
        event |= _body(context, body)
    event = tried_methods.event(context, event)
    proxied.note_event(context, event)
    return event


def _body(context: RestApiInvocationContext, body: bytes) -> dict[str, Any]:
    types = context.deployment.rest_api.rest_api.get("binaryMediaTypes") or []
    kind = context.invocation_request["headers"].get("Content-Type")
    binary = matches(mime_type_matches_binary_media_types, kind, types)
    text = base64.b64encode(body).decode() if binary else body.decode(errors="replace")
    return {"body": text, "isBase64Encoded": binary}
