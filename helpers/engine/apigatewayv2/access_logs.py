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
        "error.message": "-",
    }
    line = VARIABLE.sub(lambda found: str(values.get(found[1], "-")) or "-", settings["Format"])
    put(place_of(call, settings["DestinationArn"]), [line], call.milliseconds)


def place_of(call: Call, arn: str) -> Place:
    """The log stream for an API's stage, in the log group of an ARN."""
    _, _, _, region, account, rest = arn.split(":", 5)
    group = rest.removeprefix("log-group:").removesuffix(":*")
    return Place(account, region, group, f"{call.api.id}-{call.stage_name.strip('$')}")
