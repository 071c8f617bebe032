"""An integration that takes longer than its `timeoutInMillis` is left alone: 504, "Endpoint request timed out".

50 to 29,000 ms, 29,000 unless set. The function that is left alone goes on, and whatever it returns is thrown away
(API Gateway Developer Guide, "Quotas for REST APIs" and "Integration types"; API Gateway API Reference,
"PutIntegration", 2026-11; "Timeout should be between 50 ms and 29000 ms", public reports of Terraform and the CDK). The
limit that AWS raises on request for regional APIs stays 29 s here. LocalStack 4.9.2 waits for ever, takes any value.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from localstack.aws.api.apigateway import BadRequestException
from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import IntegrationTimeoutError
from localstack.services.apigateway.next_gen.execute_api.handlers.integration import IntegrationHandler

from . import deadlines, http_integrations
from .errors import ExplainedError

SHORTEST, LONGEST = 50, 29_000  # ms


class TimedOutError(ExplainedError, IntegrationTimeoutError):
    """504, with AWS's line in the execution log."""

    def __init__(self) -> None:
        super().__init__("Execution failed due to a timeout error")
        self.message = "Endpoint request timed out"


def integrate(
    original: Callable[..., None],
    self: IntegrationHandler,
    chain: RestApiGatewayHandlerChain,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """`IntegrationHandler.__call__`, in a thread of its own for as long as it may take. Raises: TimedOutError."""
    if context.integration["type"] == "MOCK":
        original(self, chain, context, response)
        return
    seconds = int(context.integration.get("timeoutInMillis") or LONGEST) / 1000
    begun = time.monotonic()

    def call() -> None:
        with http_integrations.of(context.integration):
            original(self, chain, context, response)

    try:
        deadlines.within(seconds, call)
    except deadlines.TookTooLongError:
        raise TimedOutError from None
    finally:
        context.logging_context_variables = {"integrationLatency": round((time.monotonic() - begun) * 1000)}


def integration_latency(context: RestApiInvocationContext) -> int | None:
    """How long the integration took, in ms; None if it was not called."""
    latency: int | None = (context.logging_context_variables or {}).get("integrationLatency")
    return latency


def check(milliseconds: Any) -> None:
    """Raise BadRequestException for a timeout that AWS does not take."""
    if milliseconds is None:
        return
    try:
        allowed = SHORTEST <= int(milliseconds) <= LONGEST
    except ValueError:
        allowed = False
    if not allowed:
        raise BadRequestException(f"Timeout should be between {SHORTEST} ms and {LONGEST} ms")
