"""Access logs: a line for each request to a stage, in the format of its `accessLogSettings`, to a log group.

The format is a text with `$context` variables, those of mapping templates and some of the answer: status,
responseLength, responseLatency (ms), integrationStatus, error.message and so on; a variable without a value is "-" (API
Gateway Developer Guide, "Set up CloudWatch logging for REST APIs" and "Variables for access logging", 2026-11). AWS
writes it later, with the account's CloudWatch role, which nobody needs here; a log group that is not there gets
nothing. Delivery streams of Firehose are refused. LocalStack 4.9.2 stores the settings.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException
from localstack.aws.connect import connect_to
from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

LOG = logging.getLogger(__name__)

DESTINATION = "/accessLogSettings/destinationArn"
LOGS = re.compile(r"arn:[^:]+:logs:([^:]+):(\d{12}):log-group:([^:]+)(?::\*)?")
REFUSED = (
    "Access logs go to log groups of CloudWatch Logs here; delivery streams of Firehose are not part of this engine."
)
_VARIABLE = re.compile(r"\$context((?:\.\w+)+)")


def log(
    original: Callable[..., None],
    self: Any,
    chain: RestApiGatewayHandlerChain,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """`IntegrationUsageCounter.__call__`, the last handler of a request, and the line of the access log."""
    original(self, chain, context, response)
    settings = (context.stage_configuration or {}).get("accessLogSettings") or {}
    found = LOGS.fullmatch(settings.get("destinationArn") or "")
    if not found or not settings.get("format") or not context.context_variables:
        return
    region, account, group = found.groups()
    client = connect_to(region_name=region, aws_access_key_id=account).logs
    stream = hashlib.sha256(f"{context.api_id}/{context.stage}".encode()).hexdigest()[:32]
    event = {"timestamp": round(time.time() * 1000), "message": line(settings["format"], context, response)}
    where = {"logGroupName": group, "logStreamName": stream}
    try:
        if not client.describe_log_streams(logGroupName=group, logStreamNamePrefix=stream)["logStreams"]:
            client.create_log_stream(**where)
        client.put_log_events(**where, logEvents=[event])
    except ClientError as error:
        LOG.warning("An access log was not written to %s: %s", group, error)


def line(template: str, context: RestApiInvocationContext, response: Response) -> str:
    """The line for a request."""
    variables: dict[str, Any] = dict(context.context_variables)
    status = (context.endpoint_response or {}).get("status_code")
    variables |= {
        "status": response.status_code,
        "responseLength": len(response.get_data()),
        "responseLatency": round(time.time() * 1000) - variables["requestTimeEpoch"],
        "integrationStatus": status,
        "integration": {"status": status, "integrationStatus": status},
        "xrayTraceId": context.trace_id,
    }
    return _VARIABLE.sub(lambda found: _text(variables, found[1].strip(".").split(".")), template)


def _text(variables: Any, names: list[str]) -> str:
    for name in names:
        variables = variables.get(name) if isinstance(variables, Mapping) else None
    return "-" if variables is None else str(variables)


def update_stage(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    rest_api_id: str,
    stage_name: str,
    patch_operations: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> Any:
    """`UpdateStage`. Raises: BadRequestException for access logs that nobody would write."""
    for operation in patch_operations or ():
        if operation.get("path") == DESTINATION and ":firehose:" in (operation.get("value") or ""):
            raise BadRequestException(REFUSED)
    return original(self, context, rest_api_id, stage_name, patch_operations, **more)
