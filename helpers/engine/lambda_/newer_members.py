"""Settings of Lambda that came after LocalStack 4.9.2: where `server.newer_members` looks for them, and headers."""

from __future__ import annotations

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..server import newer_members

OPERATIONS = (
    "AddPermission CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig PublishLayerVersion PublishVersion "
    "PutFunctionEventInvokeConfig UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionConfiguration "
    "UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig"
)
# Lambda API Reference, "Invoke" (2026-11): members that are headers.
HEADERS = {"X-Amz-Durable-Execution-Name": "DurableExecutionName"}


def refuse_headers(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before Invoke and InvokeWithResponseStream. Raises: NotImplemented (501)."""
    for header, member in HEADERS.items():
        if header in context.request.headers:
            raise newer_members.absent(member, context)
