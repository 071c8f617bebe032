"""Where the logs of a stage are written: a stream of a log group of CloudWatch Logs, made when it is first needed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to

LOG = logging.getLogger(__name__)


class Place(NamedTuple):
    """A stream; `made`: by API Gateway itself, with its group, if that is not there."""

    account: str
    region: str
    group: str
    stream: str
    made: bool = False


def stream_of(api_id: str, stage: str) -> str:
    """The stream of a REST API's stage."""
    return hashlib.sha256(f"{api_id}/{stage}".encode()).hexdigest()[:32]


def put(place: Place, lines: Iterable[str], milliseconds: int) -> None:
    """Write lines with one time, in ms since 1970. A group that is not there gets nothing, unless it is `made`."""
    client = connect_to(region_name=place.region, aws_access_key_id=place.account).logs
    where = {"logGroupName": place.group, "logStreamName": place.stream}
    events = [{"timestamp": milliseconds, "message": line} for line in lines]
    try:
        try:
            client.put_log_events(**where, logEvents=events)
        except client.exceptions.ResourceNotFoundException:
            _make(client, place, where)
            client.put_log_events(**where, logEvents=events)
    except ClientError as error:  # the request is answered all the same, as on AWS
        LOG.info("A stage's log was not written to %s: %s", place.group, error)


def _make(client: Any, place: Place, where: dict[str, str]) -> None:
    if place.made:
        with suppress(client.exceptions.ResourceAlreadyExistsException):
            client.create_log_group(logGroupName=place.group)
    with suppress(client.exceptions.ResourceAlreadyExistsException):
        client.create_log_stream(**where)
