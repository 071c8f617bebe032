"""The event of a proxy integration, where LocalStack 4.9.2 differs from AWS.

- `requestContext.requestTime` has a zone: "The CLF-formatted request time (dd/MMM/yyyy:HH:mm:ss +-hhmm)" (API Gateway
  Developer Guide, "Variables for data transformations"). LocalStack ends it with a blank.
- `X-Forwarded-Proto` and `X-Forwarded-Port` are https and 443, the only way to reach AWS's endpoints (the same guide,
  "Input format of a Lambda function for proxy integration"; 2026-11). LocalStack writes HTTP and the engine's port.
- `requestContext.extendedRequestId` is sixteen characters, as in "JKJaXmPLvHcESHA=", and the header `x-amz-apigw-id`
  of the answer has the same (the guide's examples). LocalStack makes up two of eight.
- `requestContext.path` has one slash after the stage of a request to //stage/path (recorded on AWS: LocalStack's
  test_lambda_aws_proxy_integration, 2025).
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from localstack.http import Request, Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from werkzeug.datastructures import Headers

FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "443"}


def context_variables_with_zone(
    original: Callable[..., dict[str, Any]], context: RestApiInvocationContext
) -> dict[str, Any]:
    """Return LocalStack's `$context` variables with a zone in `requestTime`, and AWS's `path`."""
    variables = original(context)
    if context.request.environ.get("RAW_URI", "").startswith("//"):
        variables["path"] = variables["path"].replace("//", "/", 1)
    own = f"{context.api_id}."
    # The name in the Host header, with its port here. By its path, an API has the name that it has on AWS.
    if not variables["domainName"].startswith(own):
        variables["domainName"] = f"{own}execute-api.{context.region}.amazonaws.com"
    variables["domainPrefix"] = context.api_id
    variables["extendedRequestId"] = base64.urlsafe_b64encode(os.urandom(11)).decode()
    moment = datetime.fromtimestamp(variables["requestTimeEpoch"] / 1000, UTC)
    return variables | {"requestTime": f"{moment:%d/%b/%Y:%H:%M:%S} +0000"}


def name_request(
    original: Callable[..., None],
    self: Any,
    chain: RestApiGatewayHandlerChain,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """`InvocationResponseEnricher.__call__`: the header by which the answer names its request."""
    original(self, chain, context, response)
    response.headers["x-amz-apigw-id"] = context.context_variables["extendedRequestId"]


def set_forwarded_headers(original: Callable[..., None], headers: Headers, request: Request) -> None:
    """Set the `X-Forwarded-` headers as behind AWS's endpoints; none of a request that only TestInvokeMethod made."""
    if request.remote_addr is None:
        return
    original(headers, request)
    for name, value in FORWARDED.items():
        headers.set(name, value)
