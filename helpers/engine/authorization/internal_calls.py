"""Calls that services make to each other: they carry a header, and nobody else can make one.

LocalStack's services call each other over HTTP like any client, and say in the header `x-localstack-data` for whom.
4.9.2 believes that header from anybody. Ours begins with a secret of this process; a header without it is ignored, and
the call is judged as what it is.
"""

from __future__ import annotations

import hmac
import secrets
from types import MappingProxyType

from localstack.aws import connect
from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.aws.handlers.internal_requests import InternalRequestParamsEnricher
from localstack.http import Response

_SECRET = secrets.token_hex(16)
_dump, _load = connect.dump_dto, connect.load_dto


def install() -> None:
    """To be called before services are imported: some import `dump_dto` by name."""
    connect.dump_dto = dump
    InternalRequestParamsEnricher.__call__ = read


def dump(data: connect.InternalRequestParameters) -> str:
    """The header's value."""
    return _SECRET + _dump(data)


def read(self: InternalRequestParamsEnricher, chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """Believe the header if it is ours."""
    header = context.request.headers.get(connect.INTERNAL_REQUEST_PARAMS_HEADER, "")
    if hmac.compare_digest(header[: len(_SECRET)].encode(), _SECRET.encode()):
        context.internal_request_params = MappingProxyType(_load(header[len(_SECRET) :]))
