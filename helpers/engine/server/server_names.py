"""The `Server` header of the services that have one (LocalStack's tests, recorded on AWS: `test_s3_cors`, 2025)."""

from __future__ import annotations

from localstack.aws import handlers
from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

NAMES = {"s3": "AmazonS3", "dynamodb": "Server"}


def start() -> None:
    """Let every answer of these services have it, errors too."""
    for service in NAMES:
        handlers.modify_service_response.append(service, _say)


def _say(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    response.headers["Server"] = NAMES[context.service.service_name]
