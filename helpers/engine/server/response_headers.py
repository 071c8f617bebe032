"""Headers of responses, as AWS has them.

Sources: LocalStack's tests, recorded on AWS (`test_s3_cors`, 2025), for `Server`; public logs of boto3 and of the CLI
(2026-11) for Lambda's `Content-Type: application/json`, Invoke's as well, and for the one request id, in
`x-amzn-RequestId`. LocalStack 4.9.2 says text/plain, the id a second time as S3 has it, and that it is LocalStack.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.aws.protocol.serializer import RestJSONResponseSerializer
from localstack.http import Response

SERVERS = {"s3": "AmazonS3", "dynamodb": "Server"}
UNSAID = "text/plain"  # what a response of LocalStack begins with, before anybody has said what is in it


def say_server(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler behind these services: their answers have it, errors too."""
    response.headers["Server"] = SERVERS[context.service.service_name]


def content_type(self: Any, serialized: Response, shape: Any, shape_members: dict[str, Any], mime_type: str) -> None:
    """Replace `RestJSONResponseSerializer._serialize_content_type`: JSON, unless an operation has said otherwise."""
    if (serialized.headers.get("Content-Type") or UNSAID).startswith(UNSAID):
        serialized.headers["Content-Type"] = mime_type


def request_id(
    original: Callable[..., Response], self: Any, response: Response, operation_model: Any, request_id: str
) -> Response:
    """Wrap `BaseRestResponseSerializer._prepare_additional_traits_in_response`: S3's name for it is S3's."""
    response = original(self, response, operation_model, request_id)
    if isinstance(self, RestJSONResponseSerializer):
        del response.headers["x-amz-request-id"]
    return response
