"""Calls between services: within this process, so that nobody outside can make or see one.

LocalStack's services call each other over HTTP, like any client, and say in the header `x-localstack-data` for whom.
4.9.2 believes that header from anybody. Here such a call does not touch the network: its request is handed to the
gateway, marked in its WSGI environment, where no header can put anything. Only what is marked is believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from localstack.aws import client, connect
from localstack.aws.api import RequestContext
from localstack.http import Request, Response
from localstack.runtime import get_current_runtime
from localstack.utils.strings import to_str

from .. import lineage
from . import forward_access

MARK = "lab.internal"  # True, or the forward access session that the call is made in


def is_internal(request: Request) -> bool:
    """Whether a service of this process made the request."""
    return MARK in request.environ


def send(self: client.GatewayShortCircuit, event_name: str, request: AWSPreparedRequest, **_: object) -> AWSResponse:
    """`GatewayShortCircuit.__call__`, for botocore's `before-send`: the gateway's answer, as if it came over HTTP.

    `IN_MEMORY_CLIENT` (see `__main__`) has LocalStack call it.
    """
    response = _handle(self.gateway, request)
    return AWSResponse(request.url, response.status_code, response.headers, client._ResponseStream(response))


def request(**parameters: Any) -> SimpleNamespace:
    """`requests.request`, for a service that calls the API of another by hand: the gateway's answer."""
    prepared = requests.Request(**parameters).prepare()
    response = _handle(get_current_runtime().components.gateway, prepared)
    content = response.get_data()
    response.close()  # S3 keeps an object locked for as long as its answer is open
    return SimpleNamespace(status_code=response.status_code, headers=response.headers, content=content)


def _handle(gateway: Any, prepared: AWSPreparedRequest | requests.PreparedRequest) -> Response:
    request, response = in_memory(prepared), Response()
    # What the other service asks for in its turn is its own.
    with forward_access.handed_on() as session, lineage.handed_on(None):
        request.environ[MARK] = session or True
        gateway.handle(RequestContext(request), response)
    return response


def in_memory(request: AWSPreparedRequest | requests.PreparedRequest) -> Request:
    """The request as a server would have received it."""
    url = urlsplit(request.url)
    return Request(
        method=request.method,
        path=unquote(url.path),
        raw_path=url.path,
        query_string=url.query,
        headers={**lineage.header(), **{name: to_str(value) for name, value in request.headers.items()}},
        body=request.body,
        server=(url.hostname or "", url.port),
    )


def read(context: RequestContext) -> None:
    """Take from a marked request for whom it was made."""
    if header := context.request.headers.get(connect.INTERNAL_REQUEST_PARAMS_HEADER):
        context.internal_request_params = connect.load_dto(header)


def parameters(context: RequestContext) -> Mapping[str, Any] | None:
    """For whom a service calls: `service_principal` ("sns") and `source_arn`, both optional. None from outside."""
    return context.internal_request_params


def forwarded(context: RequestContext) -> forward_access.Session | None:
    """The forward access session that a service calls in; None without one, and from outside."""
    mark = context.request.environ.get(MARK)
    return mark if isinstance(mark, forward_access.Session) else None
