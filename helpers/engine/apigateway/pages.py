"""Lists in pages: `limit` things of one, and the `position` of the next page.

"The maximum number of returned results per page" is 25 unless it is said (API Gateway API Reference, "GetRestApis" and
the other lists, 2026-11); here everything comes that was not limited. LocalStack 4.9.2 gives everything always.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException


def page(original: Callable[..., Any], self: Any, context: RequestContext, *where: Any, **more: Any) -> Any:
    """An operation that lists, of which `limit` and `position` are asked."""
    given = context.service_request or {}
    answer = original(self, context, *where, **more)
    position, limit = given.get("position") or "0", given.get("limit")
    if limit is None and position == "0":
        return answer
    if not position.isdigit():
        raise BadRequestException("Invalid position parameter")
    items, first = answer.get("items") or [], int(position)
    last = first + int(limit) if limit else len(items)
    following = {"position": str(last)} if last < len(items) else {}
    return {**answer, "items": items[first:last], **following}
