"""DynamoDB and its streams from moto, in memory: LocalStack's own provider downloads a Java program."""

from __future__ import annotations

from localstack.aws.api.dynamodb import DynamodbApi
from localstack.aws.api.dynamodbstreams import DynamodbstreamsApi
from localstack.services.moto import MotoFallbackDispatcher
from localstack.services.plugins import Service, aws_provider


class DynamodbProvider(DynamodbApi):
    """Answers nothing itself: every operation falls through to moto."""


class DynamodbstreamsProvider(DynamodbstreamsApi):
    """Answers nothing itself: every operation falls through to moto."""


@aws_provider(api="dynamodb", name="moto")
def dynamodb() -> Service:
    """The service behind `dynamodb:moto`."""
    return Service.for_provider(DynamodbProvider(), dispatch_table_factory=MotoFallbackDispatcher)


@aws_provider(api="dynamodbstreams", name="moto")
def dynamodbstreams() -> Service:
    """The service behind `dynamodbstreams:moto`."""
    return Service.for_provider(DynamodbstreamsProvider(), dispatch_table_factory=MotoFallbackDispatcher)
