"""Calling a function for an API: its integration, its authorizer.

The function's own policy has to allow `apigateway.amazonaws.com` the call, for the ARN of the route, of the stage or of
the authorizer; or the role that the configuration names has to allow it. An integration waits for `TimeoutInMillis`
and no longer; the function goes on (API Gateway Developer Guide, "Quotas for configuring and running an HTTP API",
2026-11).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from localstack.utils.aws.client_types import ServicePrincipal

from .. import lineage
from ..apigateway import assumed_roles, deadlines

INVOCATION_URI = re.compile(r"arn:[^:]+:apigateway:[^:]*:lambda:path/2015-03-31/functions/(.+)/invocations")
ARN = re.compile(r"arn:[^:]+:lambda:([^:]+):\d{12}:function:.+")
STAGE_VARIABLE = re.compile(r"\$\{stageVariables\.(\w+)\}")


# "Troubleshooting issues with HTTP API Lambda integrations" (API Gateway Developer Guide, 2026-11).
NO_PERMISSION = (
    "The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. "
    "Check the permissions and try again."
)


class FunctionError(Exception):
    """A function that failed, was not `called`, or (`timed_out`) did not answer in time; the text is for logs."""

    def __init__(self, reason: str, timed_out: bool = False, called: bool = True) -> None:
        super().__init__(reason)
        self.timed_out, self.called = timed_out, called


def function_arn(uri: str, stage_variables: Mapping[str, str]) -> str:
    """The function in an integration's or authorizer's URI, stage variables filled in."""
    filled = STAGE_VARIABLE.sub(lambda found: stage_variables.get(found[1], ""), uri)
    found = INVOCATION_URI.fullmatch(filled)
    return found[1] if found else filled


def invoke(
    arn: str, role: str | None, source_arn: str, event: Mapping[str, Any], seconds: float, trace: str = ""
) -> bytes:
    """The payload that a function returns; `trace` is the header of its trace. Raises: FunctionError."""
    found = ARN.fullmatch(arn)
    if not found:
        raise FunctionError(f"Invalid function ARN: {arn}", called=False)

    def call() -> tuple[str | None, bytes]:
        client = assumed_roles.clients(found[1], role).lambda_
        if not role:
            client = client.request_metadata(service_principal=ServicePrincipal.apigateway, source_arn=source_arn)
        with lineage.handed_on(trace):
            answer = client.invoke(FunctionName=arn, Payload=json.dumps(event).encode())
        return answer.get("FunctionError"), answer["Payload"].read()

    try:
        error, payload = deadlines.within(seconds, call)
    except TimeoutError:
        raise FunctionError("The function did not answer in time", timed_out=True) from None
    except ClientError as refused:
        denied = refused.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException")
        raise FunctionError(NO_PERMISSION if denied else str(refused), called=False) from refused
    except BotoCoreError as refused:
        raise FunctionError(str(refused), called=False) from refused
    if error:
        raise FunctionError("The function returned an error: " + payload.decode(errors="replace")[:1000])
    return payload
