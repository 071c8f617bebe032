"""The trace header that goes on to an integration: a request's own, or a new trace of API Gateway's.

A client's header goes on as it is. Otherwise the trace begins here: it is sampled where the stage has `tracingEnabled`,
and nothing is said of that where it has not, so that the function's TracingConfig decides ("Set up AWS X-Ray with API
Gateway REST APIs", API Gateway Developer Guide, 2026-11). LocalStack 4.9.2 says `Sampled=0`, and gives the function
of a proxy another trace than its event names.
"""

from __future__ import annotations

from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.helpers import parse_trace_id

from .. import lineage


def header_of(context: RestApiInvocationContext) -> str:
    """The header for the integration of a request."""
    given: str = context.request.headers.get(lineage.HEADER, "")
    if "Root=" in given:
        return given
    root = parse_trace_id(context.trace_id or "").get("Root", "")
    sampled = ";Sampled=1" if (context.stage_configuration or {}).get("tracingEnabled") else ""
    return f"Root={root}{sampled}" if root else ""
