"""Access logs: a line for each request, in the stage's format, in a log group.

`Format` is text with `$context` variables; what is not known is "-" (API Gateway Developer Guide, "Customize HTTP API
access logs", 2026-11).
"""

from __future__ import annotations

import logging
import re
import time

from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to

from .http_calls import Call
from .proxy_responses import Answer

LOG = logging.getLogger(__name__)
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
    _put(call, settings["DestinationArn"], line)


def _put(call: Call, arn: str, line: str) -> None:
    _, _, _, region, account, rest = arn.split(":", 5)
    group = rest.removeprefix("log-group:").removesuffix(":*")
    where = {"logGroupName": group, "logStreamName": f"{call.api.id}-{call.stage_name.strip('$')}"}
    client = connect_to(aws_access_key_id=account, region_name=region).logs
    event = [{"timestamp": call.milliseconds, "message": line}]
    try:
        try:
            client.put_log_events(**where, logEvents=event)
        except client.exceptions.ResourceNotFoundException:
            client.create_log_stream(**where)
            client.put_log_events(**where, logEvents=event)
    except ClientError as error:  # the group is gone: the request is answered all the same, as on AWS
        LOG.info("No access log of the API %s: %s", call.api.id, error)
