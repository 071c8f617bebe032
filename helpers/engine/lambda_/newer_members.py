"""Settings of Lambda that came after LocalStack 4.9.2, and so after its description of Lambda's API, of October 2025.

LocalStack leaves out what it does not know: a function with `DurableConfig` or `TenancyConfig` would be created without
it, and nobody told. They are refused instead, and so are members that were never AWS's, which AWS ignores.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botocore.model import Shape
from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..server import not_here

OPERATIONS = (
    "AddPermission CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig PublishLayerVersion PublishVersion "
    "PutFunctionEventInvokeConfig UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionConfiguration "
    "UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig"
)
# `iam.function_urls` reads it.
OURS = frozenset({"InvokedViaFunctionUrl"})
# Lambda API Reference, "Invoke" (2026-11): members that are headers.
HEADERS = {"X-Amz-Tenant-Id": "TenantId", "X-Amz-Durable-Execution-Name": "DurableExecutionName"}


def refuse_members(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before operations that store. Raises: NotImplemented (501) for a member that LocalStack leaves out."""
    try:
        body = json.loads(context.request.get_data() or b"{}")
    except ValueError:
        return  # the parser has its own answer
    for member in unknown(body, context.operation.input_shape):
        raise _refusal(member, context.operation.name)


def refuse_headers(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before Invoke and InvokeWithResponseStream. Raises: NotImplemented (501)."""
    for header, member in HEADERS.items():
        if header in context.request.headers:
            raise _refusal(member, context.operation.name)


def unknown(value: Any, shape: Shape, path: str = "") -> Iterator[str]:
    """Paths of members that a request has and its shape has not, as in "DurableConfig"."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for name, item in value.items():
            if name in members:
                yield from unknown(item, members[name], f"{path}{name}.")
            elif name not in OURS and item is not None:
                yield path + name
    elif shape.type_name == "list" and isinstance(value, list):
        for item in value:
            yield from unknown(item, shape.member, path)


def _refusal(member: str, operation: str) -> Exception:
    return not_here.refusal(
        f"{member} of {operation} (AWS Lambda) is not part of this engine: it is newer than October 2025, or not AWS's."
    )
