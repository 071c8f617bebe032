"""A request to a function URL, from the question who may call to the response."""

from __future__ import annotations

import json
import time
from typing import Any

from localstack.aws.api import CommonServiceException, ServiceException
from localstack.aws.api.lambda_ import InvocationType
from localstack.aws.protocol.serializer import gen_amzn_requestid
from localstack.config import HostAndPort
from localstack.http import Request, Response
from localstack.services.lambda_.api_utils import FULL_FN_ARN_PATTERN
from localstack.services.lambda_.invocation.lambda_models import FunctionUrlConfig, InvocationResult
from localstack.services.lambda_.urlrouter import FunctionUrlRouter
from localstack.utils.xray.trace_header import TraceHeader

from ... import settings
from ...iam import function_urls
from .. import metrics
from ..limits import SYNC_PAYLOAD_BYTES
from ..streamed_invocations import StreamedInvocation
from . import cors, events, responses, streams

TOO_LARGE = f"Request must be smaller than {SYNC_PAYLOAD_BYTES} bytes for the InvokeFunction operation"


def host_of_urls(custom_port: int | None = None) -> HostAndPort:
    """Replace the provider's `localstack_host`, the end of a function URL's host name.

    Names below `localhost` are this machine's for browsers, curl and most systems; those below an address are nobody's.
    """
    return HostAndPort("localhost", custom_port or settings.current().port)


def handle(self: FunctionUrlRouter, request: Request, api_id: str, region: str, **url_params: str) -> Response:
    """`FunctionUrlRouter.handle_lambda_url_invocation`."""
    began, config = time.perf_counter(), function_urls.find(api_id, region)
    if config is None:
        return responses.error(403, '{"Message":null}', "AccessDeniedException")
    response = _answer(self, config, request, region)
    metrics.count_url_request(config.function_arn, response.status_code, began)
    return response


def _answer(router: FunctionUrlRouter, config: FunctionUrlConfig, request: Request, region: str) -> Response:
    if config.cors and cors.is_preflight(request, config.cors):
        return cors.preflight(request, config.cors)
    caller = function_urls.authorize(request, config, region)
    if caller is None:
        return responses.error(403, json.dumps({"Message": function_urls.FORBIDDEN}), "AccessDeniedException")
    # One trace: of the event's header, of the function and of the response.
    request_id, trace = gen_amzn_requestid(), TraceHeader.from_header_str(request.headers.get("X-Amzn-Trace-Id"))
    trace.ensure_root_exists()
    event = responses.compact(events.event_of(request, config.url_id, caller, trace.to_header_str()))
    if len(event) > SYNC_PAYLOAD_BYTES:
        return responses.error(413, json.dumps({"Message": TOO_LARGE}), "RequestEntityTooLargeException")
    try:
        response = _invoke(router, config, event, request_id, trace)
    except (CommonServiceException, ServiceException) as error:
        response = _refused(error)
    response.headers["x-amzn-RequestId"] = request_id
    response.headers["X-Amzn-Trace-Id"] = trace.to_header_str()
    cors.add(response, request, config.cors)
    return response


def _invoke(
    router: FunctionUrlRouter, config: FunctionUrlConfig, event: bytes, request_id: str, trace: TraceHeader
) -> Response:
    match = FULL_FN_ARN_PATTERN.search(config.function_arn)
    assert match, config.function_arn
    arn = match.groupdict()

    def invoke() -> InvocationResult:
        result = router.lambda_service.invoke(
            function_name=arn["function_name"],
            qualifier=arn["qualifier"],
            account_id=arn["account_id"],
            region=arn["region_name"],
            invocation_type=InvocationType.RequestResponse,
            client_context=None,
            payload=event,
            request_id=request_id,
            trace_context={"aws_trace_header": trace},
        )
        assert result is not None, "only a dry run has no result"
        return result

    if config.invoke_mode == "RESPONSE_STREAM":
        invocation = StreamedInvocation()
        invocation.start(invoke)
        return streams.response_of(invocation)
    result = invoke()
    return responses.bad_gateway() if result.is_error else responses.response_of(result.payload)


def _refused(error: Any) -> Response:
    """What `Invoke` would have refused: 429 for a function that is throttled, 502 for one that cannot run."""
    if error.code == "TooManyRequestsException":
        return responses.error(429, json.dumps({"Message": "Rate Exceeded."}), error.code)
    return responses.bad_gateway()
