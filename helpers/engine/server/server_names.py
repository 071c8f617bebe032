"""The `Server` header of the services that have one (LocalStack's tests, recorded on AWS: `test_s3_cors`, 2025)."""

from __future__ import annotations

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

NAMES = {"s3": "AmazonS3", "dynamodb": "Server"}


def say(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler behind these services: their answers have it, errors too."""
    response.headers["Server"] = NAMES[context.service.service_name]
