"""Where the logs of a stage are written: CloudWatch Logs, one stream for a stage."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterable
from typing import Any, NamedTuple

from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

LOG = logging.getLogger(__name__)


class Place(NamedTuple):
    """A log group; `made`: by API Gateway itself, if it is not there."""

    account: str
    region: str
    group: str
    made: bool = False


def put(place: Place, context: RestApiInvocationContext, lines: Iterable[str]) -> None:
    """Write lines of a request. A group that is not there gets nothing, unless API Gateway makes it."""
    client = connect_to(region_name=place.region, aws_access_key_id=place.account).logs
    stream = hashlib.sha256(f"{context.api_id}/{context.stage}".encode()).hexdigest()[:32]
    where = {"logGroupName": place.group, "logStreamName": stream}
    now = round(time.time() * 1000)
    events = [{"timestamp": now, "message": line} for line in lines]
    try:
        if place.made and not _has_group(client, place.group):
            client.create_log_group(logGroupName=place.group)
        if not client.describe_log_streams(logGroupName=place.group, logStreamNamePrefix=stream)["logStreams"]:
            client.create_log_stream(**where)
        client.put_log_events(**where, logEvents=events)
    except ClientError as error:
        LOG.warning("A stage's log was not written to %s: %s", place.group, error)


def integration_latency(context: RestApiInvocationContext) -> int | None:
    """How long the integration took, in ms; None if it was not called. `timeouts` measures it."""
    latency: int | None = (context.logging_context_variables or {}).get("integrationLatency")
    return latency


def _has_group(client: Any, name: str) -> bool:
    groups = client.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return any(group["logGroupName"] == name for group in groups)
