"""BatchWriteItem takes 25 items at most (API Reference, 2026-11); moto counts them by table, or not at all."""

from __future__ import annotations

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

MOST_ITEMS = 25


def refuse_batch(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before BatchWriteItem. Raises: ValidationException (400)."""
    tables = (context.service_request or {}).get("RequestItems") or {}
    if sum(map(len, tables.values())) > MOST_ITEMS:
        why = "Too many items requested for the BatchWriteItem call"
        raise CommonServiceException("ValidationException", why, 400, True)
