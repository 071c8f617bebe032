# Charges each message of a batch once, with AWS Lambda Powertools.
import json
import os

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)

logger, metrics, processor = Logger(), Metrics(), BatchProcessor(event_type=EventType.SQS)
store, config = (
    DynamoDBPersistenceLayer(os.environ["TABLE"]),
    IdempotencyConfig(event_key_jmespath="order"),
)


@idempotent_function(data_keyword_argument="order", persistence_store=store, config=config)
def charge(order):
    if order["amount"] > 900:
        raise ValueError("refused")
    logger.info("charged", extra=order)
    metrics.add_metric(name="Charged", unit="Count", value=1)


def handle(record):
    charge(order=json.loads(record.body))


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event, context):
    config.register_lambda_context(context)
    return process_partial_response(event, handle, processor, context)
