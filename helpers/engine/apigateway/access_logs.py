"""Access logs: a line for each request to a stage, in the format of its `accessLogSettings`, to a log group.

The format is a text with `$context` variables, those of mapping templates and some of the answer: status,
responseLength, responseLatency (ms), integrationStatus, error.message and so on; a variable without a value is "-" (API
Gateway Developer Guide, "Set up CloudWatch logging for REST APIs" and "Variables for access logging", 2026-11). AWS
writes it later, with the account's CloudWatch role, which nobody needs here; a log group that is not there gets
nothing. Delivery streams of Firehose are refused. LocalStack 4.9.2 stores the settings.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from typing import Any

from localstack.aws.api.apigateway import BadRequestException
from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

from . import log_streams, proxied, timeouts

DESTINATION = "/accessLogSettings/destinationArn"
LOGS = re.compile(r"arn:[^:]+:logs:([^:]+):(\d{12}):log-group:([^:]+)(?::\*)?")
REFUSED = (
    "Access logs go to log groups of CloudWatch Logs here; delivery streams of Firehose are not part of this engine."
)
_VARIABLE = re.compile(r"\$context((?:\.\w+)+)")


def write(context: RestApiInvocationContext, response: Response) -> None:
    """Write the line of a request, if its stage has access logs."""
    settings = (context.stage_configuration or {}).get("accessLogSettings") or {}
    found = LOGS.fullmatch(settings.get("destinationArn") or "")
    if found and settings.get("format") and context.context_variables:
        region, account, group = found.groups()
        text = line(settings["format"], context, response)
        place = log_streams.Place(account, region, group, log_streams.stream_of(context.api_id, context.stage))
        log_streams.put(place, [text], round(time.time() * 1000))


def line(template: str, context: RestApiInvocationContext, response: Response) -> str:
    """The line for a request."""
    variables: dict[str, Any] = dict(context.context_variables)
    status = (context.endpoint_response or {}).get("status_code")  # what a function's code said
    called = status if proxied.payload_of(context) is None else 200  # what Lambda said
    latency = timeouts.integration_latency(context)
    if error := variables.get("error"):
        variables["error"] = {**error, "messageString": json.dumps(error["message"])}
    variables |= {
        "status": response.status_code,
        "responseLength": len(response.get_data()),
        "responseLatency": round(time.time() * 1000) - variables["requestTimeEpoch"],
        "integrationStatus": called,
        "integration": {"status": status, "integrationStatus": called, "latency": latency},
        "integrationLatency": latency,
        "xrayTraceId": context.trace_id,
    }
    return _VARIABLE.sub(lambda found: _text(variables, found[1].strip(".").split(".")), template)


def _text(variables: Any, names: list[str]) -> str:
    for name in names:
        variables = variables.get(name) if isinstance(variables, Mapping) else None
    return "-" if variables is None else str(variables)


def check(operation: Mapping[str, str]) -> None:
    """Raise BadRequestException for an operation of UpdateStage that makes access logs which nobody would write."""
    given = operation.get("value") or ""
    if operation.get("path") == DESTINATION and ":firehose:" in given:
        raise BadRequestException(REFUSED)
    if operation.get("path") == DESTINATION and given and not LOGS.fullmatch(given):
        raise BadRequestException("Invalid ARN specified in the request")
