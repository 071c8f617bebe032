"""The providers of DynamoDB and DynamoDB Streams: ExecuteStatement here, everything else falls through to moto."""

from __future__ import annotations

import functools
import threading
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.dynamodb import DynamodbApi, ExecuteStatementOutput
from localstack.aws.api.dynamodbstreams import DynamodbstreamsApi
from localstack.aws.connect import connect_to
from localstack.services.plugins import Service

from .. import in_turn
from . import partiql, statements

# One for both: whoever reads a stream must not meet half a write.
dispatch_table = functools.partial(in_turn.dispatch_table, lock=threading.Lock())


class DynamodbProvider(DynamodbApi):
    """DynamoDB."""

    def execute_statement(
        self,
        context: RequestContext,
        statement: str,
        parameters: list[Any] | None = None,
        consistent_read: bool | None = None,
        limit: int | None = None,
        **_: Any,
    ) -> ExecuteStatementOutput:
        """Execute a statement of PartiQL, by requests that wait for their turn. Raises: what DynamoDB answers."""
        if limit is not None:
            raise partiql.wrong("This engine answers a statement at once: leave Limit out.")
        client = connect_to(aws_access_key_id=context.account_id, region_name=context.region).dynamodb
        options = {"ConsistentRead": True} if consistent_read else {}
        return ExecuteStatementOutput(Items=statements.execute(client, statement, parameters or [], options))


class DynamodbstreamsProvider(DynamodbstreamsApi):
    """DynamoDB Streams."""


def dynamodb() -> Service:
    """The service behind `dynamodb:moto`."""
    return Service.for_provider(DynamodbProvider(), dispatch_table_factory=dispatch_table)


def dynamodbstreams() -> Service:
    """The service behind `dynamodbstreams:moto`."""
    return Service.for_provider(DynamodbstreamsProvider(), dispatch_table_factory=dispatch_table)
