"""DynamoDB and DynamoDB Streams, served by moto in memory: LocalStack's own provider downloads a Java program.

One request at a time: moto reads an item, changes it and writes it back without a lock, but `ADD` is atomic on AWS, and
so is a conditional write (DynamoDB developer guide, "Working with items", 2026-11).
"""

from __future__ import annotations

import threading

from localstack.aws.api import RequestContext, ServiceRequest, ServiceResponse
from localstack.aws.api.dynamodb import DynamodbApi
from localstack.aws.api.dynamodbstreams import DynamodbstreamsApi
from localstack.aws.forwarder import ForwardingFallbackDispatcher
from localstack.aws.skeleton import DispatchTable
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider

ONE_AT_A_TIME = threading.Lock()


class DynamodbProvider(DynamodbApi):
    """DynamoDB without operations of its own: each falls through to moto."""


class DynamodbstreamsProvider(DynamodbstreamsApi):
    """DynamoDB Streams without operations of its own: each falls through to moto."""


def answer_in_turn(context: RequestContext, request: ServiceRequest) -> ServiceResponse:
    """Call moto while no other request is being answered; the response is serialized by then."""
    with ONE_AT_A_TIME:
        return call_moto(context)


def dispatch_table(provider: DynamodbApi | DynamodbstreamsApi) -> DispatchTable:
    """Return the dispatch table of `provider`: every operation, one at a time."""
    return ForwardingFallbackDispatcher(provider, answer_in_turn)


@aws_provider(api="dynamodb", name="moto")
def dynamodb() -> Service:
    """The service behind `dynamodb:moto`."""
    return Service.for_provider(DynamodbProvider(), dispatch_table_factory=dispatch_table)


@aws_provider(api="dynamodbstreams", name="moto")
def dynamodbstreams() -> Service:
    """The service behind `dynamodbstreams:moto`."""
    return Service.for_provider(DynamodbstreamsProvider(), dispatch_table_factory=dispatch_table)
