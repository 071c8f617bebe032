"""The logs of a stage, written when a request has been answered: access logs, and the execution log.

A stage has an execution log if the settings of the method, or of all methods, say so (`loggingLevel`). It goes to the
group API-Gateway-Execution-Logs_{api}/{stage}, which API Gateway makes. INFO has every line, ERROR those of requests
that failed; `dataTraceEnabled` adds what came and went: path, query, headers and bodies (API Gateway Developer Guide,
"Set up CloudWatch logging for REST APIs", 2026-11). As for access logs, no role in the account's settings is needed
here. LocalStack 4.9.2 stores the settings.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

from . import access_logs, execution_log_lines, log_streams, metrics, throttles

LEVELS = ("INFO", "ERROR")


def log(
    original: Callable[..., None],
    self: Any,
    chain: RestApiGatewayHandlerChain,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """`IntegrationUsageCounter.__call__`, the last handler of a request, and what is logged of it."""
    original(self, chain, context, response)
    metrics.of_rest(context, response)
    access_logs.write(context, response)
    if not context.resource_method:  # no method, no settings
        return
    _, settings = throttles.settings_of(context)
    level = str(settings.get("loggingLevel") or "").upper()
    if level not in LEVELS:
        return
    request, api, stage = context.context_variables["requestId"], context.api_id, context.stage
    group, stream = f"API-Gateway-Execution-Logs_{api}/{stage}", log_streams.stream_of(api, stage)
    place = log_streams.Place(context.account_id, context.region, group, stream, made=True)
    traced = bool(settings.get("dataTraceEnabled"))
    if found := execution_log_lines.of(context, response, traced=traced, errors_only=level == "ERROR"):
        log_streams.put(place, [f"({request}) {line}" for line in found], round(time.time() * 1000))
