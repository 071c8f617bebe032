"""The providers of DynamoDB and DynamoDB Streams, without operations of their own: each falls through to moto."""

from __future__ import annotations

import functools
import threading

from localstack.aws.api.dynamodb import DynamodbApi
from localstack.aws.api.dynamodbstreams import DynamodbstreamsApi
from localstack.services.plugins import Service

from .. import in_turn

# One for both: whoever reads a stream must not meet half a write.
dispatch_table = functools.partial(in_turn.dispatch_table, lock=threading.Lock())


class DynamodbProvider(DynamodbApi):
    """DynamoDB."""


class DynamodbstreamsProvider(DynamodbstreamsApi):
    """DynamoDB Streams."""


def dynamodb() -> Service:
    """The service behind `dynamodb:moto`."""
    return Service.for_provider(DynamodbProvider(), dispatch_table_factory=dispatch_table)


def dynamodbstreams() -> Service:
    """The service behind `dynamodbstreams:moto`."""
    return Service.for_provider(DynamodbstreamsProvider(), dispatch_table_factory=dispatch_table)
