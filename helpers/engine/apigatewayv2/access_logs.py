"""Access logs: a line for each request, in the stage's format, in a log group.

`Format` is text with `$context` variables; what is not known is "-" (API Gateway Developer Guide, "Customize HTTP API
access logs", 2026-11).
"""

from __future__ import annotations

import re
import time

from ..apigateway.log_streams import Place, put
from .http_calls import Call
from .proxy_responses import Answer

VARIABLE = re.compile(r"\$context\.([\w.]*\w)")


def write(call: Call, answer: Answer) -> None:
    """Write the line of a request, if the stage has access logs."""
    settings = call.stage.get("AccessLogSettings") or {}
    if not (settings.get("DestinationArn") and settings.get("Format")):
        return
    values = {
        **call.variables(),
        "status": answer.status,
        "responseLength": len(answer.body),
        "responseLatency": int((time.time() - call.seconds) * 1000),
        **of_integration(call),
    }
    line = VARIABLE.sub(lambda found: str(values.get(found[1], "-")) or "-", settings["Format"])
    put(place_of(call, settings["DestinationArn"]), [line], call.milliseconds)


def of_integration(call: Call) -> dict[str, object]:
    """What is logged of the integration's answer, and of the error that the client got instead of it."""
    called = call.integration
    known = {
        "status": called.status,  # what a function's code returned
        "integrationStatus": 200 if called.is_function and called.answered else called.status,  # what Lambda did
        "latency": called.milliseconds,
        "error": call.integration_error or "-",
        "requestId": called.request_id,
    }
    error = call.error or "-"
    return {
        **{f"integration.{name}": "-" if value is None else value for name, value in known.items()},
        "integrationStatus": "-" if known["integrationStatus"] is None else known["integrationStatus"],
        "integrationLatency": "-" if called.milliseconds is None else called.milliseconds,
        "awsEndpointRequestId": called.request_id or "-",
        "error.message": error,
        "error.messageString": f'"{error}"' if call.error else "-",
    }


def place_of(call: Call, arn: str) -> Place:
    """The log stream for an API's stage, in the log group of an ARN."""
    _, _, _, region, account, rest = arn.split(":", 5)
    group = rest.removeprefix("log-group:").removesuffix(":*")
    return Place(account, region, group, f"{call.api.id}-{call.stage_name.strip('$')}")
