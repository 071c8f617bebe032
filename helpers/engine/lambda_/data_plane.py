"""Lambda's data plane: `Invoke`, by a short chain of handlers; everything else is the control plane, LocalStack's own.

LocalStack 4.9.2 sends each request through 33 handlers, most of which find out what it is. For an `Invoke` that is
plain to see: its path, a signature for Lambda, and a `Host` that is this machine's own. The handlers left are
LocalStack's and ours, the same objects in the same order, so that the answers are the same.

What is unusual takes the long way: asynchronous events (LocalStack's queue would hold the loop up), requests from web
pages, compressed bodies, names of published APIs, headers that come twice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from localstack.aws import handlers
from localstack.aws.api import RequestContext
from localstack.aws.api.core import ServiceOperation
from localstack.aws.chain import HandlerChain
from localstack.aws.gateway import Gateway
from localstack.aws.spec import load_service
from localstack.http import Response
from localstack.runtime import get_current_runtime

from .. import settings
from ..server.front.exchange import Head

PART = rb"(?:[A-Za-z0-9_:$.-]|%3A|%24)+"
TARGET = re.compile(rb"/2015-03-31/functions/%b/invocations(?:\?Qualifier=%b)?" % (PART, PART))
SCOPE = re.compile(rb"AWS4-HMAC-SHA256 .*Credential=[^/,\s]+/\d{8}/[a-z0-9-]+/lambda/aws4_request")
HOST = re.compile(rb"(127\.0\.0\.1|localhost)(:\d+)?")
UNUSUAL = frozenset((b"origin", b"referer", b"sec-fetch-site", b"content-encoding", b"transfer-encoding"))
OPERATION = ServiceOperation("lambda", "Invoke")


def gateway_for(head: Head) -> Gateway | None:
    """The data plane, for a request that is its business; None sends it the long way."""
    found = head.found
    if (
        head.method == b"POST"
        and TARGET.fullmatch(head.target)
        and SCOPE.match(found.get(b"authorization", b""))
        and HOST.fullmatch(found.get(b"host", b""))
        and found.get(b"x-amz-invocation-type", b"RequestResponse") == b"RequestResponse"
        and found.keys().isdisjoint(UNUSUAL)
        and len(found)
        == len(head.headers)  # of a header that comes twice, handlers read the first, `found` has the last
    ):
        control = get_current_runtime().components.gateway
        if OPERATION in control.service_request_router.handlers:  # else the service is still to be loaded
            return gateway(control)
    return None


@cache
def gateway(control: Gateway) -> Gateway:
    """The data plane beside a control plane."""
    plane = Gateway()
    plane.request_handlers = [
        handlers.add_internal_request_params,
        handlers.handle_runtime_shutdown,
        handlers.add_region_from_header,
        handlers.rewrite_region,
        handlers.add_account_id,
        handlers.parse_trace_context,
        parse_invoke,
        handlers.serve_custom_service_request_handlers,
        control.service_request_router,
    ]
    plane.exception_handlers = list(control.exception_handlers)
    plane.response_handlers = [handlers.modify_service_response, handlers.run_custom_response_handlers]
    if settings.current().log_invocations:
        plane.response_handlers.append(handlers.log_response)
    plane.finalizers = list(control.finalizers)
    return plane


def parse_invoke(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """Read an `Invoke`, as LocalStack's parser does by the service's model."""
    context.service, context.protocol, context.operation = _models()
    context.service_request = members(context.request)


def members(request: Any) -> dict[str, Any]:
    """The members of an `Invoke`."""
    said = request.headers.get
    found = {
        "FunctionName": request.path.split("/")[3],
        "InvocationType": said("X-Amz-Invocation-Type"),
        "LogType": said("X-Amz-Log-Type"),
        "ClientContext": said("X-Amz-Client-Context"),
        "TenantId": said("X-Amz-Tenant-Id"),
        "Payload": request.get_data() or None,
        "Qualifier": request.args.get("Qualifier"),
    }
    return {name: value for name, value in found.items() if value is not None}


@cache
def _models() -> tuple[Any, Any, Any]:
    service = load_service("lambda")
    return service, service.protocol, service.operation_model("Invoke")
